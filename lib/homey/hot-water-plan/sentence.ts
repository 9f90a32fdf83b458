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

const describeReason = (why: Reason, texts: Texts): string => {
  const detail = detailOf(why, texts);
  const name = texts.say(`plan_why.${nameOf(why)}`);
  return detail === null ? name : `${name} (${detail})`;
};

/** The end that was set by whoever set it, else when hot water is expected to be switched. */
export const endOf = ({ why, until }: PlanDecision): number | null =>
  why.kind === 'hold' || why.kind === 'paused' ? why.until : until;

/** What the plan does, until when and why, as one sentence. */
export const describeDecision = (decision: PlanDecision, now: number, texts: Texts): string => {
  const { on, why, withheld } = decision;
  if (why.kind === 'no_plan') return texts.say('plan.none');
  const until = endOf(decision);
  const head =
    until === null
      ? texts.say(on ? 'plan.on' : 'plan.off')
      : texts.say(on ? 'plan.on_until' : 'plan.off_until', { until: texts.soon(until, now) });
  const notes = [
    ...(why.kind === 'hold' && why.cold ? [texts.say('plan_note.cold')] : []),
    ...(withheld === null ? [] : [texts.say(`plan_note.${withheld}`)]),
  ];
  return [`${head}: ${describeReason(why, texts)}`, ...notes].join('; ');
};

/** Why hot water was or will be switched, in a few words. */
export const describeSwitch = (by: SwitchedBy, texts: Texts): string => texts.say(`plan_why.${by}`);
