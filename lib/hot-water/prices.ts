import type { PriceSlot } from './types.js';
import { HOUR, type Span } from './time.js';

/** The mean price of a span; null unless all of it has a price. */
export function priceOf(prices: readonly PriceSlot[], span: Span): number | null {
  let covered = 0;
  let sum = 0;
  for (const { start, end, value } of prices) {
    const part = Math.min(end, span.end) - Math.max(start, span.start);
    if (part <= 0) continue;
    covered += part;
    sum += part * value;
  }
  return covered === span.end - span.start ? sum / covered : null;
}

/** Yesterday can be shown until today is over, also where clocks changed. */
const KEPT = 50 * HOUR;

/** Old and new prices as one list in order; where both speak, the new ones are right. What is long over is dropped. */
export function mergePrices(
  old: readonly PriceSlot[],
  fresh: readonly PriceSlot[],
  now: number,
): readonly PriceSlot[] {
  const replaced = (slot: PriceSlot): boolean =>
    fresh.some(({ start, end }) => start < slot.end && slot.start < end);
  return [...old.filter((slot) => !replaced(slot)), ...fresh]
    .filter(({ end }) => end > now - KEPT)
    .sort((a, b) => a.start - b.start);
}
