import { describe, expect, test } from 'vitest';
import { covers, offRangesOf } from '../../cli/homey/migrate/day.js';

describe('off hours', () => {
  test.each([
    [
      'one stretch',
      [
        ['06:00', false],
        ['22:00', true],
      ],
      '06:00-22:00',
    ],
    [
      'over midnight',
      [
        ['22:00', false],
        ['05:30', true],
      ],
      '22:00-05:30',
    ],
    [
      'two stretches',
      [
        ['06:00', false],
        ['12:00', true],
        ['15:00', false],
        ['22:00', true],
      ],
      '06:00-12:00; 15:00-22:00',
    ],
    [
      'off twice',
      [
        ['06:00', false],
        ['07:00', false],
        ['22:00', true],
      ],
      null,
    ],
    ['off only', [['06:00', false]], null],
    [
      'at the same minute',
      [
        ['06:00', false],
        ['06:00', true],
      ],
      null,
    ],
    ['nothing', [], null],
  ] as const)('%s', (_name, times, expected) => {
    const ranges = offRangesOf(times.map(([time, isOn]) => ({ at: time, on: isOn })));
    expect(ranges.map(({ from, to }) => `${from}-${to}`).join('; ')).toBe(expected ?? '');
  });
});

test.each([
  ['06:01', '21:59', '06:00', '22:00', true],
  ['06:10', '21:50', '06:00', '22:00', true],
  ['06:11', '21:59', '06:00', '22:00', false],
  ['05:00', '23:00', '06:00', '22:00', true],
  ['10:00', '14:00', '06:00', '22:00', false],
  ['22:05', '05:00', '22:00', '05:05', true],
  ['22:05', '01:00', '22:00', '05:05', false],
  ['22:00', '06:00', '06:00', '22:00', false],
])('from %s to %s against from %s to %s: %s', (from, to, innerFrom, innerTo, expected) => {
  expect(covers({ from, to }, { from: innerFrom, to: innerTo }, 10)).toBe(expected);
});
