import type { CredentialStore, Credentials } from '../thermia/ports.js';

/** Where one device keeps the account's user name and password: its store, which settings pages cannot read. */
interface CredentialRest {
  load(): unknown;
  save(credentials: Credentials): Promise<void>;
  erase(): Promise<void>;
}

export interface SharedCredentials extends CredentialStore {
  /** From now on this device keeps a copy. Returns the function that ends that without erasing it. */
  attach(rest: CredentialRest): Promise<() => void>;
}

const isCredentials = (value: unknown): value is Credentials =>
  typeof value === 'object' &&
  value !== null &&
  'username' in value &&
  typeof value.username === 'string' &&
  'password' in value &&
  typeof value.password === 'string';

/**
 * The credentials of one account. Every device of the account keeps a copy, so that any of them can be deleted; between a
 * sign-in and the first device they are in memory only.
 */
export const createSharedCredentials = (): SharedCredentials => {
  const rests = new Set<CredentialRest>();
  let waiting: Credentials | null = null;
  const kept = (): Credentials | null => {
    if (waiting !== null) return waiting;
    for (const rest of rests) {
      const value = rest.load();
      if (isCredentials(value)) return { username: value.username, password: value.password };
    }
    return null;
  };
  return {
    load: () => Promise.resolve(kept()),
    async save(credentials) {
      waiting = credentials;
      await Promise.all([...rests].map((rest) => rest.save(credentials)));
      if (rests.size > 0) waiting = null;
    },
    async erase() {
      waiting = null;
      await Promise.all([...rests].map((rest) => rest.erase()));
    },
    async attach(rest) {
      const credentials = waiting ?? (isCredentials(rest.load()) ? null : kept());
      rests.add(rest);
      if (credentials !== null) await rest.save(credentials);
      waiting = null;
      return () => rests.delete(rest);
    },
  };
};
