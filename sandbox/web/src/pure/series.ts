import type { LogEntries } from '../client/schemas.js';

export type Point = readonly [time: number, value: number | null];

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly on: boolean;
}

type Values = LogEntries['values'];

/** A line with its gaps: a missing value stays missing and is never zero. */
export const linePoints = (values: Values): Point[] =>
  values.map(({ t, v }) => [t, typeof v === 'number' ? v : null]);

/** True for points with no neighbour: without a mark of their own they would not be seen at all. */
export const isAlone = (points: readonly Point[], index: number): boolean =>
  points[index]?.[1] !== null &&
  (points[index - 1]?.[1] ?? null) === null &&
  (points[index + 1]?.[1] ?? null) === null;

/** Stretches of a switch. A bucket holds until the next one; where nothing is known there is no stretch. */
export const bands = (values: Values, stepMs: number, now: number): Band[] => {
  const found: Band[] = [];
  values.forEach(({ t, v }, index) => {
    if (typeof v !== 'boolean' || t > now) return;
    const next = values[index + 1]?.t ?? t + stepMs;
    const to = Math.min(next, now);
    if (to === t) return;
    const last = found.at(-1);
    if (last?.on === v && last.to === t) {
      found[found.length - 1] = { ...last, to };
    } else found.push({ from: t, to, on: v });
  });
  return found;
};

export const RESOLUTIONS = [
  { id: 'lastHour', title: 'Last hour' },
  { id: 'last6Hours', title: 'Last 6 hours' },
  { id: 'last24Hours', title: 'Last 24 hours' },
  { id: 'last7Days', title: 'Last 7 days' },
  { id: 'last31Days', title: 'Last 31 days' },
] as const;
export type Resolution = (typeof RESOLUTIONS)[number]['id'];

const HOUR = 3_600_000;
const SPAN: Readonly<Record<Resolution, number>> = {
  lastHour: HOUR,
  last6Hours: 6 * HOUR,
  last24Hours: 24 * HOUR,
  last7Days: 7 * 24 * HOUR,
  last31Days: 31 * 24 * HOUR,
};
export const spanOf = (resolution: Resolution): number => SPAN[resolution];

const LEAST_SPAN = 300_000;
const LEAST_STEPS = 8;

/** A window without the emptiness before anything was known. */
export const trimStart = (from: number, to: number, known: readonly Values[], stepMs = 0): number => {
  const firsts = known.flatMap((values) => values.find(({ v }) => v !== null)?.t ?? []);
  if (firsts.length === 0) return from;
  return Math.max(from, Math.min(Math.min(...firsts), to - Math.max(LEAST_SPAN, stepMs * LEAST_STEPS)));
};

/**
 * Appends what the device says now to what was kept: the bucket of this moment is always empty. A value that is not
 * known ends the line where it was last known.
 */
export const withLive = (
  values: Values,
  stepMs: number,
  now: number,
  live: number | boolean | null,
): Values => {
  const over = values.filter(({ t }) => t + stepMs <= now);
  const future = values.filter(({ t }) => t > now);
  return live === null ? values : [...over, { t: now, v: live }, ...future];
};
