import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bands, isAlone, linePoints, trimStart, withLive } from '../../../sandbox/web/src/pure/series.js';
import { entries } from './make.js';

const NOW = 1_000_000_000;

describe('lines', () => {
  it('keep a gap as a gap and a zero as a zero', () => {
    expect(linePoints(entries([1, null, 0]))).toEqual([
      [0, 1],
      [60_000, null],
      [120_000, 0],
    ]);
  });

  it('mark the points that no line would reach', () => {
    const points = linePoints(entries([1, null, 2, null, 3, 4]));
    expect(points.map((_, index) => isAlone(points, index))).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('begin where something is known, but are never shorter than five minutes', () => {
    const minute = 60_000;
    const late = entries([null, null, 4, 5]);
    expect(trimStart(0, 60 * minute, [late])).toBe(2 * minute);
    expect(trimStart(0, 4 * minute, [late])).toBe(0);
    expect(trimStart(0, 60 * minute, [late, entries([1])])).toBe(0);
    expect(trimStart(5, 60 * minute, [entries([null])])).toBe(5);
    expect(trimStart(0, 60 * minute, [entries([null, 1])], 10 * minute)).toBe(0);
  });

  it('end with what the device says now, and leave the future empty', () => {
    const kept = entries([1, 2, null, null]);
    expect(withLive(kept, 60_000, 130_000, 7)).toEqual([
      { t: 0, v: 1 },
      { t: 60_000, v: 2 },
      { t: 130_000, v: 7 },
      { t: 180_000, v: null },
    ]);
    expect(withLive(kept, 60_000, 130_000, null)).toEqual(kept);
  });
});

describe('stretches of a switch', () => {
  it('join while the value stays and break where it is unknown', () => {
    expect(bands(entries([true, true, false, null, true]), 60_000, NOW)).toEqual([
      { from: 0, to: 120_000, on: true },
      { from: 120_000, to: 180_000, on: false },
      { from: 240_000, to: 300_000, on: true },
    ]);
  });

  it('never reach into the future and never overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(true, false, null), { maxLength: 60 }),
        fc.integer({ min: 0, max: 4_000_000 }),
        (values, now) => {
          let end = -Infinity;
          for (const { from, to } of bands(entries(values), 60_000, now)) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThanOrEqual(from);
            expect(to).toBeLessThanOrEqual(now);
            end = to;
          }
        },
      ),
    );
  });
});
