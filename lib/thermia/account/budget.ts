import type { Clock } from '../ports.js';
import type { BudgetFigures } from './types.js';

const HOUR = 3_600_000;

/** Counts requests over the last 24 hours, to the hour. */
export interface RequestCounter {
  count(name: string): void;
  figures(): BudgetFigures;
}

export const createRequestCounter = (clock: Clock): RequestCounter => {
  const hours = new Map<number, Map<string, number>>();

  const recent = (): readonly ReadonlyMap<string, number>[] => {
    const first = Math.floor(clock.now() / HOUR) - 23;
    for (const hour of hours.keys()) if (hour < first) hours.delete(hour);
    return [...hours.values()];
  };

  return {
    count: (name) => {
      const hour = Math.floor(clock.now() / HOUR);
      const names = hours.get(hour) ?? new Map<string, number>();
      names.set(name, (names.get(name) ?? 0) + 1);
      hours.set(hour, names);
      recent();
    },
    figures: () => {
      const requests: Record<string, number> = {};
      for (const [name, times] of recent().flatMap((names) => [...names])) {
        requests[name] = (requests[name] ?? 0) + times;
      }
      return { requests, total: Object.values(requests).reduce((sum, each) => sum + each, 0) };
    },
  };
};
