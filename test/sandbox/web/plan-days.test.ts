import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HotWaterPlan } from '../../../sandbox/web/src/client/app-routes.js';
import { isSignInTrouble } from '../../../sandbox/web/src/pure/app-status.js';
import {
  daysOf,
  isPlanned,
  kindsOf,
  piecesOf,
  rangeIn,
  runsOf,
  scaleOf,
  shareOf,
  textOf,
  toneOf,
} from '../../../sandbox/web/src/pure/plan-days.js';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

/** Hours from `from` to `to`, off between the given hours of UTC. */
const planFor = (from: string, to: string, now: string, fields: Partial<HotWaterPlan> = {}): HotWaterPlan => {
  const segments = [];
  for (let start = at(from); start < at(to); start += HOUR) {
    const hour = new Date(start).getUTCHours();
    const on = hour < 6 || hour >= 20;
    segments.push({
      start,
      end: start + HOUR,
      on,
      by: on ? 'fixed_on' : 'fixed_off',
      text: on ? 'with' : 'without',
      price: null,
    });
  }
  return {
    zone: 'Europe/Stockholm',
    now: at(now),
    mode: 'fixed',
    sentence: '',
    rescue: false,
    segments,
    switches: [],
    ...fields,
  };
};

describe('the days of a plan', () => {
  const plan = planFor('2026-01-13T23:00Z', '2026-01-16T23:00Z', '2026-01-15T10:00Z', {
    switches: [
      { at: at('2026-01-14T06:01Z'), on: false, by: 'fixed_off', text: 'without' },
      { at: at('2026-01-15T06:00Z'), on: true, by: 'rescue', text: 'too cold' },
    ],
  });

  it('are cut at midnight of the Homey, not of the browser', () => {
    const days = daysOf(plan);
    expect(days.map(({ name }) => name)).toEqual(['yesterday', 'today', 'tomorrow']);
    expect(days.map(({ start }) => start)).toEqual(
      ['2026-01-13T23:00Z', '2026-01-14T23:00Z', '2026-01-15T23:00Z'].map(at),
    );
    expect(days.map(({ segments }) => segments.length)).toEqual([24, 24, 24]);
  });

  it('tell what was switched apart from what is to come', () => {
    const told = daysOf(plan).map(({ changes }) =>
      changes.map(({ at: when, on, planned }) => [new Date(when).toISOString().slice(11, 16), on, planned]),
    );
    expect(told).toEqual([
      [['06:01', false, false]],
      [
        ['06:00', true, false],
        ['20:00', true, true],
      ],
      [
        ['06:00', false, true],
        ['20:00', true, true],
      ],
    ]);
  });

  it('keep 23 and 25 hours in the nights when clocks change', () => {
    const spring = daysOf(planFor('2026-03-28T23:00Z', '2026-03-29T22:00Z', '2026-03-29T10:00Z'));
    const autumn = daysOf(planFor('2026-10-24T22:00Z', '2026-10-25T23:00Z', '2026-10-25T10:00Z'));
    expect([spring, autumn].map((days) => days.map(({ segments }) => segments.length))).toEqual([[23], [25]]);
  });

  it('survive a zone that the browser does not know', () => {
    expect(daysOf({ ...plan, zone: 'Nowhere/At_All' }).length).toBeGreaterThan(0);
  });

  it('are worth showing with a plan, or without one while an order has its time', () => {
    const without = (by: string, on: boolean | null, from = plan.now): HotWaterPlan => ({
      ...plan,
      mode: 'none',
      segments: [{ start: from, end: from + HOUR, by, on, text: '', price: null }],
    });
    expect(isPlanned(plan)).toBe(true);
    expect(isPlanned(without('no_plan', true))).toBe(false);
    expect(isPlanned(without('unknown', null))).toBe(false);
    expect(isPlanned(without('hold', false))).toBe(true);
    expect(isPlanned(without('hold', false, plan.now - 2 * HOUR))).toBe(false);
  });
});

describe('how an hour is shown', () => {
  it('tells safety and people from the plan; what is new counts as the plan', () => {
    expect(['cheap', 'rescue', 'legionella', 'person', 'unknown', 'something_new'].map(toneOf)).toEqual([
      'plan',
      'rescue',
      'safety',
      'people',
      'unknown',
      'plan',
    ]);
  });

  it('does not call a state unknown whose cause is', () => {
    expect(textOf({ on: true, by: 'unknown', text: 'not known' })).toBe('reason not known');
    expect(textOf({ on: null, by: 'unknown', text: 'not known' })).toBe('not known');
  });

  it('joins what belongs together and covers the day without a hole', () => {
    const plan = planFor('2026-01-14T23:00Z', '2026-01-15T23:00Z', '2026-01-15T10:00Z');
    const runs = runsOf(plan.segments, plan.now);
    expect(runs.map(({ on, future }) => [on, future])).toEqual([
      [true, false],
      [false, false],
      [false, true],
      [true, true],
    ]);
    runs.forEach(({ start }, index) => expect(start).toBe(runs[index - 1]?.end ?? plan.segments[0]?.start));
    expect(kindsOf(plan.segments).map(({ text }) => text)).toEqual(['with', 'without']);
  });
});

describe('temperatures of a day', () => {
  it('have no range where nothing was kept, and a zero is a value', () => {
    const points = [
      [0, 0],
      [10, null],
      [20, 5],
    ] as const;
    expect(rangeIn(points, 0, 30)).toEqual({ low: 0, high: 5 });
    expect(rangeIn(points, 5, 20)).toBeNull();
    expect(piecesOf(points)).toEqual([[[0, 0]], [[20, 5]]]);
  });

  it('all lie within their scale', () => {
    expect(scaleOf([], 6)).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.double({ min: -40, max: 90, noNaN: true }), { minLength: 1 }), (values) => {
        const scale = scaleOf(values, 6);
        if (scale === null) throw new Error('There are values.');
        expect(scale.high - scale.low).toBeGreaterThanOrEqual(6 - 1e-9);
        for (const value of values) {
          expect(shareOf(value, scale)).toBeGreaterThanOrEqual(0);
          expect(shareOf(value, scale)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('whether a new sign-in would help', () => {
  const account = (session: string, reason?: string) => ({
    session,
    pumps: [{ availability: reason === undefined ? {} : { reason } }],
  });
  it.each([
    ['an outage', [account('signed_in', 'service_down')], false],
    ['a lost sign-in', [account('sign_in_needed')], true],
    ['a sign-in that is refused', [account('signed_in', 'unauthorized')], true],
    ['one account of two', [account('signed_in'), account('signed_out')], true],
    ['no account at all', [], true],
  ])('%s', (_, accounts, helps) => {
    expect(isSignInTrouble({ accounts })).toBe(helps);
  });
});
