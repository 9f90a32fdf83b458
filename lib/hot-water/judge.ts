import { dayOf, HOUR, type LocalDay } from './time.js';
import { deadlineOf, type Slot } from './schedule.js';
import type { Hold, Pause, Plan, Reason, SwitchedBy } from './types.js';

/** After so long off without a current temperature, hot water is on for so long at least. */
export const RELIEF = HOUR;

/** What holds for a whole look at the plan. */
export interface Ground {
  readonly plan: Plan;
  readonly zone: string;
  readonly slots: readonly Slot[];
  readonly hold: Hold | null;
  readonly pause: Pause | null;
  readonly rest: boolean | null;
  /** Until when the pump's legionella programme or a rescue is taken to last; both only end when seen to. */
  readonly legionellaUntil: number;
  readonly rescue: { readonly until: number; readonly why: Reason } | null;
  /** No current temperature is known; null: one is. */
  readonly blind: Reason | null;
}

/** What changes as time goes on: the switch and what the day has had. */
export interface State {
  /** Null while nobody knows. */
  readonly on: boolean | null;
  readonly since: number;
  readonly by: SwitchedBy;
  readonly day: LocalDay;
  /** Milliseconds of hot water in `day`. */
  readonly had: number;
}

export interface Verdict {
  readonly on: boolean;
  readonly why: Reason;
}

/** What hot water should be at `t`. The order of the questions is the order of what matters. */
export function judge(ground: Ground, t: number, state: State): Verdict {
  const { plan } = ground;
  const hold = activeHold(ground, t);
  if (hold?.on === true) return { on: true, why: holdReason(hold, false) };
  if (hold !== null)
    return overruled(ground, t, state, hold) ?? { on: false, why: holdReason(hold, cold(ground, t)) };
  if (plan.mode === 'none') return unplanned(ground, state);
  const pause = ground.pause;
  if (pause !== null && t < pause.until)
    return { on: true, why: { kind: 'paused', pause: pause.kind, until: pause.until } };
  const slot = ground.slots.find(({ start, end }) => start <= t && t < end);
  if (slot === undefined) return { on: true, why: { kind: 'no_plan' } };
  const wish = { on: slot.on, why: slot.why };
  if (wish.on) return wish;
  return (
    cleaning(ground, t) ?? rescued(ground, t) ?? relief(ground, t, state) ?? share(ground, t, state) ?? wish
  );
}

/** Without a plan a person's switch is simply the state; only what was ordered for a time is kept. */
export function activeHold({ plan, hold }: Pick<Ground, 'plan' | 'hold'>, t: number): Hold | null {
  if (hold === null || t >= hold.until) return null;
  return plan.mode === 'none' && hold.kind === 'person' ? null : hold;
}

const holdReason = ({ kind, since, until }: Hold, isCold: boolean): Reason => ({
  kind: 'hold',
  hold: kind,
  since,
  until,
  cold: isCold,
});

const cold = ({ rescue }: Ground, t: number): boolean => rescue !== null && t < rescue.until;

/** What an off that was ordered gives way to. A switch is flipped on the spot, an order in advance: only the former may stop legionella. */
function overruled(ground: Ground, t: number, state: State, { kind, firm }: Hold): Verdict | null {
  if (firm) return kind === 'person' ? null : cleaning(ground, t);
  return cleaning(ground, t) ?? rescued(ground, t) ?? relief(ground, t, state);
}

const cleaning = ({ legionellaUntil }: Ground, t: number): Verdict | null =>
  t < legionellaUntil ? { on: true, why: { kind: 'legionella' } } : null;

const rescued = (ground: Ground, t: number): Verdict | null =>
  ground.rescue !== null && cold(ground, t) ? { on: true, why: ground.rescue.why } : null;

function unplanned({ rest }: Ground, state: State): Verdict {
  if (rest === null || state.on === null || state.on === rest)
    return { on: state.on ?? true, why: { kind: 'no_plan' } };
  return { on: rest, why: { kind: 'restored' } };
}

function relief({ plan, blind }: Ground, t: number, { on, since, by }: State): Verdict | null {
  if (blind === null) return null;
  const due = on === false && t >= since + plan.longestOff * HOUR;
  const underWay = on === true && by === 'blind' && t < since + RELIEF;
  return due || underWay ? { on: true, why: blind } : null;
}

/** Time is up when what is missing just fits into what is left of the day. */
function share(ground: Ground, t: number, state: State): Verdict | null {
  const missing = missingOf(ground, state);
  const ends = dueBy(ground, t, state);
  if (missing <= 0 || t + missing < ends) return null;
  return {
    on: true,
    why: { kind: 'least_hours', had: state.had / HOUR, least: ground.plan.leastHours },
  };
}

export const missingOf = ({ plan }: Ground, { had }: State): number => plan.leastHours * HOUR - had;

export function dueBy({ plan, zone }: Ground, t: number, { day }: State): number {
  const deadline = deadlineOf(plan, day, zone);
  return t < deadline ? deadline : day.end;
}

/** Time goes on from `from` to `to` with the switch as it is; never beyond the end of the state's day. */
export function pass(state: State, from: number, to: number, zone: string): State {
  const had = state.had + (state.on === true ? to - from : 0);
  return to < state.day.end ? { ...state, had } : { ...state, day: dayOf(to, zone), had: 0 };
}
