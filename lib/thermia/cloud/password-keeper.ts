import { ThermiaError } from '../errors.js';
import type { CredentialStore, Credentials, Logger } from '../ports.js';
import { redact } from '../redact.js';

/** The kept password, with the store's failures told apart: which of them matter to whom. */
export interface PasswordKeeper {
  /** Throws `storage`. */
  load(): Promise<Credentials | null>;
  /** A failure is logged and no more: the sign-in itself has worked. */
  keep(credentials: Credentials): Promise<void>;
  /** Throws `storage`: who asked for it has to know. */
  erase(): Promise<void>;
  /** Erases what is of no use any more; a failure is logged. */
  drop(): Promise<void>;
}

export const createPasswordKeeper = (store: CredentialStore, logger: Logger): PasswordKeeper => {
  const asStorage = (cause: unknown): never => {
    throw new ThermiaError('storage', 'The password store failed', { cause });
  };
  const logged = (message: string) => (error: unknown) =>
    logger.error(message, { error: redact(String(error)) });
  return {
    load: () => store.load().catch(asStorage),
    keep: (credentials) => store.save(credentials).catch(logged('The password could not be kept')),
    erase: () => store.erase().catch(asStorage),
    drop: () => store.erase().catch(logged('A rejected password could not be erased')),
  };
};
