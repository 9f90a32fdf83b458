import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestHours, MAX_RUNS } from '../../../lib/hot-water/cheapest.js';

const show = (prices: number[], count: number): string =>
  cheapestHours(prices, count)
    .map((on) => (on ? 'x' : '.'))
    .join('');
const runs = (picks: readonly boolean[]): number =>
  picks.filter((on, i) => on && picks[i - 1] !== true).length;

describe('the cheapest hours', () => {
  it.each<[string, number[], number, string]>([
    ['none wanted', [3, 1, 2], 0, '...'],
    ['more than there are', [3, 1, 2], 9, 'xxx'],
    ['no hours', [], 3, ''],
    ['the cheapest', [3, 1, 2, 5, 0], 2, '.x..x'],
    ['the later of equals', [1, 1, 1, 1], 2, '..xx'],
    ['below zero first', [0, -1, 0.5, -2], 2, '.x.x'],
    ['at most three runs', [1, 9, 1, 9, 1, 5, 1], 4, '..x.xxx'],
  ])('%s', (_name, prices, count, expected) => {
    expect(show(prices, count)).toBe(expected);
  });

  it('is as cheap as trying everything', () => {
    const prices = fc.array(fc.integer({ min: -50, max: 300 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(prices, fc.integer({ min: 0, max: 10 }), (given, wanted) => {
        const count = Math.min(wanted, given.length);
        const cost = (picks: readonly boolean[]): number =>
          given.reduce((sum, p, i) => (picks[i] ? sum + p : sum), 0);
        let best = Infinity;
        for (let mask = 0; mask < 2 ** given.length; mask += 1) {
          const picks = given.map((_, i) => (mask & (1 << i)) !== 0);
          if (picks.filter(Boolean).length === count && runs(picks) <= MAX_RUNS)
            best = Math.min(best, cost(picks));
        }
        const picks = cheapestHours(given, wanted);
        expect(picks.filter(Boolean).length).toBe(count);
        expect(runs(picks)).toBeLessThanOrEqual(MAX_RUNS);
        expect(cost(picks)).toBeCloseTo(best, 6);
      }),
      { numRuns: 60 },
    );
  });
});
