import { setMaxListeners } from 'node:events';
import { randomUUID } from 'node:crypto';
import { addressesAt } from './addresses.js';
import { createThermiaApi } from './api.js';
import { createApiClient } from './client.js';
import { createConfiguration } from './configuration.js';
import { createHttp } from './http.js';
import { createSession } from './session.js';
import { createSessionRecords } from './session-record.js';
import { createCloudSource } from './source.js';
import { createTokenEndpoint } from './token-endpoint.js';
import type { ThermiaOnline, ThermiaOnlineDependencies } from './types.js';

/** Cookies and PKCE are needed once in a while only, and weigh something. */
const importSignIn = () => import('./sign-in.js');
let imported: ReturnType<typeof importSignIn> | null = null;
const loadSignIn = (): ReturnType<typeof importSignIn> => (imported ??= importSignIn());

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
  const client = createApiClient({
    http,
    addresses,
    configuration,
    session,
    clock,
    random,
    logger,
    stopped,
  });
  const api = createThermiaApi(client, randomUUID());
  const source = createCloudSource({ api, clock });
  return {
    source,
    api,
    signIn: async (given, options) => {
      await session.signIn(given, options);
      source.reset();
    },
    signInWithToken: async (refreshToken) => {
      const tried = await session.tryToken(refreshToken);
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
