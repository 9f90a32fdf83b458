/** Change points of one register, oldest first: `[milliseconds since 1970, value]`. */
export type Point = readonly [at: number, value: number];

export interface Recorder {
  record(registerId: number, at: number, value: number): void;
  /** Change points within [from, to]. */
  points(registerId: number, from: number, to: number): readonly Point[];
  years(now: number, yearOf: (at: number) => number): readonly number[];
}

const LIMIT = 20_000;

export const createRecorder = (): Recorder => {
  const series = new Map<number, Point[]>();
  return {
    record: (registerId, at, value) => {
      const points = series.get(registerId) ?? [];
      if (points.length === 0) series.set(registerId, points);
      points.push([at, value]);
      if (points.length > LIMIT) points.splice(0, LIMIT / 10);
    },
    points: (registerId, from, to) => (series.get(registerId) ?? []).filter(([at]) => at >= from && at <= to),
    years: (now, yearOf) => {
      const first = Math.min(now, ...[...series.values()].flatMap((points) => points[0]?.[0] ?? []));
      const years: number[] = [];
      for (let year = yearOf(first); year <= yearOf(now); year++) years.push(year);
      return years;
    },
  };
};

/** Time-weighted means of `bucketOf` stretches; `nextOf` gives the start of the stretch after. */
export const aggregate = (
  points: readonly Point[],
  from: number,
  to: number,
  startOf: (at: number) => number,
  nextOf: (start: number) => number,
): readonly Point[] => {
  const first = points[0];
  if (first === undefined) return [];
  const result: Point[] = [];
  let index = 0;
  let value = first[1];
  for (let start = startOf(Math.max(from, first[0])); start < to; start = nextOf(start)) {
    const end = Math.min(nextOf(start), to);
    let at = Math.max(start, first[0]);
    let area = 0;
    const began = at;
    for (let point = points[index]; point !== undefined && point[0] < end; point = points[++index]) {
      if (point[0] > at) {
        area += value * (point[0] - at);
        at = point[0];
      }
      value = point[1];
    }
    area += value * (end - at);
    if (end > began) result.push([start, Math.round((area / (end - began)) * 100) / 100]);
  }
  return result;
};
