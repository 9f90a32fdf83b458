import { ThermiaError } from '../../errors.js';
import type { Clock } from '../../ports.js';
import { linkSignals } from './linked.js';
import type { Policy } from './policy.js';

/** Owns hung sockets: an attempt that is not done in time is given up with `timeout`. */
export const createTimeLimit = ({ clock, limitMs }: { clock: Clock; limitMs: number }): Policy => ({
  run: async (attempt, signal) => {
    const { controller, release } = linkSignals(signal);
    const cancel = clock.after(limitMs, () =>
      controller.abort(new ThermiaError('timeout', `No answer within ${limitMs / 1000} s`)),
    );
    try {
      return await attempt(controller.signal);
    } finally {
      cancel();
      release();
    }
  },
});
