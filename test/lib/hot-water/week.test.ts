import { describe, expect, it } from 'vitest';
import { planOf } from '../../support/hot-water-rig.js';
import { HOUSEHOLDS, simulateWeek, type Strategy } from '../../support/hot-water-week.js';

const plan = (settings: Record<string, unknown>): Strategy => ({ kind: 'plan', plan: planOf(settings) });
const FIXED = plan({ plan_mode: 'fixed' });

describe('a week with the plan instead of three Flows', { timeout: 90_000 }, () => {
  it.each(Object.entries(HOUSEHOLDS))('is warmer and takes less by day: %s', (_name, household) => {
    const flows = simulateWeek({ kind: 'flows' }, household);
    const planned = simulateWeek(FIXED, household);
    expect(planned.minutesBelow50).toBeLessThanOrEqual(flows.minutesBelow50);
    expect(planned.coldest).toBeGreaterThanOrEqual(flows.coldest);
    expect(planned.daytimeMinutes).toBeLessThanOrEqual(flows.daytimeMinutes);
    expect(planned.writes).toBeLessThanOrEqual(7 * 12);
  });
});

describe('a week of the cheapest hours', { timeout: 90_000 }, () => {
  // A tank that lasts through the dear hours; with a small one the rescue decides when to heat.
  const { couple } = HOUSEHOLDS;
  const cheapest = { plan_mode: 'cheapest', plan_cheap_hours: 6 };

  it('costs less than hot water at any time', () => {
    const always = simulateWeek({ kind: 'always_on' }, couple);
    expect(simulateWeek(plan(cheapest), couple).cost).toBeLessThan(always.cost);
  });

  it('costs less than fixed hours at the same comfort limit', () => {
    const fixed = simulateWeek(plan({ plan_mode: 'fixed', plan_rescue_below: 42 }), couple);
    const cheap = simulateWeek(plan({ ...cheapest, plan_rescue_below: 42 }), couple);
    expect(cheap.cost).toBeLessThan(fixed.cost);
    expect(cheap.coldest).toBeGreaterThan(40);
  });
});
