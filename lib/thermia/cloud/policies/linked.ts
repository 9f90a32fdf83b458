import type { Policy } from './policy.js';

/** A signal that aborts when any of these does. Released by hand: long-lived signals must not collect listeners. */
export const linkSignals = (
  ...signals: readonly AbortSignal[]
): { readonly controller: AbortController; readonly release: () => void } => {
  const controller = new AbortController();
  const releases = signals.map((signal) => {
    const abort = (): void => controller.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    return () => signal.removeEventListener('abort', abort);
  });
  return {
    controller,
    release: () => {
      for (const release of releases) release();
    },
  };
};

/** Ends whatever is under way when the client is stopped. */
export const createStopper = (stopped: AbortSignal): Policy => ({
  run: async (attempt, signal) => {
    const { controller, release } = linkSignals(signal, stopped);
    try {
      return await attempt(controller.signal);
    } finally {
      release();
    }
  },
});
