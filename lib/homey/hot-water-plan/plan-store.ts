import * as z from 'zod';
import { parseMemory } from '../../hot-water/memory.js';
import type { PlanMemory, PriceSlot } from '../../hot-water/types.js';
import type { Logger } from '../../thermia/ports.js';
import { coalesced } from '../coalesced.js';
import { described } from '../logger.js';
import type { DevicePort } from '../ports.js';

const MEMORY = 'hot_water_memory';
const PRICES = 'hot_water_prices';
const Prices = z.array(z.object({ start: z.number(), end: z.number(), value: z.number() })).catch([]);

/** What the plan must not forget, in the device's store. */
export interface PlanStore {
  memory(): PlanMemory;
  /** Is known at once; what changes nothing is not stored. */
  remember(memory: PlanMemory): void;
  /** Resolves when all that was to be remembered is stored, or could not be. */
  stored(): Promise<void>;
  prices(): readonly PriceSlot[];
  setPrices(prices: readonly PriceSlot[]): void;
}

const same = (a: readonly PriceSlot[], b: readonly PriceSlot[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

export const createPlanStore = (device: DevicePort, logger: Logger): PlanStore => {
  let memory = parseMemory(device.getStoreValue(MEMORY));
  let prices: readonly PriceSlot[] = Prices.parse(device.getStoreValue(PRICES));
  let saving = Promise.resolve();
  const keeper = (key: string): ((value: unknown) => Promise<void>) =>
    coalesced((value: unknown) =>
      device
        .setStoreValue(key, value)
        .catch((error: unknown) => logger.error(`Could not store ${key}`, { error: described(error) })),
    );
  const keepMemory = keeper(MEMORY);
  const keepPrices = keeper(PRICES);
  return {
    memory: () => memory,
    remember(next) {
      if (next === memory) return;
      memory = next;
      saving = keepMemory(next);
    },
    stored: () => saving,
    prices: () => prices,
    setPrices(next) {
      if (same(next, prices)) return;
      prices = next;
      void keepPrices(next);
    },
  };
};
