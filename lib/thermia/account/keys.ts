import type { Json, Logger, Store } from '../ports.js';
import { asThermiaError } from './deadline.js';

export const KEYS = 'pumps';

/** What pumps are known by besides their ids; it has to outlive a restart to find a pump whose id has changed. */
export interface PumpKeys {
  of(pumpId: string): string | null;
  learn(pumpId: string, key: string): void;
  forget(): Promise<void>;
}

export const createPumpKeys = (store: Store | undefined, logger: Logger): PumpKeys => {
  const learned = new Map<string, string>();

  const stored = (): Readonly<Record<string, Json>> => {
    const value = store?.get(KEYS) ?? null;
    return typeof value === 'object' && value !== null ? { ...value } : {};
  };

  return {
    of: (pumpId) => {
      const key = learned.get(pumpId) ?? stored()[pumpId];
      return typeof key === 'string' ? key : null;
    },
    learn: (pumpId, key) => {
      learned.set(pumpId, key);
      const known = stored();
      if (store === undefined || known[pumpId] === key) return;
      store.set(KEYS, { ...known, ...Object.fromEntries(learned) }).catch((error: unknown) => {
        logger.warn('What a pump is known by could not be stored', {
          error: asThermiaError(error, KEYS).message,
        });
      });
    },
    forget: async () => {
      learned.clear();
      await store?.unset(KEYS);
    },
  };
};
