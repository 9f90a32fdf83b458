import type { HotWaterPlan, Segment } from '../client/app-routes.js';
import type { Point } from './series.js';

export type DayName = 'yesterday' | 'today' | 'tomorrow';

/** A change of the switch: seen at the pump, or expected. */
export interface Change {
  readonly at: number;
  readonly on: boolean;
  readonly tone: Tone;
  readonly text: string;
  readonly planned: boolean;
}

export interface PlanDay {
  readonly name: DayName;
  readonly start: number;
  readonly end: number;
  readonly segments: readonly Segment[];
  readonly changes: readonly Change[];
}

/** Who is behind it: the plan itself, what keeps people from cold water, people, or nobody knows. */
export type Tone = 'plan' | 'rescue' | 'safety' | 'people' | 'unknown';

const TONES: Readonly<Record<string, Tone>> = {
  rescue: 'rescue',
  blind: 'safety',
  least_hours: 'safety',
  legionella: 'safety',
  hold: 'people',
  person: 'people',
  paused: 'people',
  unknown: 'unknown',
};
export const toneOf = (by: string): Tone => TONES[by] ?? 'plan';

/** A state whose cause was not seen is not an unknown state. */
export const textOf = ({ on, by, text }: Pick<Segment, 'on' | 'by' | 'text'>): string =>
  on !== null && by === 'unknown' ? 'reason not known' : text;

const dayKeys = (zone: string): ((at: number) => string) => {
  const format = (timeZone?: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...(timeZone !== undefined && { timeZone }) });
  try {
    const made = format(zone);
    return (at) => made.format(at);
  } catch {
    // A zone that this browser does not know: its own is the nearest guess.
    const made = format();
    return (at) => made.format(at);
  }
};

/** Changes to come: where the expected state differs from the one before. */
const expected = ({ segments, now }: HotWaterPlan): Change[] =>
  segments.flatMap(({ start, on, by, text }, index): Change[] => {
    const before = segments[index - 1];
    if (start <= now || on === null || before === undefined || before.on === on) return [];
    return [{ at: start, on, tone: toneOf(by), text, planned: true }];
  });

/** The plan cut into the days of its zone; a day that it says nothing about is left out. */
export const daysOf = (plan: HotWaterPlan): PlanDay[] => {
  const keyOf = dayKeys(plan.zone);
  const today = keyOf(plan.now);
  const byDay = new Map<string, Segment[]>();
  for (const segment of plan.segments) {
    const key = keyOf(segment.start);
    byDay.set(key, [...(byDay.get(key) ?? []), segment]);
  }
  const changes: Change[] = [
    ...plan.switches.map((one) => ({
      at: one.at,
      on: one.on,
      tone: toneOf(one.by),
      text: textOf(one),
      planned: false,
    })),
    ...expected(plan),
  ];
  return [...byDay].map(([key, segments]) => {
    const start = segments[0]?.start ?? 0;
    const end = segments.at(-1)?.end ?? start;
    return {
      name: key === today ? 'today' : key < today ? 'yesterday' : 'tomorrow',
      start,
      end,
      segments,
      changes: changes.filter(({ at }) => at >= start && at < end),
    };
  });
};

/** Whether there is anything to see: a plan, or an order of a person that has its time. */
export const isPlanned = ({ mode, segments, now }: HotWaterPlan): boolean =>
  mode !== 'none' ||
  segments.some(({ by, on, end }) => end > now && on !== null && by !== 'no_plan' && by !== 'unknown');

export interface Kind {
  readonly on: boolean | null;
  readonly tone: Tone;
  readonly text: string;
}

/** Each kind that a day has, once, in the order of its first appearance. */
export const kindsOf = (segments: readonly Segment[]): Kind[] => {
  const kinds = new Map<string, Kind>();
  for (const segment of segments) {
    const kind = { on: segment.on, tone: toneOf(segment.by), text: textOf(segment) };
    const key = Object.values(kind).join(' ');
    if (!kinds.has(key)) kinds.set(key, kind);
  }
  return [...kinds.values()];
};

export interface Run extends Omit<Kind, 'text'> {
  readonly start: number;
  readonly end: number;
  readonly future: boolean;
}

/** Neighbours of one state and tone as one piece; what was yet to come at `now` is a piece of its own. */
export const runsOf = (segments: readonly Segment[], now: number): Run[] => {
  const runs: Run[] = [];
  for (const { start, end, on, by } of segments) {
    const run = { start, end, on, tone: toneOf(by), future: start >= now };
    const last = runs.at(-1);
    if (last?.on === on && last.tone === run.tone && last.future === run.future)
      runs[runs.length - 1] = { ...last, end };
    else runs.push(run);
  }
  return runs;
};

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Limits that hold every value with a little air, never closer than `least`; null without a value. */
export const scaleOf = (values: readonly number[], least: number): Scale | null => {
  if (values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max((least - (high - low)) / 2, (high - low) * 0.08);
  return { low: low - air, high: high + air };
};

/** Where a value stands between the limits, 0 to 1. */
export const shareOf = (value: number, { low, high }: Scale): number =>
  high === low ? 0 : (value - low) / (high - low);

/** Lowest and highest value in a span; null where none was kept. */
export const rangeIn = (points: readonly Point[], start: number, end: number): Scale | null => {
  const values = points.flatMap(([at, value]) => (value !== null && at >= start && at < end ? [value] : []));
  return values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
};

/** A line in pieces: it ends where values are missing and begins anew after. */
export const piecesOf = (points: readonly Point[]): (readonly (readonly [number, number])[])[] => {
  const pieces: [number, number][][] = [];
  let open: [number, number][] | null = null;
  for (const [at, value] of points) {
    if (value === null) open = null;
    else if (open === null) pieces.push((open = [[at, value]]));
    else open.push([at, value]);
  }
  return pieces;
};
