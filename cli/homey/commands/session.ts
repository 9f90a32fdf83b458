import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import type { Shell } from '../../shell.js';
import { connectWithKey } from '../client.js';
import { signInFile } from '../kept-sign-in.js';

/** `192.168.1.20`, `homey.local:80` and whole URLs are all fine. */
const addressOf = (text: string): string => {
  const whole = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  try {
    return new URL(whole).origin;
  } catch (error) {
    throw new Problem('usage', `"${text}" is no address: give the IP address of the Homey.`, error);
  }
};

const signInWithKey = async (shell: Shell, text: string): Promise<void> => {
  const address = addressOf(text);
  const key = await shell.ask.secret('API key');
  const homey = await connectWithKey(address, key);
  try {
    // The first call is what shows a wrong key.
    const name = z.string().parse(
      await homey.call('system', 'getSystemName').catch((error: unknown) => {
        if (!(error instanceof Problem) || error.kind !== 'sign_in') throw error;
        throw new Problem(
          'sign_in',
          `The Homey at ${address} refused this key: copy it again from my.homey.app, Settings > API Keys, or make a new one.`,
          error.cause,
        );
      }),
    );
    await signInFile(shell).write({ version: 1, kind: 'key', address, key, name });
    if (shell.out.json) shell.out.data({ signedIn: true, homey: name, address });
    else shell.out.print(`Signed in to ${name} at ${address}.`);
  } finally {
    homey.close();
  }
};

const LoginOptions = z.object({
  address: z.string().optional(),
  clientId: z.string().optional(),
  port: z.coerce.number().int().min(0).max(65535).default(4879),
  browser: z.boolean().default(true),
  homey: z.string().optional(),
});
type LoginOptions = z.output<typeof LoginOptions>;

export const login: Leaf<LoginOptions> = {
  usage: 'login',
  summary: 'sign in to a Homey, with an API key or through your Athom account',
  details: [
    'With --address: asks for a Personal API Key and does not show it. Make one in the Homey web app (my.homey.app) under Settings > API Keys. Fine-grained keys are enough; the tool says which right is missing.',
    'Without: opens the sign-in page of Athom and catches its answer on this computer. It needs a client of your own: create one at https://tools.developer.homey.app/api/clients with the redirect URL http://127.0.0.1:4879/ and give its id with --client-id; the secret is asked for and not shown. Tokens are renewed by themselves.',
    'Without a terminal, secrets are read from standard input, one a line.',
  ].join('\n\n'),
  examples: [
    'thermia homey login --address 192.168.1.20',
    'thermia homey login --client-id 5a8d4ca6eb9f7a2c9d6ccf6d',
  ],
  options: [
    { flags: '--address <address>', means: 'IP address of the Homey, for an API key' },
    { flags: '--client-id <id>', means: 'your client at Athom' },
    { flags: '--port <number>', means: 'port of the redirect URL of your client (4879)' },
    { flags: '--homey <name>', means: 'which Homey of the account' },
    { flags: '--no-browser', means: 'print the address of the sign-in page and open nothing' },
  ],
  schema: LoginOptions,
  run: async (shell, options) => {
    if (options.address !== undefined) {
      await signInWithKey(shell, options.address);
      return;
    }
    const { signInWithAccount } = await import('../cloud/login.js');
    await signInWithAccount(shell, options);
  },
};

export const logout: Leaf<object> = {
  usage: 'logout',
  summary: 'forget the sign-in to the Homey',
  details: 'Erases the key or the tokens from this computer. An API key itself is ended where it was made.',
  schema: z.object({}),
  run: async (shell) => {
    await signInFile(shell).erase();
    if (shell.out.json) shell.out.data({ signedIn: false });
    else shell.out.print('The sign-in to the Homey is erased from this computer.');
  },
};
