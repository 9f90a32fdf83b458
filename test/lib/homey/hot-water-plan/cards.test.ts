import { describe, expect, it } from 'vitest';
import type { PlanDecision, Reason } from '../../../../lib/hot-water/types.js';
import { full, setUp } from '../flow-rig.js';

describe('the cards of the hot water plan', () => {
  const decided = (on: boolean, why: Reason): PlanDecision => ({
    on,
    why,
    until: null,
    write: null,
    withheld: null,
    boost: null,
    hoursToday: 0,
    writesToday: 0,
  });
  const expensive: Reason = { kind: 'expensive', price: 2, hours: 8, ceiling: null };
  const cold: Reason = { kind: 'rescue', temperature: 48, falling: false, below: 50, upTo: 55 };
  const ordered: Reason = { kind: 'hold', hold: 'off', since: 0, until: 1, cold: false };

  it.each<[string, object, unknown]>([
    ['hot_water_off_for', { hours: 3, cold: 'rescue' }, { kind: 'off', hours: 3, evenIfCold: false }],
    ['hot_water_off_for', { hours: 0.5, cold: 'stay_off' }, { kind: 'off', hours: 0.5, evenIfCold: true }],
    ['hot_water_on_for', { hours: 2 }, { kind: 'on', hours: 2 }],
    ['hot_water_boost_for', { minutes: 45 }, { kind: 'boost', minutes: 45 }],
    ['pause_plan_until', { time: '18:30' }, { kind: 'pause', until: '18:30' }],
    ['guests', { days: 3 }, { kind: 'guests', days: 3 }],
    ['resume_plan', {}, { kind: 'resume' }],
    ['set_prices', { day: 'tomorrow', prices: '1 2 3' }, ['1 2 3', 'tomorrow']],
  ])('%s %j', async (id, args, order) => {
    const { run, written } = setUp();
    await expect(run(id, args)).resolves.toBe(true);
    expect(written).toEqual([order]);
  });

  it.each<[string, PlanDecision | null, boolean]>([
    ['plan_keeps_off', decided(false, expensive), true],
    ['plan_keeps_off', decided(false, { kind: 'late', price: 0.05 }), true],
    ['plan_keeps_off', { ...decided(false, expensive), withheld: 'daily_limit' }, false],
    ['plan_keeps_off', decided(false, ordered), false],
    ['plan_keeps_off', decided(true, cold), false],
    ['plan_keeps_off', null, false],
    ['rescue_is_active', decided(true, cold), true],
    ['rescue_is_active', decided(false, expensive), false],
    ['rescue_is_active', null, false],
  ])('%s', async (id, decision, expected) => {
    await expect(setUp(full, decision).run(id)).resolves.toBe(expected);
  });
});
