import type { Logger } from '../ports.js';
import { asThermiaError } from './deadline.js';
import type { AccountEvents } from './types.js';

type Name = keyof AccountEvents;
type Listeners = { readonly [E in Name]: Set<(...args: AccountEvents[E]) => void> };

export interface Emitter {
  on<E extends Name>(event: E, listener: (...args: AccountEvents[E]) => void): () => void;
  emit<E extends Name>(event: E, ...args: AccountEvents[E]): void;
  /** Nothing is emitted any more. */
  end(): void;
}

/** A listener that throws is reported and harms nobody else. */
export const createEmitter = (logger: Logger): Emitter => {
  const listeners: Listeners = {
    snapshot: new Set(),
    availability: new Set(),
    write: new Set(),
    paused: new Set(),
  };
  return {
    on: (event, listener) => {
      const entry: typeof listener = (...args) => listener(...args);
      listeners[event].add(entry);
      return () => {
        listeners[event].delete(entry);
      };
    },
    emit: (event, ...args) => {
      for (const listener of [...listeners[event]]) {
        try {
          listener(...args);
        } catch (error) {
          logger.error('A listener failed', { event, error: asThermiaError(error, event).message });
        }
      }
    },
    end: () => Object.values(listeners).forEach((each) => each.clear()),
  };
};
