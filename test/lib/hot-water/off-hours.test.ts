import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offSpans, parseOffHours } from '../../../lib/hot-water/off-hours.js';
import { HOUR } from '../../../lib/hot-water/time.js';
import type { OffRange } from '../../../lib/hot-water/types.js';
import { at, ZONE } from '../../support/hot-water-rig.js';

const ALL = [1, 2, 3, 4, 5, 6, 7];
const read = (text: string): readonly OffRange[] | string => {
  const result = parseOffHours(text);
  return result.ok ? result.ranges : result.piece;
};

describe('hours without hot water, as written', () => {
  it.each<[string, readonly OffRange[] | string]>([
    ['', []],
    ['06:00-22:00', [{ days: ALL, from: 360, to: 1320 }]],
    [' 6.00 – 22.00 ; ', [{ days: ALL, from: 360, to: 1320 }]],
    ['22:00-24:00', [{ days: ALL, from: 1320, to: 1440 }]],
    [
      'mon-fri 06:00-09:00; sat,sun 22:00-06:00',
      [
        { days: [1, 2, 3, 4, 5], from: 360, to: 540 },
        { days: [6, 7], from: 1320, to: 360 },
      ],
    ],
    ['fri-mon 06:00-07:00', [{ days: [1, 5, 6, 7], from: 360, to: 420 }]],
    [
      'Måndag–Fredag 06:00-07:00\nlör. 08:00-09:00',
      [
        { days: [1, 2, 3, 4, 5], from: 360, to: 420 },
        { days: [6], from: 480, to: 540 },
      ],
    ],
    ['Mo-Fr 06:00-07:00', [{ days: [1, 2, 3, 4, 5], from: 360, to: 420 }]],
    ['donderdag,zaterdag 06:00-07:00', [{ days: [4, 6], from: 360, to: 420 }]],
    ['ti,ke,su 06:00-07:00', [{ days: [2, 3, 7], from: 360, to: 420 }]],
    ['06:00-06:00', '06:00-06:00'],
    ['24:00-06:00', '24:00-06:00'],
    ['06:00-22:00; noon', 'noon'],
    ['hverdag 06:00-22:00', 'hverdag 06:00-22:00'],
    ['mon-hverdag 06:00-22:00', 'mon-hverdag 06:00-22:00'],
    ['06:00-25:00', '06:00-25:00'],
    ['26:00-22:00', '26:00-22:00'],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseOffHours(text).ok === 'boolean'));
  });
});

describe('hours without hot water, on the clock', () => {
  const spans = (text: string, start: string, end: string): [number, number][] => {
    const result = parseOffHours(text);
    if (!result.ok) throw new Error(result.piece);
    return offSpans(result.ranges, { start: at(start), end: at(end) }, ZONE).map((each) => [
      each.start,
      each.end,
    ]);
  };

  it('go over midnight from the day before', () => {
    // Tuesday evening to Wednesday morning.
    expect(spans('tue 22:00-06:00', '2025-01-15T00:00', '2025-01-16T00:00')).toEqual([
      [at('2025-01-14T22:00'), at('2025-01-15T06:00')],
    ]);
  });

  it('are one where they meet or overlap', () => {
    expect(
      spans('06:00-09:00; 08:00-10:00; 10:00-12:00; 07:00-08:00', '2025-01-15T00:00', '2025-01-16T00:00'),
    ).toEqual([[at('2025-01-15T06:00'), at('2025-01-15T12:00')]]);
  });

  it('follow the clock on the wall in the night of spring', () => {
    expect(spans('01:00-05:00', '2025-03-30T00:00', '2025-03-31T00:00+02:00')).toEqual([
      [at('2025-03-30T01:00+01:00'), at('2025-03-30T05:00+02:00')],
    ]);
    // Of a range that the skipped hour turns around nothing is left.
    expect(spans('02:30-03:00', '2025-03-30T00:00', '2025-03-31T00:00+02:00')).toEqual([]);
  });

  it('follow the clock on the wall in the night of autumn', () => {
    const [only] = spans('01:00-05:00', '2025-10-26T00:00+02:00', '2025-10-27T00:00');
    expect(only).toEqual([at('2025-10-26T01:00+02:00'), at('2025-10-26T05:00+01:00')]);
    expect((only![1] - only![0]) / HOUR).toBe(5);
  });
});
