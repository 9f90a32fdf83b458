import * as homeyApi from 'homey-api';
import { Problem } from '../problem.js';

/**
 * The part of Athom's client that is used here, typed. Its own declarations answer `any` for every call, so this file is
 * the one place where they are told apart; answers are `unknown` and are read with a schema.
 */
export interface Subscription {
  unsubscribe(): void;
}

export interface Handlers {
  readonly onEvent: (event: string, data: unknown) => void;
  readonly onReconnect?: () => void;
  readonly onDisconnect?: () => void;
}

type Operation = (args: Readonly<Record<string, unknown>>) => Promise<unknown>;
type Managers = Readonly<Record<string, Readonly<Record<string, Operation | undefined>> | undefined>>;

interface Api {
  subscribe(uri: string, handlers: Handlers): Promise<Subscription>;
  destroy(): void;
}

interface Cloud {
  createDelegationToken(args: { readonly audience: string }): Promise<unknown>;
  getAuthenticatedUser(): Promise<unknown>;
}

interface CloudHomey {
  authenticate(options: { readonly strategy: readonly string[] }): Promise<Api>;
}

type Properties = Readonly<Record<string, unknown>>;

/** What Athom's cloud client keeps: its token, and a session for each Homey under `homey-<id>`. */
export interface CloudStore {
  get(): Promise<Properties>;
  set(value: Properties): Promise<void>;
}

type StorageAdapterClass = new () => object;
interface TokenFields {
  readonly token_type: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}
interface CloudClass {
  new (options: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUrl: string;
    readonly store: object;
  }): Cloud & { readonly baseUrl: string };
  readonly Homey: new (options: {
    readonly id: string;
    readonly api: object;
    readonly properties: Properties;
  }) => CloudHomey;
  readonly Token: new (fields: TokenFields) => object;
  readonly StorageAdapter: StorageAdapterClass;
}

const library = homeyApi as unknown as {
  readonly HomeyAPI: { createLocalAPI(options: { address: string; token: string }): Promise<Api> };
  readonly AthomCloudAPI: CloudClass;
};

/** A Homey that one is signed in to. */
export interface Homey {
  /** Any operation of any manager. Rejects with a {@link Problem}. */
  call(manager: string, operation: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  subscribe(uri: string, handlers: Handlers): Promise<Subscription>;
  close(): void;
}

const UNREACHABLE = /^(ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_AGAIN|EPIPE)/;

const factOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;

/** What went wrong, in the person's terms. */
export const problemOf = (error: unknown, what: string): Problem => {
  if (error instanceof Problem) return error;
  const message = error instanceof Error ? error.message : String(error);
  const status = factOf(error, 'statusCode');
  const code = factOf(error, 'code') ?? factOf(error, 'errno');
  if (status === 401) {
    return new Problem(
      'sign_in',
      `${what}: the sign-in is not valid any more. Run \`thermia homey login\`.`,
      error,
    );
  }
  if (status === 403) {
    return new Problem(
      'refused',
      `${what}: the sign-in is not allowed to do this (${message}). Make an API key with more rights and run \`thermia homey login\`.`,
      error,
    );
  }
  if (status === 404) return new Problem('not_found', `${what}: ${message}.`, error);
  // The sentence is that of the Homey or of the app.
  if (typeof status === 'number') return new Problem('refused', `It was refused: ${message}`, error);
  if (typeof code === 'string' && UNREACHABLE.test(code)) {
    return new Problem(
      'unreachable',
      `${what}: the Homey cannot be reached (${code}). Is it on, and is this computer in its network?`,
      error,
    );
  }
  if (/^(Timeout after|No Homey Found|Homey Offline)|offline|network timeout/i.test(message)) {
    return new Problem('unreachable', `${what}: the Homey does not answer (${message}).`, error);
  }
  return new Problem('unexpected', `${what}: ${message}`, error);
};

const wrap = (api: Api): Homey => ({
  call: async (manager, operation, args = {}) => {
    const target = (api as unknown as Managers)[manager];
    const run = target?.[operation];
    if (run === undefined) throw new Problem('unexpected', `Athom's client has no ${manager}.${operation}.`);
    try {
      return await run.call(target, args);
    } catch (error) {
      throw problemOf(error, `${manager}.${operation}`);
    }
  },
  subscribe: (uri, handlers) => api.subscribe(uri, handlers),
  close: () => api.destroy(),
});

/** On the local network, with a Personal API Key. */
export const connectWithKey = async (address: string, key: string): Promise<Homey> => {
  try {
    return wrap(await library.HomeyAPI.createLocalAPI({ address, token: key }));
  } catch (error) {
    throw problemOf(error, `No Homey at ${address}`);
  }
};

export interface CloudParts {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUrl: string;
  readonly store: CloudStore;
  /** A new access token; called when the service says that the present one has ended. */
  readonly renew: () => Promise<TokenFields>;
}

/** Athom's cloud client; its own renewal of tokens is replaced, since it would store a new token after using it. */
export const connectToCloud = (parts: CloudParts): Cloud & { readonly baseUrl: string } => {
  const { clientId, clientSecret, redirectUrl, store, renew } = parts;
  const adapter = Object.assign(new library.AthomCloudAPI.StorageAdapter(), {
    get: () => store.get(),
    set: (value: Properties) => store.set(value),
  });
  const cloud = new library.AthomCloudAPI({ clientId, clientSecret, redirectUrl, store: adapter });
  return Object.assign(cloud, {
    authenticateWithRefreshToken: async () => {
      const token = new library.AthomCloudAPI.Token(await renew());
      Object.assign(cloud, { __token: token });
      return token;
    },
  });
};

/** On the local network where it can be reached there, else through the cloud. */
export const connectThroughCloud = async (cloud: object, properties: Properties): Promise<Homey> => {
  const id = String(properties['_id']);
  try {
    const homey = new library.AthomCloudAPI.Homey({ id, api: cloud, properties });
    return wrap(await homey.authenticate({ strategy: ['localSecure', 'local', 'remoteForwarded', 'cloud'] }));
  } catch (error) {
    throw problemOf(error, `Signing in to ${String(properties['name'])}`);
  }
};

/** Athom's client prints requests, with their tokens, when these are set. */
export const silenceLibrary = (env: NodeJS.ProcessEnv): void => {
  for (const name of Object.keys(env)) {
    if (/^(ATHOM|HOMEY).*_DEBUG$/.test(name)) Reflect.deleteProperty(env, name);
  }
};
