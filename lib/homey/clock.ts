import type { Clock } from '../thermia/ports.js';
import type { Timers } from './ports.js';

/** A clock whose timers end with the app. */
export const homeyClock = (homey: Timers): Clock => ({
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = homey.setTimeout(run, delayMs);
    return () => homey.clearTimeout(timer);
  },
});
