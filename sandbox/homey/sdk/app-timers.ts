type Timer = NodeJS.Timeout;
type Run = (...args: unknown[]) => void;

/** Timers that end with the app. */
export interface AppTimers {
  readonly setTimeout: (run: Run, delay?: number, ...args: unknown[]) => Timer;
  readonly setInterval: (run: Run, delay?: number, ...args: unknown[]) => Timer;
  readonly clear: (timer?: Timer | null) => void;
  readonly stop: () => void;
}

export const createAppTimers = (): AppTimers => {
  const active = new Set<Timer>();
  return {
    setTimeout: (run, delay, ...args) => {
      const timer = setTimeout(() => {
        active.delete(timer);
        run(...args);
      }, delay);
      active.add(timer);
      return timer;
    },
    setInterval: (run, delay, ...args) => {
      const timer = setInterval(run, delay, ...args);
      active.add(timer);
      return timer;
    },
    clear: (timer) => {
      if (timer === null || timer === undefined) return;
      active.delete(timer);
      clearTimeout(timer);
    },
    stop: () => {
      for (const timer of active) clearTimeout(timer);
      active.clear();
    },
  };
};
