import type { Logger } from '../ports.js';
import { redact } from '../redact.js';
import type { SessionState } from './types.js';

type Listener = (state: SessionState) => void;

/** Tells of changes of a state, and only of changes. */
export const createSessionListeners = (state: () => SessionState, logger: Logger) => {
  const listeners = new Set<Listener>();
  let told = JSON.stringify(state());
  return {
    tell: (): void => {
      const now = state();
      const text = JSON.stringify(now);
      if (text === told) return;
      told = text;
      for (const listener of listeners) {
        try {
          listener(now);
        } catch (error) {
          logger.error('A listener of the session failed', { error: redact(String(error)) });
        }
      }
    },
    add: (listener: Listener): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
