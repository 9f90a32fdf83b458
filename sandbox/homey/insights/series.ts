import type { Rollup, Store } from '../store.js';
import type { Window } from './resolutions.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Sums of what was written, kept for longer than what was written itself. */
const WIDTHS = [
  { width: 5 * MINUTE, keep: 40 * DAY },
  { width: 60 * MINUTE, keep: 800 * DAY },
] as const;
const KEEP_POINTS = 26 * 60 * MINUTE;

/** The values of all logs over time. Booleans are 1 and 0; null says that nothing is known from there on. */
export interface Series {
  readonly write: (log: string, at: number, value: number | null) => void;
  /** One value for each bucket of the window; null where nothing is known. */
  readonly read: (log: string, window: Window, now: number, combine: 'mean' | 'last') => (number | null)[];
  readonly remove: (log: string) => void;
  readonly prune: (log: string, now: number) => void;
}

const add = (bucket: Rollup | undefined, value: number | null): Rollup => ({
  sum: (bucket?.sum ?? 0) + (value ?? 0),
  count: (bucket?.count ?? 0) + (value === null ? 0 : 1),
  last: value,
});

const join = (left: Rollup | undefined, right: Rollup): Rollup => ({
  sum: (left?.sum ?? 0) + right.sum,
  count: (left?.count ?? 0) + right.count,
  last: right.last,
});

type BucketKey = [string, number, number];
const bucketsOf = (
  log: string,
  width: number,
  from: number,
  to: number,
): { start: BucketKey; end: BucketKey } => ({
  start: [log, width, from],
  end: [log, width, to],
});

export const createSeries = ({ points, rollups }: Store): Series => {
  const fill = (log: string, width: number, at: number, value: number | null): void => {
    const key = [log, width, Math.floor(at / width) * width] satisfies [string, number, number];
    rollups.putSync(key, add(rollups.get(key), value));
  };

  const lastBefore = (log: string, at: number): number | null => {
    for (const { value } of points.getRange({ start: [log, at], end: [log, 0], reverse: true, limit: 1 })) {
      return value;
    }
    for (const { width } of WIDTHS) {
      const start = [log, width, at - 1] as [string, number, number];
      for (const { value } of rollups.getRange({ start, end: [log, width, 0], reverse: true, limit: 1 })) {
        return value.last;
      }
    }
    return null;
  };

  /** What is known within the window, in order, from the coarsest source that is fine enough. */
  const known = function* (log: string, window: Window): Generator<readonly [number, Rollup]> {
    const source = [...WIDTHS].reverse().find(({ width }) => width <= window.step);
    if (source === undefined) {
      for (const { key, value } of points.getRange({ start: [log, window.start], end: [log, window.end] })) {
        yield [key[1], add(undefined, value)];
      }
      return;
    }
    const { width } = source;
    for (const { key, value } of rollups.getRange(bucketsOf(log, width, window.start, window.end)))
      yield [key[2], value];
  };

  /** Forgets what is older than the limits: of the values, and of the sums of each width. */
  const drop = (log: string, [pointLimit = 0, ...limits]: readonly number[]): void => {
    const old = [...points.getKeys({ start: [log, 0], end: [log, pointLimit] })];
    for (const key of old) points.removeSync(key);
    for (const [index, { width }] of WIDTHS.entries()) {
      const buckets = [...rollups.getKeys(bucketsOf(log, width, 0, limits[index] ?? 0))];
      for (const key of buckets) rollups.removeSync(key);
    }
  };

  return {
    write: (log, at, value) => {
      points.putSync([log, at], value);
      for (const { width } of WIDTHS) fill(log, width, at, value);
    },
    read: (log, window, now, combine) => {
      const buckets = new Map<number, Rollup>();
      for (const [at, rollup] of known(log, window)) {
        const index = Math.floor((at - window.start) / window.step);
        buckets.set(index, join(buckets.get(index), rollup));
      }
      let held = lastBefore(log, window.start);
      const values: (number | null)[] = [];
      for (let index = 0; window.start + index * window.step < window.end; index += 1) {
        // The bucket of this very moment is not full yet.
        const isOver = window.start + (index + 1) * window.step <= now;
        const bucket = buckets.get(index);
        if (bucket !== undefined) held = bucket.last;
        if (!isOver) values.push(null);
        else if (bucket !== undefined && bucket.count > 0 && combine === 'mean') {
          values.push(bucket.sum / bucket.count);
        } else values.push(held);
      }
      return values;
    },
    remove: (log) => drop(log, [Infinity, Infinity, Infinity]),
    prune: (log, now) => drop(log, [now - KEEP_POINTS, ...WIDTHS.map(({ keep }) => now - keep)]),
  };
};
