import { setMaxListeners } from 'node:events';
import { randomUUID } from 'node:crypto';
import { ThermiaError } from '../errors.js';
import type { PumpListing } from '../source.js';
import { addressesAt } from './addresses.js';
import { createThermiaApi, type ThermiaApi } from './api.js';
import { createApiClient } from './client.js';
import { createConfiguration } from './configuration.js';
import { createHttp } from './http.js';
import { createTimeLimit } from './policies/time-limit.js';
import type { AccessSource } from './policies/unauthorized.js';
import { createSession } from './session.js';
import type { TriedToken } from './session-parts.js';
import { createSessionRecords } from './session-record.js';
import { createCloudSource } from './source.js';
import { createTokenEndpoint } from './token-endpoint.js';
import type { ThermiaOnline, ThermiaOnlineDependencies } from './types.js';

/** Cookies and PKCE are needed once in a while only, and weigh something. */
const importSignIn = () => import('./sign-in.js');
let imported: ReturnType<typeof importSignIn> | null = null;
const loadSignIn = (): ReturnType<typeof importSignIn> => (imported ??= importSignIn());

/** A page that waits for the end of a trial gives up after about half a minute. */
const TRIAL_MS = 15_000;

/** Who has an access token and nothing to renew it with. */
const holderOf = (token: string | null): AccessSource => ({
  access: () =>
    token === null
      ? Promise.reject(new ThermiaError('session_failed', 'token: no access token came', { during: 'token' }))
      : Promise.resolve({ token, generation: 0 }),
  renewed: () =>
    Promise.reject(new ThermiaError('unauthorized', 'The service refuses a token that it has just given')),
  accepted: () => undefined,
});

/** One account at Thermia Online. Nothing is sent before it is asked for. Timers run for requests, and for the next try of a kept password. */
export const createThermiaOnline = (deps: ThermiaOnlineDependencies): ThermiaOnline => {
  const { store, credentials, clock, random, logger, dispatcher, origin, onRequest } = deps;
  const ending = new AbortController();
  const { signal: stopped } = ending;
  // As many as there are requests under way; each is taken off when its request ends.
  setMaxListeners(0, stopped);
  const addresses = addressesAt(origin);
  const http = createHttp({ dispatcher, onRequest });
  const tokens = createTokenEndpoint({ http, addresses, clock, random });
  const session = createSession({
    clock,
    random,
    logger,
    records: createSessionRecords(store, logger),
    credentials,
    tokens,
    signInWithPassword: async (given, redirect) => {
      const { signInWithPassword } = await loadSignIn();
      return signInWithPassword({ http, addresses, clock, tokens, stopped }, given, redirect);
    },
  });
  const configuration = createConfiguration({ http, addresses, clock, logger });
  const apiAs = (who: AccessSource): ThermiaApi =>
    createThermiaApi(
      createApiClient({ http, addresses, configuration, session: who, clock, random, logger, stopped }),
      randomUUID(),
    );
  const api = apiAs(session);
  const source = createCloudSource({ api, clock });
  const trial = createTimeLimit({ clock, limitMs: TRIAL_MS });
  /** The pumps that a token opens that nobody has adopted yet. */
  const pumpsWith = ({ accessToken }: TriedToken): Promise<readonly PumpListing[]> => {
    const theirs = createCloudSource({ api: apiAs(holderOf(accessToken)), clock });
    return trial.run((signal) => theirs.list(signal), stopped);
  };
  return {
    source,
    api,
    signIn: async (given, options) => {
      await session.signIn(given, options);
      source.reset();
    },
    signInWithToken: async (refreshToken, accept) => {
      const tried = await session.tryToken(refreshToken);
      if (accept !== undefined) accept(await pumpsWith(tried));
      await tried.adopt();
      source.reset();
    },
    signOut: () => {
      source.reset();
      return session.signOut();
    },
    forgetPassword: () => session.forgetPassword(),
    session: () => session.state(),
    chain: () => session.chain(),
    onSession: (listener) => session.onChange(listener),
    stop: () => {
      ending.abort();
      return session.stop();
    },
  };
};
