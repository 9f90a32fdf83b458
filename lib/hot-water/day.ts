import { outlook } from './decide.js';
import { priceOf } from './prices.js';
import { dayOf, hoursOf, type Span } from './time.js';
import type { PlanInput, Reason, SwitchedBy } from './types.js';

/** A piece of a day, never longer than a clock hour. */
export interface DaySegment extends Span {
  /** Null where nobody knows how it was. */
  readonly on: boolean | null;
  /** Why, for what is yet to come; null for what has been. */
  readonly why: Reason | null;
  /** What switched it so, for what has been: a reason, `person` or `unknown`. */
  readonly by: SwitchedBy;
  /** The mean price of the clock hour. */
  readonly price: number | null;
}

/**
 * The hours of a local day: as they were until now, as they are expected from now on. `offset` 1 is tomorrow. A rescue or a
 * legionella programme under way is taken to last an hour.
 */
export function describeDay(input: PlanInput, offset = 0): DaySegment[] {
  const { now, zone, prices } = input;
  const day = dayOf(now, zone, offset);
  const pieces = [
    ...pastOf(input, { start: day.start, end: Math.min(now, day.end) }),
    ...futureOf(input, day),
  ];
  return hoursOf(day).flatMap((hour) => {
    const price = priceOf(prices, hour);
    return pieces.flatMap(({ start, end, ...rest }) => {
      const part = { start: Math.max(start, hour.start), end: Math.min(end, hour.end) };
      return part.end > part.start ? [{ ...rest, ...part, price }] : [];
    });
  });
}

type Piece = Omit<DaySegment, 'price'>;

function pastOf({ memory: { changes } }: PlanInput, span: Span): Piece[] {
  const first = Math.min(span.end, Math.max(span.start, changes[0]?.at ?? span.end));
  const before: Piece = { start: span.start, end: first, on: null, why: null, by: 'unknown' };
  const rest = changes.map(({ at, on, by }, index): Piece => {
    const end = Math.min(changes[index + 1]?.at ?? span.end, span.end);
    return { start: Math.max(at, span.start), end, on, why: null, by };
  });
  return [before, ...rest].filter(({ start, end }) => end > start);
}

function futureOf(input: PlanInput, day: Span): Piece[] {
  if (day.end <= input.now) return [];
  return outlook(input, { start: input.now, end: day.end }).map(({ start, end, on, why }) => ({
    start: Math.max(start, day.start),
    end,
    on,
    why,
    by: why.kind,
  }));
}
