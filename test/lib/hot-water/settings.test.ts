import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrder } from '../../../lib/hot-water/orders.js';
import { parsePlan, PLAN_SETTING_IDS } from '../../../lib/hot-water/settings.js';
import type { Complaint, Plan } from '../../../lib/hot-water/types.js';

const ALL = [1, 2, 3, 4, 5, 6, 7];

describe('the settings of the plan', () => {
  it('have a default for everything', () => {
    const { plan, complaints } = parsePlan({});
    expect(complaints).toEqual([]);
    expect(plan).toEqual({
      mode: 'none',
      offHours: [{ days: ALL, from: 360, to: 1320 }],
      cheapHours: 8,
      ceiling: null,
      readyBy: null,
      withoutPrices: 'on',
      rescue: { below: 50, upTo: 55 },
      longestOff: 3,
      leastHours: 4,
      dailyWrites: 12,
    });
  });

  it.each<[string, Record<string, unknown>, Partial<Plan>]>([
    [
      'numbers as text',
      { plan_cheap_hours: ' 6 ', plan_longest_off: '2,5' },
      { cheapHours: 6, longestOff: 2.5 },
    ],
    ['no ceiling', { plan_price_ceiling: ' ' }, { ceiling: null }],
    ['a ceiling below zero', { plan_price_ceiling: '-0.05' }, { ceiling: -0.05 }],
    ['a ceiling of zero', { plan_price_ceiling: 0 }, { ceiling: 0 }],
    ['ready by a time', { plan_ready_by: '18:00' }, { readyBy: 1080 }],
    ['ready by midnight', { plan_ready_by: '00:00' }, { readyBy: 1440 }],
    ['the rescue goes 5 °C up', { plan_rescue_below: 46 }, { rescue: { below: 46, upTo: 51 } }],
    ['or as far as is set', { plan_rescue_up_to: 52 }, { rescue: { below: 50, upTo: 52 } }],
    ['no rescue', { plan_rescue: false }, { rescue: null }],
    ['settings of other things', { interval: 5 }, { mode: 'none' }],
  ])('%s', (_name, settings, expected) => {
    const { plan, complaints } = parsePlan(settings);
    expect(complaints).toEqual([]);
    expect(plan).toMatchObject(expected);
  });

  it.each<[string, Record<string, unknown>, Partial<Plan>, Complaint]>([
    [
      'hours that cannot be read: none are off',
      { plan_off_hours: 'mornings' },
      { offHours: [] },
      { field: 'plan_off_hours', code: 'not_understood', value: 'mornings' },
    ],
    [
      'too many hours',
      { plan_cheap_hours: 25 },
      { cheapHours: 8 },
      { field: 'plan_cheap_hours', code: 'out_of_range', value: '25', max: 24 },
    ],
    [
      'too cold a rescue',
      { plan_rescue_below: '5' },
      { rescue: { below: 50, upTo: 55 } },
      { field: 'plan_rescue_below', code: 'out_of_range', value: '5', min: 30 },
    ],
    [
      'a rescue that ends before it begins',
      { plan_rescue_below: 50, plan_rescue_up_to: 50 },
      { rescue: { below: 50, upTo: 55 } },
      { field: 'plan_rescue_up_to', code: 'out_of_range', value: '50', min: 51 },
    ],
    [
      'an unknown mode',
      { plan_mode: 'magic' },
      { mode: 'none' },
      { field: 'plan_mode', code: 'not_understood', value: 'magic' },
    ],
    [
      'no time of day',
      { plan_ready_by: 'tea' },
      { readyBy: null },
      { field: 'plan_ready_by', code: 'not_understood', value: 'tea' },
    ],
    [
      'no number',
      { plan_price_ceiling: 'low' },
      { ceiling: null },
      { field: 'plan_price_ceiling', code: 'not_understood', value: 'low' },
    ],
    [
      'a number out of all bounds',
      { plan_price_ceiling: '1000000' },
      { ceiling: null },
      { field: 'plan_price_ceiling', code: 'out_of_range', value: '1000000', max: 100_000 },
    ],
  ])('%s', (_name, settings, expected, complaint) => {
    const { plan, complaints } = parsePlan(settings);
    expect(plan).toMatchObject(expected);
    expect(complaints).toEqual([complaint]);
  });

  it('always make a plan that can be run', () => {
    const any = fc.dictionary(fc.constantFrom(...PLAN_SETTING_IDS), fc.anything());
    fc.assert(
      fc.property(fc.oneof(any, fc.anything()), (raw) => {
        const { plan } = parsePlan(raw);
        expect(plan.longestOff).toBeGreaterThan(0);
        expect(plan.dailyWrites).toBeGreaterThanOrEqual(4);
        if (plan.rescue !== null) expect(plan.rescue.upTo).toBeGreaterThan(plan.rescue.below);
      }),
    );
  });
});

describe('orders', () => {
  it.each<[unknown, unknown]>([
    [
      { kind: 'off', hours: '2,5' },
      { kind: 'off', hours: 2.5, evenIfCold: false },
    ],
    [
      { kind: 'off', hours: 3, evenIfCold: true },
      { kind: 'off', hours: 3, evenIfCold: true },
    ],
    [
      { kind: 'on', hours: 3 },
      { kind: 'on', hours: 3 },
    ],
    [
      { kind: 'boost', minutes: 45 },
      { kind: 'boost', minutes: 45 },
    ],
    [
      { kind: 'pause', until: '18:00' },
      { kind: 'pause', until: 1080 },
    ],
    [
      { kind: 'guests', days: '2' },
      { kind: 'guests', days: 2 },
    ],
    [{ kind: 'resume' }, { kind: 'resume' }],
    [
      { kind: 'switch', on: false },
      { kind: 'switch', on: false },
    ],
  ])('%j is understood', (raw, order) => {
    expect(parseOrder(raw)).toEqual({ order });
  });

  it.each<[unknown, Complaint]>([
    [
      { kind: 'off', hours: 100 },
      { field: 'order.hours', code: 'out_of_range', value: '100', max: 72 },
    ],
    [
      { kind: 'boost', minutes: 1 },
      { field: 'order.minutes', code: 'out_of_range', value: '1', min: 5 },
    ],
    [
      { kind: 'guests', days: 1.5 },
      { field: 'order.days', code: 'not_understood', value: '1.5' },
    ],
    [
      { kind: 'pause', until: 'soon' },
      { field: 'order.until', code: 'not_understood', value: 'soon' },
    ],
    [{ kind: 'dance' }, { field: 'order', code: 'not_understood', value: '{"kind":"dance"}' }],
    ['off', { field: 'order', code: 'not_understood', value: 'off' }],
    [undefined, { field: 'order', code: 'not_understood', value: '' }],
  ])('%j is not', (raw, complaint) => {
    expect(parseOrder(raw)).toEqual({ complaint });
  });
});
