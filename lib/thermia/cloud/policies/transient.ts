import { isThermiaError } from '../../errors.js';
import type { Clock, Random } from '../../ports.js';
import type { Policy } from './policy.js';
import { wait } from './wait.js';

const FIRST_WAIT_MS = 500;

/**
 * Owns what passes by itself: lost connections, answers that do not come, a service that is out of order. Tries again
 * with jitter, each wait about twice the last, until `attempts` are spent or the next try would begin past the deadline.
 */
export const createTransientRetry = ({
  clock,
  random,
  attempts = 3,
  deadlineMs,
}: {
  clock: Clock;
  random: Random;
  attempts?: number;
  deadlineMs: number;
}): Policy => ({
  run: async (attempt, signal) => {
    const deadline = clock.now() + deadlineMs;
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt(signal);
      } catch (error) {
        if (!isThermiaError(error, 'network', 'timeout', 'service_down') || tried >= attempts) throw error;
        const own = FIRST_WAIT_MS * 2 ** (tried - 1) * (0.5 + random());
        const delayMs = Math.max(own, error.facts.retryAfterMs ?? 0);
        if (clock.now() + delayMs > deadline) throw error;
        await wait(clock, delayMs, signal);
      }
    }
  },
});
