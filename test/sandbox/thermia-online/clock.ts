import type { SimulatorClock } from '../../../sandbox/thermia-online/index.js';

/** Time that moves only when told. */
export interface HandClock extends SimulatorClock {
  advance(ms: number): void;
}

export const handClock = (startAt = Date.UTC(2026, 0, 15, 9, 0, 0)): HandClock => {
  let now = startAt;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after: (delayMs, run) => {
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance: (ms) => {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const { run } of due) run();
    },
  };
};
