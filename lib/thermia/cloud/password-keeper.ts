import { ThermiaError } from '../errors.js';
import type { CredentialStore, Credentials, Logger } from '../ports.js';
import { redact } from '../redact.js';
import { createQueue } from './in-order.js';

/** The kept password, with the store's failures told apart: which of them matter to whom. Changes keep their order. */
export interface PasswordKeeper {
  /** Throws `storage`. */
  load(): Promise<Credentials | null>;
  /** Whether it worked; a failure is logged and no more: the sign-in itself has worked. */
  keep(credentials: Credentials): Promise<boolean>;
  /** Throws `storage`: who asked for it has to know. */
  erase(): Promise<void>;
  /** Erases what is of no use any more. Whether it worked; a failure is logged. */
  drop(): Promise<boolean>;
}

export const createPasswordKeeper = (store: CredentialStore, logger: Logger): PasswordKeeper => {
  const inOrder = createQueue();
  const asStorage = (cause: unknown): never => {
    throw new ThermiaError('storage', 'The password store failed', { cause });
  };
  const attempt = (work: () => Promise<void>, message: string): Promise<boolean> =>
    inOrder(work).then(
      () => true,
      (error: unknown) => {
        logger.error(message, { error: redact(String(error)) });
        return false;
      },
    );
  return {
    load: () => store.load().catch(asStorage),
    keep: (credentials) => attempt(() => store.save(credentials), 'The password could not be kept'),
    erase: () => inOrder(() => store.erase()).catch(asStorage),
    drop: () => attempt(() => store.erase(), 'A password of no use could not be erased'),
  };
};
