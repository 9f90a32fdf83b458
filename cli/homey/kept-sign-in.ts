import { join } from 'node:path';
import * as z from 'zod';
import { privateFile, type PrivateFile } from '../files/private-file.js';
import { Problem } from '../problem.js';
import type { Shell } from '../shell.js';

const Properties = z.record(z.string(), z.json());

/** A Personal API Key of one Homey. */
const KeySignIn = z.strictObject({
  version: z.literal(1),
  kind: z.literal('key'),
  address: z.string(),
  key: z.string(),
  name: z.string(),
});

/** An account at Athom, and the one of its Homeys that is used. */
const CloudSignIn = z.strictObject({
  version: z.literal(1),
  kind: z.literal('cloud'),
  clientId: z.string(),
  clientSecret: z.string(),
  redirectUrl: z.string(),
  tokens: z.strictObject({
    access: z.string(),
    refresh: z.string(),
    /** Milliseconds since 1970; null where the service did not say. */
    endsAt: z.number().nullable(),
  }),
  name: z.string(),
  /** The Homey as the account lists it. */
  homey: Properties,
  /** What Athom's client keeps of its sessions on Homeys. */
  sessions: Properties,
});

export const SignIn = z.discriminatedUnion('kind', [KeySignIn, CloudSignIn]);
export type SignIn = z.output<typeof SignIn>;
export type CloudSignIn = z.output<typeof CloudSignIn>;

export const signInFile = ({ folder }: Pick<Shell, 'folder'>): PrivateFile<SignIn> =>
  privateFile(join(folder, 'homey.json'), SignIn);

/** The sign-in that is kept; its secrets are known to the output from here on. */
export const keptSignIn = async (shell: Shell): Promise<SignIn> => {
  const kept = await signInFile(shell).read();
  if (kept === null) {
    throw new Problem('sign_in', 'You are not signed in to a Homey: run `thermia homey login` first.');
  }
  const { secrets } = shell;
  if (kept.kind === 'key') secrets.keep(kept.key);
  else {
    secrets.keep(kept.clientSecret);
    secrets.keep(kept.tokens.access);
    secrets.keep(kept.tokens.refresh);
    for (const session of Object.values(kept.sessions)) {
      const { token } = z.object({ token: z.string().nullish() }).catch({}).parse(session);
      secrets.keep(token);
    }
  }
  return kept;
};
