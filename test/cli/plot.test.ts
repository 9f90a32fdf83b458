import { describe, expect, test } from 'vitest';
import { plot, type Point } from '../../cli/terminal/plot.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 10);
const WIDTH = 52;
const COLUMNS = WIDTH - 12;

const hourly = (values: readonly (number | null)[]): Point[] =>
  values.map((value, index) => ({ at: START + index * HOUR, value }));

/** The columns of the curve in which something is drawn, as one line of `#` and blanks. */
const inked = (points: readonly Point[], hold = false): string => {
  const lines = (plot(points, { title: 't', units: '°C', width: WIDTH, hold }) ?? '').split('\n');
  const curve = lines.slice(1, -1).map((line) => line.slice(11).padEnd(COLUMNS));
  return Array.from({ length: COLUMNS }, (_, column) =>
    curve.some((line) => (line[column] ?? ' ') !== ' ') ? '#' : ' ',
  ).join('');
};
const rising = (count: number): number[] => Array.from({ length: count }, (_, index) => 20 + index / 3);

describe('a plot', () => {
  test.each([
    ['more points than columns', 400],
    ['about as many', COLUMNS + 1],
    ['one less than columns', COLUMNS - 1],
    ['few', 10],
    ['two', 2],
  ])('%s: no column is empty', (_name, count) => {
    expect(inked(hourly(rising(count)))).toBe('#'.repeat(COLUMNS));
  });

  test('days of 23 and 25 hours, and months, are no gaps', () => {
    const days = [0, 24, 48, 71, 95, 120, 144].map((hours) => ({ at: START + hours * HOUR, value: hours }));
    const months = Array.from({ length: 30 }, (_, month) => ({
      at: Date.UTC(2024, month),
      value: month % 7,
    }));
    for (const points of [days, months]) expect(inked(points)).toBe('#'.repeat(COLUMNS));
  });

  test.each<[string, (number | null)[], RegExp]>([
    [
      'a gap in the middle',
      [...rising(30), ...Array<null>(20).fill(null), ...rising(30)],
      /^#{13,17} {8,12}#{13,17}$/,
    ],
    ['a gap at the end', [...rising(40), ...Array<null>(40).fill(null)], /^#{19,21} {19,21}$/],
    ['a gap at the start', [...Array<null>(40).fill(null), ...rising(40)], /^ {19,21}#{19,21}$/],
    [
      'a lone value between gaps',
      [...rising(30), null, null, 25, null, null, null, ...rising(44)],
      /^#+ +# +#+$/,
    ],
    ['a value everywhere but once', [20, 21, null, 22, 23], /^#+ +#+$/],
  ])('%s stays a gap', (_name, values, expected) => {
    expect(inked(hourly(values))).toMatch(expected);
  });

  test('hours that are not in the list at all are a gap, and none in a list of changes', () => {
    const points = hourly(rising(60)).filter((_, index) => index < 20 || index > 40);
    expect(inked(points)).toMatch(/^#+ {8,}#+$/);
    expect(inked(points, true)).toBe('#'.repeat(COLUMNS));
  });

  test('values that are all equal have one line, with its true value beside it', () => {
    const drawn = plot(hourly(Array<number>(50).fill(20.4)), {
      title: 't',
      units: null,
      width: WIDTH,
      hold: false,
    });
    const lines = drawn?.split('\n').filter((line) => line.includes('─')) ?? [];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^ +20\.4 ┼─{40}$/);
  });

  test('one value is drawn, none is null', () => {
    const one = plot(hourly([47.5]), { title: 't', units: null, width: WIDTH, hold: false });
    expect(one).toMatch(/^ +47\.5 ┼─$/m);
    for (const points of [[], hourly([null, null])])
      expect(plot(points, { title: 't', units: null, width: WIDTH, hold: true })).toBeNull();
  });
});
