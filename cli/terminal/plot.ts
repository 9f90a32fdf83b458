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

const DEFAULT_STEP = 1;
/** Neighbours further apart than this many steps have a gap between them. */
const GAP_STEPS = 1.5;

const usualStep = (points: readonly Point[]): number => {
  const steps = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at));
  return steps.sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? DEFAULT_STEP;
};

/** The mean of what falls into each column; null where nothing is known. Neighbours are joined, or all where `hold` says so. */
const columnsOf = (points: readonly Point[], columns: number, hold: boolean): (number | null)[] => {
  const first = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - first);
  const columnOf = (at: number): number => Math.round(((at - first) / span) * (columns - 1));
  const found = Array.from({ length: columns }, () => ({ sum: 0, count: 0 }));
  for (const { at, value } of points) {
    const cell = found[columnOf(at)];
    if (value === null || cell === undefined) continue;
    cell.sum += value;
    cell.count += 1;
  }
  const values = found.map(({ sum, count }) => (count === 0 ? null : sum / count));
  const longest = hold ? Number.POSITIVE_INFINITY : usualStep(points) * GAP_STEPS;
  for (const [index, { at, value }] of points.entries()) {
    const next = points[index + 1];
    if (value === null || next === undefined) continue;
    // A change to nothing ends what was held; between means it is a gap.
    const isJoined = next.value === null ? hold : next.at - at <= longest;
    const column = columnOf(at);
    if (isJoined) values.fill(values[column] ?? null, column + 1, Math.max(column + 1, columnOf(next.at)));
  }
  return values;
};

interface Run {
  readonly start: number;
  readonly values: number[];
}

const runsOf = (values: readonly (number | null)[]): Run[] => {
  const runs: Run[] = [];
  for (const [column, value] of values.entries()) {
    if (value === null) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.start + last.values.length === column) last.values.push(value);
    else runs.push({ start: column, values: [value] });
  }
  return runs;
};

/** Lines of labels, axis and curve. The library knows no gaps, so each run is drawn alone on the same scale and put in its place. */
const drawn = (values: readonly (number | null)[], height: number): string[] => {
  const runs = runsOf(values);
  const all = runs.flatMap((run) => run.values);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  // A scale without length would be labelled with whole numbers.
  const slack = least === most ? 1 : 0;
  const config = {
    height,
    min: least - slack,
    max: most + slack,
    padding: ' '.repeat(LABEL),
    format: (value: number) => value.toFixed(1).padStart(LABEL),
  };
  const lines: string[] = [];
  for (const run of runs) {
    // A curve of n values is n - 1 columns wide.
    const curve = drawLine([...run.values, run.values.at(-1) ?? 0], config).split('\n');
    for (const [row, line] of curve.entries()) {
      const before = lines[row] ?? line.slice(0, LABEL + 2);
      lines[row] = before.padEnd(LABEL + 2 + run.start) + line.slice(LABEL + 2);
    }
  }
  return lines.map((line) => line.trimEnd());
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
  const from = points[0]?.at;
  const to = points.at(-1)?.at;
  if (from === undefined || to === undefined || points.every(({ value }) => value === null)) return null;
  const columns = Math.max(NARROWEST, width - LABEL - 3);
  const lines = drawn(columnsOf(points, columns, hold), height);
  const right = localTime(to);
  const left = localTime(from);
  const axis = `${' '.repeat(LABEL + 1)}${left}${' '.repeat(Math.max(1, columns - left.length - right.length))}${right}`;
  const unit = units === null || units === '' ? '' : ` (${units})`;
  return [`${' '.repeat(LABEL + 1)}${pc.bold(title)}${unit}`, ...lines, pc.dim(axis)].join('\n');
};
