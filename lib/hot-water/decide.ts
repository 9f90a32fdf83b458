import { firstSwitch, forecast, type Stretch } from './forecast.js';
import { judge, type Ground, type State, type Verdict } from './judge.js';
import { isCurrent, isTooSoon, knownSwitch, timeOn } from './known.js';
import { holdOf, isLegionella, prune, recordObservation } from './memory.js';
import { rescueOf } from './rescue.js';
import { scheduleOf } from './schedule.js';
import { dayOf, HOUR, type Span } from './time.js';
import type { PlanDecision, PlanInput, PlanMemory, Withheld } from './types.js';

/** How far ahead the next change is looked for. */
const HORIZON = 48 * HOUR;
/** For a forecast a rescue and a legionella programme take so long; nobody knows. */
const GUESS = HOUR;

/**
 * What hot water should be now, why, until when, and what to send. Depends on nothing but its input, so that after a
 * restart or an outage it says what is right then.
 */
export function decide(given: PlanInput): PlanDecision {
  const input = { ...given, memory: prune(given.memory, given.now) };
  const { now, memory } = input;
  const span = { start: now, end: now + HORIZON };
  const ground = groundOf(input, span);
  const state = stateOf(input);
  const verdict = judge(ground, now, state);
  return {
    ...verdict,
    until: untilOf(ground, span, state, verdict),
    ...writeFor(input, verdict),
    boost: boostFor(input),
    hoursToday: state.had / HOUR,
    writesToday: countedWrites(memory, now),
  };
}

/** Takes in what the pump says, then decides. `memory` is the same object if there is nothing to store. */
export function look(input: PlanInput): { memory: PlanMemory; decision: PlanDecision } {
  const memory = recordObservation(input);
  return { memory, decision: decide({ ...input, memory }) };
}

/** What will be within the span if everything stays as it is known now. */
export function outlook(input: PlanInput, span: Span): Stretch[] {
  return forecast(groundOf(input, span), span, stateOf(input));
}

/** Whether hot water was switched off here and must be switched on before the app goes away. */
export function mustLeaveOn({ rest, changes, writes }: PlanMemory): boolean {
  const last = [...changes, ...writes].sort((a, b) => a.at - b.at).at(-1);
  return rest === true && last?.on === false;
}

function groundOf(input: PlanInput, span: Span): Ground {
  const { now, zone, plan, prices, memory } = input;
  return {
    plan,
    zone,
    slots: scheduleOf(plan, zone, prices, span),
    hold: memory.hold,
    pause: memory.pause,
    rest: memory.rest,
    legionellaUntil: isLegionella(input) ? now + GUESS : 0,
    rescue: rescueOf(input, GUESS),
    blind: isCurrent(input.readings.temperature, now)
      ? null
      : { kind: 'blind', limit: plan.longestOff, seenAt: input.readings.temperature?.at ?? null },
  };
}

function stateOf({ now, zone, readings, memory }: PlanInput): State {
  const day = dayOf(now, zone);
  return { ...knownSwitch(memory, readings, now), day, had: timeOn(memory.changes, day.start, now) };
}

function untilOf(ground: Ground, span: Span, state: State, { on, why }: Verdict): number | null {
  if (why.kind === 'rescue' || why.kind === 'legionella') return null;
  return firstSwitch(ground, span, state, on);
}

function writeFor(
  input: PlanInput,
  { on, why }: Verdict,
): { write: boolean | null; withheld: Withheld | null } {
  const { now, plan, readings, memory } = input;
  const known = knownSwitch(memory, readings, now).on;
  const held = (withheld: Withheld | null): { write: null; withheld: Withheld | null } => ({
    write: null,
    withheld,
  });
  if (known === null) return held('unknown_switch');
  const hold = holdOf(input);
  const ordered = why.kind === 'hold';
  const sentAt = memory.writes.at(-1)?.at ?? 0;
  const isNewOrder = ordered && hold !== null && hold.since > sentAt;
  // What was sent and not followed so far is no reason to keep a new order waiting.
  const isOtherwise =
    readings.hotWater !== null && readings.hotWater.at > sentAt && readings.hotWater.value !== on;
  if (known === on && !(isNewOrder && isOtherwise)) return held(null);
  if (isTooSoon(memory.writes, readings.hotWater, on, now) && !isNewOrder) return held('waiting');
  // Nobody is left with cold water to save a switching: only an off waits.
  if (on || ordered) return { write: on, withheld: null };
  if (!isCurrent(readings.hotWater, now)) return held('stale');
  // It leaves room for the on that must follow.
  const isTooMany = countedWrites(memory, now) + 2 > plan.dailyWrites;
  return isTooMany ? held('daily_limit') : { write: on, withheld: null };
}

const countedWrites = ({ writes }: PlanMemory, now: number): number =>
  writes.filter(({ at, state }) => state !== 'refused' && at > now - 24 * HOUR).length;

function boostFor(input: PlanInput): boolean | null {
  const { now, readings, memory } = input;
  const boost = readings.boost;
  if (boost === null) return null;
  const hold = holdOf(input);
  if (hold?.kind === 'boost')
    return boost.value || (memory.boost !== null && memory.boost.since >= hold.since) ? null : true;
  return memory.boost !== null && boost.value && now >= memory.boost.retryAt ? false : null;
}
