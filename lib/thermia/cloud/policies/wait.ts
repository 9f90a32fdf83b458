import { isThermiaError, ThermiaError } from '../../errors.js';
import type { Clock } from '../../ports.js';

const reasonOf = (signal: AbortSignal): ThermiaError =>
  isThermiaError(signal.reason) ? signal.reason : new ThermiaError('stopped', 'Given up while waiting');

/** Resolves after the time, rejects at once when the signal aborts. */
export const wait = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const abort = (): void => {
      cancel();
      reject(reasonOf(signal));
    };
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });

/** What others work on too, waited for by one who may give up: it goes on without him. */
export const whileWaited = <T>(shared: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    void shared.then(resolve, reject).then(() => signal.removeEventListener('abort', abort));
  });
