import { plot as drawLine } from 'asciichart';
import pc from 'picocolors';
import { localTime } from './format.js';

export interface Point {
  readonly at: number;
  readonly value: number | null;
}

export interface PlotOptions {
  readonly title: string;
  readonly units: string | null;
  readonly width: number;
  readonly height?: number;
}

const LABEL = 9;
const NARROWEST = 20;
const HEIGHT = 12;

/** One value for each column: the mean of its stretch of time, or the last one before it where `hold` says so. */
const columnsOf = (points: readonly Point[], columns: number, hold: boolean): number[] => {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = Math.max(1, last.at - first.at);
  const sums = new Array<{ sum: number; count: number }>(columns);
  for (const { at, value } of points) {
    if (value === null) continue;
    const column = Math.min(columns - 1, Math.floor(((at - first.at) / span) * columns));
    const { sum, count } = sums[column] ?? { sum: 0, count: 0 };
    sums[column] = { sum: sum + value, count: count + 1 };
  }
  let held = Number.NaN;
  return Array.from({ length: columns }, (_, column) => {
    const here = sums[column];
    if (here !== undefined) held = here.sum / here.count;
    return here !== undefined || hold ? held : Number.NaN;
  });
};

/**
 * Values over time as lines of text; null where there are none. Gaps stay gaps, except in a list of changes (`hold`),
 * where a value lasts until the next.
 */
export const plot = (
  points: readonly Point[],
  options: PlotOptions & { readonly hold: boolean },
): string | null => {
  const { title, units, width, height = HEIGHT, hold } = options;
  const known = points.filter(({ value }) => value !== null);
  const from = points[0]?.at;
  const to = points.at(-1)?.at;
  if (known.length === 0 || from === undefined || to === undefined) return null;
  const columns = Math.max(NARROWEST, width - LABEL - 3);
  const values = columnsOf(points, columns, hold);
  // A plot cannot begin with a gap.
  const start = values.findIndex((value) => !Number.isNaN(value));
  const lead = ' '.repeat(start);
  const lines = drawLine(values.slice(start), {
    height,
    padding: ' '.repeat(LABEL),
    format: (value: number) => value.toFixed(1).padStart(LABEL),
  })
    .split('\n')
    .map((line) => `${line.slice(0, LABEL + 2)}${lead}${line.slice(LABEL + 2)}`.trimEnd());
  const right = localTime(to);
  const left = localTime(from);
  const axis = `${' '.repeat(LABEL + 1)}${left}${' '.repeat(Math.max(1, columns - left.length - right.length))}${right}`;
  const unit = units === null || units === '' ? '' : ` (${units})`;
  return [`${' '.repeat(LABEL + 1)}${pc.bold(title)}${unit}`, ...lines, pc.dim(axis)].join('\n');
};
