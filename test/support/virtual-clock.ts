import { setImmediate as macrotask } from 'node:timers/promises';
import type { Cancel, Clock } from '../../lib/thermia/ports.js';

/** Resolves when nothing is under way that the clock cannot see, such as requests over a real socket. */
export type Idle = () => Promise<void>;

export interface VirtualClock extends Clock {
  /** Moves time on and runs what falls due, in order; promises settle before each timer and at the end. */
  advance(ms: number, idle?: Idle): Promise<void>;
  /** Advances to the next timer that is due and runs it; false where there is none. */
  advanceToNext(idle?: Idle): Promise<boolean>;
  /** Lets promises settle at the present time. */
  settle(idle?: Idle): Promise<void>;
  /** How many timers wait. A test that ends what it started sees 0. */
  pending(): number;
  /** When the next timer is due, or null. */
  nextAt(): number | null;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * A clock that stands still until it is told. Timers that are due at the same time run in the order they were set.
 * `idle` given here is used wherever none is given to a call.
 */
export const createVirtualClock = (
  startAt = Date.UTC(2026, 0, 15, 12),
  { idle: defaultIdle }: { idle?: Idle } = {},
): VirtualClock => {
  let now = startAt;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (): Timer | null => {
    let first: Timer | null = null;
    for (const timer of timers) {
      if (first === null || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) {
        first = timer;
      }
    }
    return first;
  };

  /** A macrotask drains all microtasks, however long their chain; idle may take real time, and start new ones. */
  const settle = async (idle = defaultIdle): Promise<void> => {
    await macrotask();
    if (idle === undefined) return;
    await idle();
    await macrotask();
  };

  const run = (timer: Timer): void => {
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.run();
  };

  return {
    now: () => now,
    after: (delayMs, callback): Cancel => {
      const timer: Timer = { at: now + Math.max(0, delayMs), order: (order += 1), run: callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance: async (ms, idle) => {
      const until = now + ms;
      await settle(idle);
      for (let timer = next(); timer !== null && timer.at <= until; timer = next()) {
        run(timer);
        await settle(idle);
      }
      now = until;
    },
    advanceToNext: async (idle) => {
      await settle(idle);
      const timer = next();
      if (timer === null) return false;
      run(timer);
      await settle(idle);
      return true;
    },
    settle,
    pending: () => timers.size,
    nextAt: () => next()?.at ?? null,
  };
};
