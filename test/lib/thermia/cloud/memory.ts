import { setImmediate as macrotask } from 'node:timers/promises';
import type {
  CredentialStore,
  Credentials,
  Json,
  LogFields,
  Logger,
  Store,
} from '../../../../lib/thermia/ports.js';

export const never = new AbortController().signal;

export interface MemoryStore extends Store {
  readonly values: Map<string, Json>;
  /** Called before each write; may throw. */
  beforeSet: (key: string, value: Json) => void | Promise<void>;
  beforeUnset: () => void;
}

export const memoryStore = (): MemoryStore => {
  const values = new Map<string, Json>();
  const store: MemoryStore = {
    values,
    beforeSet: () => undefined,
    beforeUnset: () => undefined,
    get: (key) => values.get(key) ?? null,
    set: async (key, value) => {
      await store.beforeSet(key, value);
      values.set(key, structuredClone(value));
    },
    unset: async (key) => {
      await macrotask();
      store.beforeUnset();
      values.delete(key);
    },
  };
  return store;
};

export interface MemoryCredentials extends CredentialStore {
  kept: Credentials | null;
  failing: boolean;
}

export const memoryCredentials = (): MemoryCredentials => {
  const answer = async <T>(value: T): Promise<T> => {
    await macrotask();
    if (credentials.failing) throw new Error('disk full');
    return value;
  };
  const credentials: MemoryCredentials = {
    kept: null,
    failing: false,
    load: () => answer(credentials.kept),
    save: async (given) => {
      await answer(null);
      credentials.kept = given;
    },
    erase: async () => {
      await answer(null);
      credentials.kept = null;
    },
  };
  return credentials;
};

export interface LogLine {
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: LogFields;
}

export const memoryLogger = (): Logger & { readonly lines: LogLine[]; text(): string } => {
  const lines: LogLine[] = [];
  const at =
    (level: keyof Logger) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  return {
    lines,
    text: () => JSON.stringify(lines),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
};
