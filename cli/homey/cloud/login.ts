import * as z from 'zod';
import { withLock } from '../../files/lock.js';
import { Problem } from '../../problem.js';
import type { Shell } from '../../shell.js';
import { connectToCloud, problemOf } from '../client.js';
import { signInFile } from '../kept-sign-in.js';
import { openLoopback } from './loopback.js';
import { startAttempt, type OauthClient, type Tokens } from './oauth.js';

const PATIENCE_MS = 5 * 60_000;

export interface AccountSignIn {
  /** Of the person's client at Athom; asked for where absent. */
  readonly clientId?: string | undefined;
  /** Of the redirect URL on this computer. */
  readonly port: number;
  /** Whether to open the page, or only to print its address. */
  readonly browser: boolean;
  /** Name or id; asked for where absent. */
  readonly homey?: string | undefined;
}

const Homeys = z.object({
  homeys: z.array(z.looseObject({ _id: z.string(), name: z.string() })),
});

const JsonObject = z.record(z.string(), z.json());

const cloudWith = (client: Omit<OauthClient, 'baseUrl'>, tokens: Tokens | null) =>
  connectToCloud({
    ...client,
    store: {
      get: () =>
        Promise.resolve(
          tokens === null ? {} : { token: { token_type: 'bearer', access_token: tokens.access } },
        ),
      set: () => Promise.resolve(),
    },
    renew: () =>
      Promise.reject(new Problem('sign_in', 'Athom does not accept its own new token: try again.')),
  });

/** The Homeys of the account; what the client makes of the answer also holds links to itself, which nobody needs. */
const homeysOf = async (client: Omit<OauthClient, 'baseUrl'>, tokens: Tokens) => {
  try {
    const user = await cloudWith(client, tokens).getAuthenticatedUser();
    return Homeys.parse(JSON.parse(JSON.stringify(user))).homeys;
  } catch (error) {
    throw problemOf(error, 'Reading your account');
  }
};

const pick = async (shell: Shell, homeys: z.output<typeof Homeys>['homeys'], wanted: string | undefined) => {
  if (homeys.length === 0) throw new Problem('not_found', 'There is no Homey in this account.');
  const id =
    wanted ??
    (await shell.ask.choice(
      'Which Homey?',
      homeys.map(({ name, _id }) => ({ name, value: _id })),
    ));
  const found = homeys.find(({ _id, name }) => _id === id || name.toLowerCase() === id.toLowerCase());
  if (found !== undefined) return found;
  const names = homeys.map(({ name }) => `"${name}"`).join(', ');
  throw new Problem('not_found', `There is no Homey "${id}" in this account; there are ${names}.`);
};

const show = async (shell: Shell, url: string, browser: boolean): Promise<void> => {
  shell.out.errors.write(`Sign in here: ${url}\n`);
  if (!browser) return;
  const { default: open } = await import('open');
  await open(url);
};

/** Sends the person to Athom's sign-in page and keeps what comes back. */
export const signInWithAccount = async (shell: Shell, options: AccountSignIn): Promise<void> => {
  const clientId =
    options.clientId ?? (await shell.ask.text('Client id (https://tools.developer.homey.app/api/clients)'));
  const clientSecret = await shell.ask.secret('Client secret');
  const loopback = await openLoopback(options.port);
  try {
    const { redirectUrl } = loopback;
    const client = { clientId, clientSecret, redirectUrl };
    const { baseUrl } = cloudWith(client, null);
    const attempt = await startAttempt({ ...client, baseUrl });
    let tokens: Tokens | undefined;
    // Somebody who is signed in at Athom already is back in no time.
    const returned = loopback.wait(async (url) => {
      tokens = await attempt.redeem(url);
      return 'You are signed in. You can close this page and go back to the terminal.';
    }, PATIENCE_MS);
    await Promise.all([returned, show(shell, attempt.url, options.browser)]);
    if (tokens === undefined) throw new Problem('unexpected', 'The sign-in ended without tokens.');
    const { access, refresh, endsAt } = tokens;
    shell.secrets.keep(access);
    shell.secrets.keep(refresh);
    const homey = await pick(shell, await homeysOf(client, tokens), options.homey);
    const file = signInFile(shell);
    await withLock(shell, file.path, () =>
      file.write({
        version: 1,
        kind: 'cloud',
        ...client,
        tokens: { access, refresh, endsAt },
        name: homey.name,
        homey: JsonObject.parse(homey),
        sessions: {},
      }),
    );
    if (shell.out.json) shell.out.data({ signedIn: true, homey: homey.name });
    else shell.out.print(`Signed in to ${homey.name} through your Athom account.`);
  } finally {
    loopback.close();
  }
};
