import type { PlanDecision, Reason, SwitchedBy } from '../../hot-water/types.js';
import type { Texts } from '../texts.js';

/** What a reason is called: `plan_why.<name>` among the texts. */
const nameOf = (why: Reason): string => {
  if (why.kind === 'hold') return `hold_${why.hold}`;
  if (why.kind === 'paused') return `paused_${why.pause}`;
  if (why.kind === 'rescue' && why.falling) return 'rescue_falling';
  return why.kind;
};

/** The numbers of a reason, without words. Only those that stand still while the reason does. */
const detailOf = (why: Reason, texts: Texts): string | null => {
  switch (why.kind) {
    case 'cheap':
    case 'expensive':
    case 'late':
      return texts.number(why.price);
    case 'under_ceiling':
      return `${texts.number(why.price)} ≤ ${texts.number(why.ceiling)}`;
    case 'rescue':
      return `${texts.number(why.below)} → ${texts.number(why.upTo)} °C`;
    case 'blind':
      return `${texts.number(why.limit)} h`;
    case 'least_hours':
      return `${texts.number(why.least)} h`;
    default:
      return null;
  }
};

/** A reason in a few words, without its numbers. */
export const nameReason = (why: Reason, texts: Texts): string => texts.say(`plan_why.${nameOf(why)}`);

const describeReason = (why: Reason, texts: Texts): string => {
  const detail = detailOf(why, texts);
  const name = nameReason(why, texts);
  return detail === null ? name : `${name} (${detail})`;
};

/** Until when it was ordered so. The plan may well go on with the same after it. */
const orderedUntil = (why: Reason): number | null =>
  why.kind === 'hold' || why.kind === 'paused' ? why.until : null;

/** When hot water is expected to be switched, as far as anybody can tell. */
export const endOf = ({ why, until }: PlanDecision): number | null => until ?? orderedUntil(why);

/** What hot water does, until when and why, as one sentence. */
export const describeDecision = (decision: PlanDecision, now: number, texts: Texts): string => {
  const { on, why, until, withheld } = decision;
  if (why.kind === 'no_plan') return texts.say('plan.none');
  // Off is only wished for.
  if (withheld === 'daily_limit') return `${texts.say('plan.on')}: ${texts.say('plan_note.daily_limit')}`;
  const head =
    until === null
      ? texts.say(on ? 'plan.on' : 'plan.off')
      : texts.say(on ? 'plan.on_until' : 'plan.off_until', { until: texts.soon(until, now) });
  const ordered = orderedUntil(why);
  const reason = describeReason(why, texts);
  const because =
    ordered === null || ordered === until
      ? reason
      : texts.say('plan.reason_until', { reason, until: texts.soon(ordered, now) });
  const notes = [
    ...(why.kind === 'hold' && why.cold ? [texts.say('plan_note.cold')] : []),
    ...(withheld === null ? [] : [texts.say(`plan_note.${withheld}`)]),
  ];
  return [`${head}: ${because}`, ...notes].join('; ');
};

/** Why hot water was or will be switched, in a few words. */
export const describeSwitch = (by: SwitchedBy, texts: Texts): string => texts.say(`plan_why.${by}`);
