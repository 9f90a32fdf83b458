import type { PlanDecision, PlanInput, PlanMemory, SwitchedBy } from '../../hot-water/types.js';
import type { News } from '../news.js';
import type { Texts } from '../texts.js';
import { describeDecision, describeSwitch, endOf } from './sentence.js';

/** Not the plan's doing. */
const OTHERS: readonly SwitchedBy[] = ['person', 'unknown'];

/** Whether the pump was now seen to be switched as the plan, or an order, wanted it. */
export const switchNews = (
  { now, readings, memory }: PlanInput,
  next: PlanMemory,
  decision: PlanDecision,
  texts: Texts,
): News[] => {
  const [before, change] = [memory.changes.at(-1), next.changes.at(-1)];
  if (change === undefined || OTHERS.includes(change.by)) return [];
  if (before?.at === change.at && before.on === change.on) return [];
  const isSo = decision.on === change.on && decision.why.kind === change.by;
  const until = isSo ? endOf(decision) : null;
  return [
    {
      card: 'plan_switched',
      tokens: {
        on: change.on,
        was: !change.on,
        reason: isSo ? describeDecision(decision, now, texts) : describeSwitch(change.by, texts),
        temperature: readings.temperature === null ? '' : texts.number(readings.temperature.value),
        until: until === null ? '' : texts.soon(until, now),
      },
    },
  ];
};
