/** Hot water comes in at most so many runs a day, so that the pump is not switched for a few öre. */
export const MAX_RUNS = 3;

interface Choice {
  readonly cost: number;
  /** Bit i: hour i is chosen. */
  readonly mask: number;
}

const EQUAL = 1e-9;

/** Of two equally cheap ones the later, from which less heat is lost until the evening. */
function better(a: Choice, b: Choice | undefined): Choice;
function better(a: Choice | undefined, b: Choice | undefined): Choice | undefined;
function better(a: Choice | undefined, b: Choice | undefined): Choice | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (Math.abs(a.cost - b.cost) > EQUAL) return a.cost < b.cost ? a : b;
  return a.mask > b.mask ? a : b;
}

/**
 * Which `count` of these hours cost least, in at most {@link MAX_RUNS} runs. At most 31 hours.
 * Exact: for every number of hours and runs so far, the cheapest way that ends on and the cheapest that ends off.
 */
export function cheapestHours(prices: readonly number[], count: number): boolean[] {
  const wanted = Math.min(count, prices.length);
  const width = MAX_RUNS + 1;
  const cells = (wanted + 1) * width;
  const nothing: readonly undefined[] = Array.from({ length: cells }, () => undefined);
  let off: readonly (Choice | undefined)[] = nothing.map((_, i) => start(i));
  let on: readonly (Choice | undefined)[] = nothing;
  prices.forEach((price, hour) => {
    const add = (from: Choice | undefined): Choice | undefined =>
      from && { cost: from.cost + price, mask: from.mask | (1 << hour) };
    const [wasOff, wasOn] = [off, on];
    off = wasOff.map((cell, i) => better(cell, wasOn[i]));
    on = nothing.map((_, i) => {
      if (i < width) return undefined;
      const started = i % width === 0 ? undefined : wasOff[i - width - 1];
      return better(add(wasOn[i - width]), add(started));
    });
  });
  let best: Choice = { cost: Infinity, mask: 0 };
  for (let i = wanted * width; i < cells; i += 1) best = better(best, better(off[i], on[i]));
  return prices.map((_, hour) => (best.mask & (1 << hour)) !== 0);
}

const start = (cell: number): Choice | undefined => (cell === 0 ? { cost: 0, mask: 0 } : undefined);
