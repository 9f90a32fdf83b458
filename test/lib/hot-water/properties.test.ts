import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, HOUR, MINUTE } from '../../../lib/hot-water/time.js';
import type { Plan, PriceSlot } from '../../../lib/hot-water/types.js';
import { at, PlanRig, planOf, ZONE, type Line } from '../../support/hot-water-rig.js';
import { aMinuteLater, coolingOf, type Tank } from '../../support/hot-water-tank.js';

const POLL = 10;
const RUNS = 12;
const DAY = 24 * 60;
const ROUNDS = 150;
const UP: Line = { up: true, seesTemperature: true };
const BLIND: Line = { up: true, seesTemperature: false };

/** Any plan a person might set, days on which clocks change among the days to begin at. */
const plans = fc
  .record({
    plan_mode: fc.constantFrom('fixed', 'cheapest'),
    plan_off_hours: fc.constantFrom(
      '06:00-22:00',
      '00:00-24:00',
      '22:00-06:00; 08:00-09:15',
      'sat,sun 01:00-04:00',
      '',
    ),
    plan_cheap_hours: fc.integer({ min: 0, max: 24 }),
    plan_price_ceiling: fc.constantFrom('', '0', '0.5'),
    plan_ready_by: fc.constantFrom('', '18:00'),
    plan_without_prices: fc.constantFrom('on', 'fixed'),
    plan_rescue_below: fc.integer({ min: 40, max: 50 }),
    plan_longest_off: fc.integer({ min: 1, max: 6 }),
    plan_least_hours: fc.integer({ min: 0, max: 8 }),
    plan_daily_writes: fc.integer({ min: 4, max: 16 }),
  })
  .map(planOf);
const starts = fc.constantFrom(
  at('2025-01-15T00:00'),
  at('2025-03-29T15:00'),
  at('2025-10-25T15:00+02:00'),
  at('2025-06-01T08:35+02:00'),
);
const pricesFor = (start: number, values: readonly number[]): PriceSlot[] =>
  values.map((value, i) => {
    const from = dayOf(start, ZONE).start + i * HOUR;
    return { start: from, end: from + HOUR, value };
  });
const prices = fc.array(fc.double({ min: -0.2, max: 2, noNaN: true }), { maxLength: 48 });

interface Run {
  readonly rig: PlanRig;
  readonly temperatures: readonly number[];
  /** The longest time off in a row, minutes. */
  readonly longestOff: number;
}

/** Thirty hours, minute by minute, with draws at random. */
function run(
  plan: Plan,
  start: number,
  values: readonly number[],
  draws: readonly number[],
  line: Line,
): Run {
  const rig = new PlanRig(plan, pricesFor(start, values));
  const temperatures: number[] = [];
  let tank: Tank = { temperature: 57, heating: false };
  let off = 0;
  let longestOff = 0;
  for (let minute = 0; minute < 30 * 60; minute += 1) {
    if (minute % POLL === 0) rig.round(start + minute * MINUTE, tank.temperature, line);
    const drawn = (draws[Math.floor(minute / 30) % Math.max(1, draws.length)] ?? 0) / 30;
    tank = aMinuteLater(tank, rig.on, drawn);
    temperatures.push(tank.temperature);
    off = rig.on ? 0 : off + 1;
    longestOff = Math.max(longestOff, off);
  }
  return { rig, temperatures, longestOff };
}

const mostSent = (sent: readonly { at: number }[]): number =>
  Math.max(
    0,
    ...sent.map(({ at: from }) => sent.filter(({ at }) => at >= from && at < from + DAY * MINUTE).length),
  );

describe('whatever the plan, the prices and the day', { timeout: 90_000 }, () => {
  // Of heat in half an hour, kWh; the pump makes three in that time, so that it always wins in the end.
  const draws = fc.array(fc.constantFrom(0, 0, 0, 0.4, 1.2), { minLength: 1, maxLength: 24 });

  it('the water gets no colder than the rescue allows while it is known', () => {
    fc.assert(
      fc.property(plans, starts, prices, draws, (plan, start, values, drawn) => {
        const { temperatures } = run(plan, start, values, drawn, UP);
        // What a draw takes between two looks, before the pump starts.
        const slack = coolingOf(1.2 / 30, 50) * POLL;
        expect(Math.min(...temperatures)).toBeGreaterThan(plan.rescue!.below - slack - 0.01);
      }),
      { numRuns: RUNS },
    );
  });

  it('hot water is not off longer than the limit while the temperature is not known', () => {
    fc.assert(
      fc.property(plans, starts, prices, (plan, start, values) => {
        const { longestOff } = run(plan, start, values, [0.4], BLIND);
        expect(longestOff).toBeLessThanOrEqual(plan.longestOff * 60 + POLL);
      }),
      { numRuns: RUNS },
    );
  });

  it('the pump is switched no more often than allowed', () => {
    fc.assert(
      fc.property(
        plans,
        starts,
        prices,
        draws,
        fc.boolean(),
        (plan, start, values, drawn, seesTemperature) => {
          const { rig } = run(plan, start, values, drawn, { up: true, seesTemperature });
          expect(mostSent(rig.sent)).toBeLessThanOrEqual(plan.dailyWrites);
          // And never to what it already is.
          rig.sent.forEach(({ on }, i) => expect(on).toBe(i % 2 === 1));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('every day gets its least hours', () => {
    fc.assert(
      fc.property(plans, prices, (plan, values) => {
        const day = dayOf(at('2025-03-30T12:00+02:00'), ZONE);
        const rig = new PlanRig({ ...plan, rescue: null }, pricesFor(day.start, values));
        let on = 0;
        for (let now = day.start - 12 * HOUR; now < day.end; now += POLL * MINUTE) {
          rig.round(now, 54);
          if (now >= day.start && rig.on) on += POLL;
        }
        expect(on).toBeGreaterThanOrEqual(plan.leastHours * 60 - POLL);
      }),
      { numRuns: RUNS },
    );
  });

  it('ending the app at any moment changes nothing that matters', () => {
    const deaths = fc.uniqueArray(fc.integer({ min: 0, max: ROUNDS }), { maxLength: 6 });
    fc.assert(
      fc.property(plans, starts, prices, deaths, fc.boolean(), (plan, start, values, dies, afterSending) => {
        // A write of which nobody knows whether it was sent counts, so the limit must not be what differs.
        const generous = { ...plan, dailyWrites: 48 };
        const steady = new PlanRig(generous, pricesFor(start, values));
        const killed = new PlanRig(generous, pricesFor(start, values));
        let madeUp = 0;
        for (let round = 0; round < ROUNDS; round += 1) {
          const now = start + round * POLL * MINUTE;
          const temperature = 54 - 5 * Math.sin(round / 7);
          const said = steady.round(now, temperature);
          const how = afterSending ? 'after_sending' : 'before_sending';
          const again = killed.round(now, temperature, UP, dies.includes(round) ? how : undefined);
          // A write that was never sent is sent in the next round.
          if (dies.includes(round) || dies.includes(round - 1)) continue;
          // What a late write took from the least hours of the day is made up for, or given back.
          if (again.on !== said.on && [again, said].some(({ why }) => why.kind === 'least_hours')) {
            madeUp += 1;
            continue;
          }
          expect({ on: again.on, why: again.why.kind }).toEqual({ on: said.on, why: said.why.kind });
          expect(killed.on).toBe(steady.on);
        }
        expect(madeUp).toBeLessThanOrEqual(dies.length);
        expect(killed.memory.hold).toBeNull();
        expect(killed.sent.length).toBeLessThanOrEqual(steady.sent.length + dies.length);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('when things go wrong', () => {
  const FIXED = planOf({ plan_mode: 'fixed' });
  const run = (rig: PlanRig, from: number, to: number, line: (now: number) => Line = () => UP): void => {
    for (let now = from; now < to; now += 5 * MINUTE) rig.round(now, 54, line(now));
  };
  const switchings = (rig: PlanRig): [string, boolean, string][] =>
    rig.sent.map(({ at: time, on, by }) => [new Date(time).toISOString().slice(0, 16), on, by]);

  it('in the night of spring it switches by the clock on the wall', () => {
    const rig = new PlanRig(FIXED);
    run(rig, at('2025-03-29T12:00'), at('2025-03-31T12:00+02:00'));
    expect(switchings(rig)).toEqual([
      ['2025-03-29T11:00', false, 'fixed_off'],
      ['2025-03-29T21:00', true, 'fixed_on'],
      ['2025-03-30T04:00', false, 'fixed_off'],
      ['2025-03-30T20:00', true, 'fixed_on'],
      ['2025-03-31T04:00', false, 'fixed_off'],
    ]);
  });

  it('in the night of autumn it switches by the clock on the wall', () => {
    const rig = new PlanRig(FIXED);
    run(rig, at('2025-10-25T12:00+02:00'), at('2025-10-27T12:00'));
    expect(switchings(rig)).toEqual([
      ['2025-10-25T10:00', false, 'fixed_off'],
      ['2025-10-25T20:00', true, 'fixed_on'],
      ['2025-10-26T05:00', false, 'fixed_off'],
      ['2025-10-26T21:00', true, 'fixed_on'],
      ['2025-10-27T05:00', false, 'fixed_off'],
    ]);
  });

  it('six hours without the cloud over a switching time cost one switching when it is back', () => {
    const rig = new PlanRig(FIXED);
    const [lost, back] = [at('2025-01-15T19:00'), at('2025-01-16T01:00')];
    const end = at('2025-01-16T05:00');
    run(rig, at('2025-01-15T12:00'), end, (now) => ({
      up: now < lost || now >= back,
      seesTemperature: true,
    }));
    expect(switchings(rig)).toEqual([
      ['2025-01-15T11:00', false, 'fixed_off'],
      ['2025-01-16T00:00', true, 'fixed_on'],
    ]);
    expect(rig.memory.hold).toBeNull();
  });

  it('a short loss right at a switching time does so too', () => {
    const rig = new PlanRig(FIXED);
    const [lost, back] = [at('2025-01-15T21:57'), at('2025-01-15T22:12')];
    run(rig, at('2025-01-15T12:00'), at('2025-01-15T23:30'), (now) => ({
      ...UP,
      up: now < lost || now >= back,
    }));
    expect(switchings(rig).slice(1)).toEqual([['2025-01-15T21:15', true, 'fixed_on']]);
  });

  it('a missed hour, the app being off, is made good at once', () => {
    const rig = new PlanRig(FIXED);
    run(rig, at('2025-01-15T12:00'), at('2025-01-15T20:00'));
    run(rig, at('2025-01-15T23:20'), at('2025-01-16T05:00'));
    expect(switchings(rig).slice(1)).toEqual([['2025-01-15T22:20', true, 'fixed_on']]);
  });

  it('another zone is another plan, at once and once', () => {
    const before = new PlanRig(FIXED);
    run(before, at('2025-01-15T12:00'), at('2025-01-15T21:30'));
    const after = new PlanRig(FIXED, [], 'Europe/Helsinki');
    after.memory = before.memory;
    after.on = before.on;
    run(after, at('2025-01-15T21:30'), at('2025-01-16T04:00'));
    expect(switchings(after)).toEqual([['2025-01-15T20:30', true, 'fixed_on']]);
  });

  it('a person’s switch wins until the plan next switches, seen after the app was off too', () => {
    const rig = new PlanRig(FIXED);
    run(rig, at('2025-01-15T12:00'), at('2025-01-15T14:00'));
    rig.on = true;
    run(rig, at('2025-01-15T15:00'), at('2025-01-16T12:00'));
    expect(switchings(rig)).toEqual([
      ['2025-01-15T11:00', false, 'fixed_off'],
      ['2025-01-16T05:00', false, 'fixed_off'],
    ]);
  });

  it('a pump that does not follow is asked less and less often', () => {
    const rig = new PlanRig(FIXED);
    const noon = at('2025-01-15T12:00');
    for (let now = noon; now < noon + 10 * HOUR; now += 5 * MINUTE) {
      rig.round(now, 54);
      rig.on = true;
    }
    expect(rig.sent.map(({ at: time }) => (time - noon) / MINUTE)).toEqual([
      0, 15, 45, 105, 165, 225, 285, 345, 405, 465, 525,
    ]);
  });
});
