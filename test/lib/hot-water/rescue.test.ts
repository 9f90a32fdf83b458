import { describe, expect, it } from 'vitest';
import { EMPTY_MEMORY, recordObservation } from '../../../lib/hot-water/memory.js';
import { HOUR, MINUTE } from '../../../lib/hot-water/time.js';
import type { PlanMemory, Rescue } from '../../../lib/hot-water/types.js';
import { inputAt, readingsAt } from '../../support/hot-water-rig.js';
import { NOON } from './truth-table/terms.js';

type Values = Parameters<typeof readingsAt>[1];
const before = (rescue: Rescue | null, on = true): PlanMemory => ({
  ...EMPTY_MEMORY,
  rest: true,
  rescue,
  changes: [{ at: NOON - HOUR, on, by: 'fixed_on' }],
});
const seeing = (values: Values, memory: PlanMemory): PlanMemory =>
  recordObservation(inputAt(NOON, { readings: readingsAt(NOON, values), memory }));

describe('a rescue under way', () => {
  const begun: Rescue = {
    since: NOON - HOUR,
    seenAt: NOON - 5 * MINUTE,
    level: 49,
    roseAt: NOON - 10 * MINUTE,
    heatedAt: NOON - 10 * MINUTE,
  };
  const after = (values: Values, rescue = begun): Rescue | null =>
    seeing(values, before(rescue, values?.hotWater ?? true)).rescue;

  it.each<[string, Values, Partial<Rescue>]>([
    ['was seen again', { temperature: 49, heating: false }, { seenAt: NOON }],
    ['the pump heats', { temperature: 49, heating: true }, { seenAt: NOON, heatedAt: NOON }],
    ['the water gets warmer', { temperature: 49.5 }, { seenAt: NOON, level: 49.5, roseAt: NOON }],
    ['a little warmer is how a sensor rounds', { temperature: 49.4 }, { seenAt: NOON }],
    ['the water gets colder first', { temperature: 48 }, { seenAt: NOON, level: 48 }],
    [
      'hot water is not on yet: nothing has stopped',
      { temperature: 49, hotWater: false },
      { seenAt: NOON, heatedAt: NOON, roseAt: NOON },
    ],
  ])('remembers that %s', (_name, values, expected) => {
    expect(after(values)).toEqual({ ...begun, ...expected });
  });

  it('changes nothing within five minutes, so that not every reading is stored', () => {
    const recent = { ...begun, seenAt: NOON - 4 * MINUTE, heatedAt: NOON - 4 * MINUTE };
    const memory = before(recent);
    expect(seeing({ temperature: 49, heating: true }, memory)).toBe(memory);
  });

  it('has ended where the pump stopped at its own temperature, and begins anew below the limit', () => {
    const quiet = { ...begun, roseAt: NOON - 30 * MINUTE, heatedAt: NOON - 30 * MINUTE };
    expect(after({ temperature: 53, heating: false }, { ...quiet, level: 53 })).toBeNull();
    const again = seeing({ temperature: 49.9, heating: false }, before(null));
    expect(again.rescue).toEqual({
      since: NOON,
      seenAt: NOON,
      level: 49.9,
      roseAt: NOON,
      heatedAt: NOON,
    });
  });
});
