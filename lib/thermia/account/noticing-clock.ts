import type { Clock } from '../ports.js';

/**
 * A clock that notices when it was set back, at the first look at it: then every moment that was kept lies too late, by
 * what is told to `onSetBack`. Set forward, it only makes due what would have been later.
 */
export const createNoticingClock = (clock: Clock, onSetBack: (byMs: number) => void): Clock => {
  let last = clock.now();
  return {
    now: () => {
      const now = clock.now();
      const by = last - now;
      last = now;
      if (by > 0) onSetBack(by);
      return now;
    },
    after: (delayMs, run) => clock.after(delayMs, run),
  };
};
