import { isThermiaError, ThermiaError } from '../errors.js';
import type { Clock } from '../ports.js';

/** Errors of a source that are not ours say only that something unforeseen came back. */
export const asThermiaError = (error: unknown, during: string): ThermiaError =>
  isThermiaError(error)
    ? error
    : new ThermiaError('unexpected_answer', error instanceof Error ? error.message : String(error), {
        during,
        cause: error,
      });

/**
 * Runs something that may hang. After the deadline, or when `parent` ends it, the signal is given and the promise is
 * rejected without waiting for whoever does not listen to signals; a late result is dropped.
 */
export const withDeadline = <T>(
  { clock, ms, during, parent }: { clock: Clock; ms: number; during: string; parent: AbortSignal },
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const end = (settle: () => void): void => {
      cancel();
      parent.removeEventListener('abort', onStop);
      settle();
    };
    const fail = (error: ThermiaError): void =>
      end(() => {
        controller.abort(error);
        reject(error);
      });
    const onStop = (): void => fail(asThermiaError(parent.reason, during));
    const cancel = clock.after(ms, () =>
      fail(new ThermiaError('timeout', `No answer in ${ms} ms`, { during })),
    );
    if (parent.aborted) {
      onStop();
      return;
    }
    parent.addEventListener('abort', onStop);
    run(controller.signal).then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(asThermiaError(error, during))),
    );
  });

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: ThermiaError) => void;
}

export const deferred = <T>(): Deferred<T> => {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Who does not look at a rejection has the other promise of a write, or does not care.
  promise.catch(() => undefined);
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
};
