import { describe, expect, it } from 'vitest';
import { describeDay, type DaySegment } from '../../../lib/hot-water/day.js';
import { outlook } from '../../../lib/hot-water/decide.js';
import { EMPTY_MEMORY } from '../../../lib/hot-water/memory.js';
import { nextChange, scheduleOf } from '../../../lib/hot-water/schedule.js';
import { dayOf, HOUR } from '../../../lib/hot-water/time.js';
import type { Plan, PlanMemory, PriceSlot } from '../../../lib/hot-water/types.js';
import { at, inputAt, planOf, readingsAt, ZONE } from '../../support/hot-water-rig.js';

const NOON = at('2025-01-15T12:00');
const DAY = { start: at('2025-01-15T00:00'), end: at('2025-01-16T00:00') };
const clock = (time: number): string => new Date(time + HOUR).toISOString().slice(11, 16);
const lines = (segments: readonly DaySegment[]): string[] =>
  segments.map((each) => `${clock(each.start)} ${String(each.on)} ${each.why?.kind ?? 'was'} ${each.by}`);

const pricesFrom = (start: number, values: readonly number[]): PriceSlot[] =>
  values.map((value, i) => ({ start: start + i * HOUR, end: start + (i + 1) * HOUR, value }));

describe('a day', () => {
  const memory: PlanMemory = {
    ...EMPTY_MEMORY,
    rest: true,
    changes: [
      { at: at('2025-01-15T02:30'), on: true, by: 'fixed_on' },
      { at: at('2025-01-15T06:00'), on: false, by: 'fixed_off' },
      { at: at('2025-01-15T11:30'), on: true, by: 'person' },
    ],
    hold: {
      kind: 'person',
      on: true,
      since: at('2025-01-15T11:30'),
      until: at('2025-01-15T14:30'),
      firm: false,
    },
  };

  it('is what was and what will be, by the hour', () => {
    const prices = pricesFrom(DAY.start, [1, 2]);
    const day = describeDay(inputAt(NOON, { memory, prices }));
    expect(lines(day)).toEqual([
      '00:00 null was unknown',
      '01:00 null was unknown',
      '02:00 null was unknown',
      ...['02:30', '03:00', '04:00', '05:00'].map((time) => `${time} true was fixed_on`),
      ...['06:00', '07:00', '08:00', '09:00', '10:00', '11:00'].map((time) => `${time} false was fixed_off`),
      '11:30 true was person',
      ...['12:00', '13:00', '14:00'].map((time) => `${time} true hold hold`),
      ...[14.5, 15, 16, 17, 18, 19, 20, 21].map(
        (hour) => `${clock(DAY.start + hour * HOUR)} false fixed_off fixed_off`,
      ),
      '22:00 true fixed_on fixed_on',
      '23:00 true fixed_on fixed_on',
    ]);
    expect(day.map(({ price }) => price).slice(0, 3)).toEqual([1, 2, null]);
  });

  it('has an end before it is over: tomorrow is all to come, yesterday all over', () => {
    const tomorrow = describeDay(inputAt(NOON, { memory }), 1);
    expect(tomorrow[0]?.start).toBe(DAY.end);
    expect(tomorrow.every(({ why }) => why !== null)).toBe(true);
    const yesterday = describeDay(inputAt(NOON, { memory }), -1);
    expect(yesterday.map(({ on }) => on)).toEqual(Array.from({ length: 24 }, () => null));
  });

  it.each([
    ['2025-03-30T12:00+02:00', 23],
    ['2025-10-26T12:00+01:00', 25],
  ])('of %s has %i hours', (noon, hours) => {
    expect(new Set(describeDay(inputAt(at(noon))).map(({ start }) => Math.floor(start / HOUR))).size).toBe(
      hours,
    );
  });

  it('keeps hours of different prices apart', () => {
    const plan = planOf({ plan_mode: 'cheapest', plan_cheap_hours: 1, plan_least_hours: 0 });
    const input = inputAt(NOON, { plan, prices: pricesFrom(NOON, [1, 1, 2, 0]) });
    const stretches = outlook(input, { start: NOON, end: NOON + 5 * HOUR });
    expect(stretches.map(({ start, end, why }) => [(end - start) / HOUR, why.kind])).toEqual([
      [2, 'expensive'],
      [1, 'expensive'],
      [1, 'cheap'],
      [1, 'no_price'],
    ]);
  });

  it('with a rescue under way takes it to last an hour', () => {
    const day = describeDay(inputAt(NOON, { readings: readingsAt(NOON, { temperature: 40 }) }));
    expect(lines(day).slice(12, 14)).toEqual(['12:00 true rescue rescue', '13:00 false fixed_off fixed_off']);
  });

  it('without a temperature is off and on in turns', () => {
    const input = inputAt(NOON, {
      readings: readingsAt(NOON, { temperature: null, hotWater: false }),
      memory: { ...EMPTY_MEMORY, rest: true, changes: [{ at: NOON - HOUR, on: false, by: 'fixed_off' }] },
    });
    const on = describeDay(input).filter(({ why, on }) => why !== null && on === true);
    expect(lines(on)).toEqual([
      '14:00 true blind blind',
      '18:00 true blind blind',
      '22:00 true fixed_on fixed_on',
      '23:00 true fixed_on fixed_on',
    ]);
  });
});

describe('the schedule', () => {
  const plan = (settings: Record<string, unknown>): Plan =>
    planOf({ plan_mode: 'cheapest', plan_least_hours: 0, ...settings });
  const hours = (given: Plan, prices: readonly PriceSlot[]): string => {
    const slots = scheduleOf(given, ZONE, prices, { start: DAY.start, end: DAY.end - 1 });
    return Array.from({ length: 24 }, (_, hour) => {
      const slot = slots.find(
        ({ start, end }) => start <= DAY.start + hour * HOUR && DAY.start + hour * HOUR < end,
      );
      return slot?.why.kind === 'no_price' ? (slot.on ? '?' : '-') : slot?.on === true ? 'x' : '.';
    }).join('');
  };
  const rising = Array.from({ length: 24 }, (_, hour) => hour);

  it.each<[string, Record<string, unknown>, readonly number[], string]>([
    ['cheap hours', { plan_cheap_hours: 4 }, rising, 'xxxx....................'],
    [
      'and those under the ceiling',
      { plan_cheap_hours: 1, plan_price_ceiling: 2 },
      rising,
      'xxx.....................',
    ],
    [
      'at least the least hours',
      { plan_cheap_hours: 1, plan_least_hours: 3 },
      rising,
      'xxx.....................',
    ],
    [
      'before the time to be ready by',
      { plan_cheap_hours: 4, plan_ready_by: '18:00' },
      rising.map((each) => -each),
      '..............xxxx......',
    ],
    ['no price, hot water', {}, [], '????????????????????????'],
    ['no price, fixed hours', { plan_without_prices: 'fixed' }, [], '??????----------------??'],
    [
      'half of the prices, half of the hours',
      { plan_cheap_hours: 4 },
      rising.slice(0, 12),
      'xx..........????????????',
    ],
    [
      'no hour before the time to be ready by',
      { plan_cheap_hours: 4, plan_ready_by: '00:30' },
      rising,
      '........................',
    ],
  ])('%s', (_name, settings, prices, expected) => {
    expect(hours(plan(settings), pricesFrom(DAY.start, prices))).toBe(expected);
  });

  it('has no gap and no overlap, whatever the plan', () => {
    const spring = dayOf(at('2025-03-30T12:00+02:00'), ZONE);
    for (const settings of [
      { plan_mode: 'none' },
      { plan_mode: 'fixed' },
      { plan_mode: 'fixed', plan_off_hours: '22:00-06:00' },
      { plan_mode: 'cheapest' },
      { plan_mode: 'cheapest', plan_without_prices: 'fixed' },
    ]) {
      const slots = scheduleOf(planOf(settings), ZONE, [], { start: spring.start, end: spring.end });
      expect(slots[0]?.start).toBe(spring.start);
      expect(slots.at(-1)?.end).toBe(dayOf(spring.end, ZONE).end);
      slots.forEach(({ start, end }, i) => {
        expect(end).toBeGreaterThan(start);
        if (i > 0) expect(start).toBe(slots[i - 1]?.end);
      });
    }
  });

  it('says when it next changes, if it does', () => {
    const slots = scheduleOf(planOf({ plan_mode: 'fixed' }), ZONE, [], DAY);
    expect(nextChange(slots, NOON, NOON + 24 * HOUR)).toBe(at('2025-01-15T22:00'));
    expect(nextChange(slots, NOON, NOON + HOUR)).toBe(NOON + HOUR);
    expect(nextChange([], NOON, NOON + HOUR)).toBe(NOON + HOUR);
  });
});
