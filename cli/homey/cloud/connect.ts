import * as z from 'zod';
import { withLock } from '../../files/lock.js';
import { Problem } from '../../problem.js';
import type { Shell } from '../../shell.js';
import { connectThroughCloud, connectToCloud, type Homey } from '../client.js';
import { keptSignIn, signInFile, type CloudSignIn } from '../kept-sign-in.js';
import { renew, type Tokens } from './oauth.js';

const keptAccount = async (shell: Shell): Promise<CloudSignIn> => {
  const kept = await keptSignIn(shell);
  if (kept.kind === 'cloud') return kept;
  throw new Problem('sign_in', 'The sign-in was changed meanwhile: try again.');
};

const asToken = ({ access, endsAt }: Tokens) => ({
  token_type: 'bearer',
  access_token: access,
  // Spent here and nowhere else.
  refresh_token: '',
  expires_in: endsAt === null ? 0 : Math.max(0, Math.floor((endsAt - Date.now()) / 1000)),
});

/**
 * A new access token in place of `ended`. One process at a time: who comes second finds what the first one stored, and
 * spends nothing. Stored before it is used.
 */
const renewKept = (shell: Shell, baseUrl: string, ended: string): Promise<Tokens> => {
  const file = signInFile(shell);
  return withLock(shell, file.path, async () => {
    const kept = await keptAccount(shell);
    if (kept.tokens.access !== ended) return kept.tokens;
    shell.out.detail('Renewing the sign-in');
    const tokens = await renew({ ...kept, baseUrl }, kept.tokens.refresh);
    shell.secrets.keep(tokens.access);
    shell.secrets.keep(tokens.refresh);
    await file.write({ ...kept, tokens: { ...tokens } });
    return tokens;
  });
};

const Sessions = z.record(z.string(), z.json());

/** The client of Athom's cloud, on the kept sign-in. */
export const connectWithAccount = async (shell: Shell): Promise<Homey> => {
  const file = signInFile(shell);
  const { homey, ...kept } = await keptAccount(shell);
  let access = kept.tokens.access;
  const cloud = connectToCloud({
    ...kept,
    store: {
      get: async () => {
        const { tokens, sessions } = await keptAccount(shell);
        access = tokens.access;
        return { ...sessions, token: asToken(tokens) };
      },
      set: (value) =>
        withLock(shell, file.path, async () => {
          const sessions = Object.entries(value).filter(([key]) => key.startsWith('homey-'));
          await file.write({
            ...(await keptAccount(shell)),
            sessions: Sessions.parse(Object.fromEntries(sessions)),
          });
        }),
    },
    renew: async () => {
      const tokens = await renewKept(shell, cloud.baseUrl, access);
      access = tokens.access;
      return asToken(tokens);
    },
  });
  return connectThroughCloud(cloud, homey);
};
