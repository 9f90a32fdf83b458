import { EMPTY_MEMORY } from '../../../../lib/hot-water/memory.js';
import { HOUR, MINUTE } from '../../../../lib/hot-water/time.js';
import type {
  Hold,
  PlanDecision,
  PlanInput,
  PlanMemory,
  PlanReadings,
  PriceSlot,
  Rescue,
  WriteRow,
} from '../../../../lib/hot-water/types.js';
import { at, planOf, readingsAt } from '../../../support/hot-water-rig.js';

// A Wednesday in winter. The fixed plan is 06:00-22:00 without hot water, rescue 50 to 55 °C.
export const NOON = at('2025-01-15T12:00');
export const NIGHT = at('2025-01-15T23:00');
export const TEN_PM = at('2025-01-15T22:00');
export const SIX_TOMORROW = at('2025-01-16T06:00');

export const FIXED = planOf({ plan_mode: 'fixed' });
export const NONE = planOf({ plan_mode: 'none' });
export const CHEAPEST = planOf({ plan_mode: 'cheapest', plan_cheap_hours: 4, plan_price_ceiling: 0.1 });
/** Cheap 01-05, dear otherwise, next to nothing at 14. */
export const PRICES: PriceSlot[] = Array.from({ length: 24 }, (_, hour) => ({
  start: at('2025-01-15T00:00') + hour * HOUR,
  end: at('2025-01-15T00:00') + (hour + 1) * HOUR,
  value: hour === 14 ? 0.05 : hour >= 1 && hour < 5 ? 0.3 : 1.2,
}));

export const memory = (given: Partial<PlanMemory>): PlanMemory => ({ ...EMPTY_MEMORY, ...given });
export const hold = (given: Partial<Hold>): Hold => ({
  kind: 'person',
  on: false,
  since: NOON - HOUR,
  until: NOON + HOUR,
  firm: false,
  ...given,
});
/** Begun an hour ago at 49 °C, and rising until now. */
export const rescue = (given: Partial<Rescue>, now = NOON): Rescue => ({
  since: now - HOUR,
  seenAt: now - 5 * MINUTE,
  level: 49,
  roseAt: now,
  heatedAt: now,
  ...given,
});
export const written = (minutesAgo: number, on: boolean, state: WriteRow['state'], now = NOON): WriteRow => ({
  at: now - minutesAgo * MINUTE,
  on,
  by: 'fixed_off',
  state,
});
/** Switchings that alternate and were all seen, so that the last one was `on`. */
export const many = (count: number, last: boolean): WriteRow[] =>
  Array.from({ length: count }, (_, i) =>
    written(60 * (count - i), (count - 1 - i) % 2 === 0 ? last : !last, 'seen'),
  );
export const offSince = (hours: number, now = NOON): PlanMemory['changes'] => [
  { at: now - hours * HOUR, on: false, by: 'fixed_off' },
];
export const off = (values: Parameters<typeof readingsAt>[1] = {}, now = NOON): PlanReadings =>
  readingsAt(now, { hotWater: false, ...values });
export const old = (readings: PlanReadings, age: number): PlanReadings => ({
  ...readings,
  temperature: readings.temperature && { ...readings.temperature, at: readings.temperature.at - age },
  hotWater: readings.hotWater && { ...readings.hotWater, at: readings.hotWater.at - age },
});

export type Expected = Partial<Omit<PlanDecision, 'why'>> & {
  why: PlanDecision['why'] | PlanDecision['why']['kind'];
};

export type Row = readonly [name: string, now: number, given: Partial<PlanInput>, expected: Expected];
