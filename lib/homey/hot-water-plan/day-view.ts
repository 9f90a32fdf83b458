import { describeDay } from '../../hot-water/day.js';
import type { ChangeRow, PlanDecision, PlanInput, PlanMode, SwitchedBy } from '../../hot-water/types.js';
import type { Texts } from '../texts.js';
import { describeSwitch, nameReason } from './sentence.js';

/** Times are milliseconds since 1970; `text` says why, in the Homey's language. */
export interface DayView {
  readonly zone: string;
  readonly now: number;
  readonly mode: PlanMode;
  readonly sentence: string;
  readonly rescue: boolean;
  /** Yesterday, today and tomorrow, no piece longer than a clock hour. `on` is null where nobody knows. */
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly on: boolean | null;
    readonly by: SwitchedBy;
    readonly text: string;
    readonly price: number | null;
    readonly past: boolean;
  }[];
  /** As they were seen at the pump, oldest first. */
  readonly switches: readonly (ChangeRow & { readonly text: string })[];
}

/** `input` is null where the pump was not read yet or has no switch. */
export const dayView = (
  input: PlanInput | null,
  decision: PlanDecision | null,
  about: {
    readonly mode: PlanMode;
    readonly sentence: string;
    readonly now: number;
    readonly texts: Texts;
  },
): DayView => {
  const { mode, sentence, now, texts } = about;
  const days = input === null ? [] : [-1, 0, 1].flatMap((offset) => describeDay(input, offset));
  return {
    zone: texts.zone(),
    now,
    mode,
    sentence,
    rescue: decision?.why.kind === 'rescue',
    segments: days.map(({ start, end, on, why, by, price }) => ({
      start,
      end,
      on,
      by,
      text: why === null ? describeSwitch(by, texts) : nameReason(why, texts),
      price,
      past: end <= now,
    })),
    switches: (input?.memory.changes ?? []).map((change) => ({
      ...change,
      text: describeSwitch(change.by, texts),
    })),
  };
};
