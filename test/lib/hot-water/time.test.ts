import { describe, expect, it } from 'vitest';
import {
  dayOf,
  daysIn,
  HOUR,
  hoursOf,
  instantOf,
  minuteOfDay,
  minutesOf,
  nextWallTime,
  plusDays,
  wallTime,
} from '../../../lib/hot-water/time.js';
import { at, ZONE } from '../../support/hot-water-rig.js';

const SPRING = at('2025-03-30T12:00+02:00');
const AUTUMN = at('2025-10-26T12:00+01:00');

describe('local days', () => {
  it.each([
    ['an ordinary day', at('2025-01-15T12:00'), ZONE, 24],
    ['the night of spring', SPRING, ZONE, 23],
    ['the night of autumn', AUTUMN, ZONE, 25],
    ['half an hour is skipped', at('2025-10-05T02:00Z'), 'Australia/Lord_Howe', 23.5],
  ])('%s', (_name, now, zone, length) => {
    const day = dayOf(now, zone);
    expect((day.end - day.start) / HOUR).toBe(length);
    const hours = hoursOf(day);
    expect(hours.length).toBe(Math.ceil(length));
    expect(hours.at(-1)?.end).toBe(day.end);
  });

  it('gives the days of a span', () => {
    const days = daysIn({ start: at('2025-10-25T23:59+02:00'), end: at('2025-10-27T00:00+01:00') }, ZONE);
    expect(days.map(({ weekday }) => weekday)).toEqual([6, 7]);
  });

  it('takes a skipped time as later and of a doubled one the first', () => {
    expect(wallTime(dayOf(SPRING, ZONE), 150, ZONE)).toBe(at('2025-03-30T03:30+02:00'));
    expect(wallTime(dayOf(AUTUMN, ZONE), 150, ZONE)).toBe(at('2025-10-26T02:30+02:00'));
    expect(wallTime(dayOf(AUTUMN, ZONE), 1440, ZONE)).toBe(at('2025-10-27T00:00+01:00'));
  });

  it('finds when the clock next shows a time', () => {
    expect(nextWallTime(SPRING, 6 * 60, ZONE)).toBe(at('2025-03-31T06:00+02:00'));
    expect(nextWallTime(SPRING, 18 * 60, ZONE)).toBe(at('2025-03-30T18:00+02:00'));
    expect(nextWallTime(SPRING, 12 * 60, ZONE)).toBe(at('2025-03-31T12:00+02:00'));
  });

  it('adds days by the calendar', () => {
    expect(plusDays(at('2025-03-29T18:00'), 2, ZONE)).toBe(at('2025-03-31T18:00+02:00'));
    expect(minuteOfDay(at('2025-03-31T18:05+02:00'), ZONE)).toBe(18 * 60 + 5);
  });

  it.each([
    ['2025-01-15T06:00:00Z', at('2025-01-15T06:00Z')],
    ['2025-01-15T06:00+05:30', at('2025-01-15T06:00+05:30')],
    ['2025-01-15 06:00', at('2025-01-15T06:00+01:00')],
    ['2025-01-15', at('2025-01-15T00:00+01:00')],
    ['yesterday', null],
    ['2025-13-01T00:00Z', null],
  ])('reads %s', (text, instant) => {
    expect(instantOf(text, ZONE)).toBe(instant);
  });

  it.each([
    ['06:00', 360],
    ['6.30', 390],
    ['24:00', 1440],
    ['24:01', null],
    ['12:60', null],
    ['noon', null],
  ])('reads the time of day %s', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });
});
