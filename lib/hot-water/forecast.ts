import { deadlineOf } from './schedule.js';
import { dueBy, judge, missingOf, pass, RELIEF, type Ground, type State, type Verdict } from './judge.js';
import { HOUR, type Span } from './time.js';

export interface Stretch extends Span, Verdict {}

/**
 * What will be if nothing is learned and everything obeys, from `span.start` on, piece by piece. `state` is what is true at
 * the start.
 */
function* pieces(ground: Ground, span: Span, state: State): Generator<Stretch, void> {
  let now = state;
  for (let t = span.start; t < span.end;) {
    const verdict = judge(ground, t, now);
    if (verdict.on !== now.on) now = { ...now, on: verdict.on, since: t, by: verdict.why.kind };
    const end = Math.min(span.end, ...turnsAfter(ground, t, now));
    yield { start: t, end, ...verdict };
    now = pass(now, t, end, ground.zone);
    t = end;
  }
}

/** One stretch for each reason. */
export function forecast(ground: Ground, span: Span, state: State): Stretch[] {
  const stretches: Stretch[] = [];
  for (const piece of pieces(ground, span, state)) append(stretches, piece);
  return stretches;
}

/** When hot water will first not be as it is at the start; null: not within the span. */
export function firstSwitch(ground: Ground, span: Span, state: State, on: boolean): number | null {
  for (const piece of pieces(ground, span, state)) if (piece.on !== on) return piece.start;
  return null;
}

/** Every moment after `t` at which {@link judge} might say something else; the day's end is always among them. */
function turnsAfter(ground: Ground, t: number, state: State): number[] {
  const { plan, zone, slots, hold, pause, rescue, legionellaUntil } = ground;
  const turns = [
    state.day.end,
    deadlineOf(plan, state.day, zone),
    dueBy(ground, t, state) - missingOf(ground, state),
    legionellaUntil,
    state.since + (state.on === true ? RELIEF : plan.longestOff * HOUR),
  ];
  for (const span of [hold, pause, rescue]) if (span !== null) turns.push(span.until);
  for (const slot of slots) turns.push(slot.end);
  return turns.filter((turn) => turn > t);
}

function append(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1);
  if (last === undefined || !isSame(last, next)) stretches.push(next);
  else stretches[stretches.length - 1] = { ...last, end: next.end };
}

/** Hours of different prices stay apart. */
function isSame(a: Stretch, b: Stretch): boolean {
  if (a.on !== b.on || a.why.kind !== b.why.kind) return false;
  return !('price' in a.why && 'price' in b.why) || a.why.price === b.why.price;
}
