/** From one `HH:MM` to another, maybe over midnight. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const DAY = 24 * 60;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

export const isTimeOfDay = (text: unknown): text is string => typeof text === 'string' && TIME.test(text);

export const readRange = (from: unknown, to: unknown): DayRange | null =>
  isTimeOfDay(from) && isTimeOfDay(to) && from !== to ? { from, to } : null;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const lengthOf = ({ from, to }: DayRange): number => (minuteOf(to) - minuteOf(from) + DAY) % DAY;

/** Whether `inner` lies in `outer`, but for so many minutes at each end. */
export const covers = (outer: DayRange, inner: DayRange, slack: number): boolean => {
  const start = (minuteOf(inner.from) + slack - minuteOf(outer.from) + DAY) % DAY;
  return start + Math.max(0, lengthOf(inner) - 2 * slack) <= lengthOf(outer);
};

/** `06:00-22:00` for off at six and on at ten; none where on and off do not take turns. */
export const offRangesOf = (
  switches: readonly { readonly at: string; readonly on: boolean }[],
): readonly DayRange[] => {
  const sorted = [...switches].sort((one, other) => one.at.localeCompare(other.at));
  const ranges: DayRange[] = [];
  for (const [index, { at, on }] of sorted.entries()) {
    const next = sorted[(index + 1) % sorted.length];
    if (next === undefined || next.on === on || next.at === at) return [];
    if (!on) ranges.push({ from: at, to: next.at });
  }
  return ranges;
};
