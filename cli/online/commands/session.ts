import * as z from 'zod';
import { withLock } from '../../files/lock.js';
import type { Leaf } from '../../leaf.js';
import { accountPath, eraseAccountFile } from '../account-file.js';
import { OnlineOptions, originOption, withNewAccount } from '../session.js';

const LoginOptions = OnlineOptions.extend({
  username: z.string().optional(),
  token: z.boolean().default(false),
  keepPassword: z.boolean().default(false),
});

export const login: Leaf<z.output<typeof LoginOptions>> = {
  usage: 'login',
  summary: 'sign in to Thermia Online',
  details: [
    'Asks for what you use at online.thermia.se; the password is not shown. What is kept is a token, in a file that only you',
    'can read, and the password only with --keep-password: then the tool signs in again by itself when the service ends the',
    'sign-in. Without a terminal, answers are read from standard input, one a line.',
  ].join(' '),
  examples: ['thermia online login --username me@example.com', 'thermia online login --token'],
  options: [
    { flags: '--username <e-mail>', means: 'e-mail address of the account' },
    { flags: '--keep-password', means: 'keep the password as well' },
    { flags: '--token', means: 'sign in with a refresh token and no password' },
    originOption,
  ],
  schema: LoginOptions,
  run: async (shell, options) => {
    const { username: given, token, keepPassword } = options;
    if (token) {
      const refreshToken = await shell.ask.secret('Refresh token');
      await withNewAccount(shell, options, ({ online }) => online.signInWithToken(refreshToken));
    } else {
      const username = given ?? (await shell.ask.text('E-mail address'));
      const password = await shell.ask.secret('Password');
      await withNewAccount(shell, options, ({ online }) =>
        online.signIn({ username, password }, { keepPassword }),
      );
    }
    if (shell.out.json) shell.out.data({ signedIn: true, passwordKept: !token && keepPassword });
    else shell.out.print('Signed in to Thermia Online.');
  },
};

export const logout: Leaf<object> = {
  usage: 'logout',
  summary: 'forget the sign-in to Thermia Online',
  details: 'Erases the token, and the password where it was kept, from this computer.',
  schema: z.object({}),
  run: async (shell) => {
    await withLock(shell, accountPath(shell), () => eraseAccountFile(shell));
    if (shell.out.json) shell.out.data({ signedIn: false });
    else shell.out.print('The sign-in to Thermia Online is erased from this computer.');
  },
};
