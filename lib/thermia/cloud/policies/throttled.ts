import { isThermiaError, ThermiaError } from '../../errors.js';
import type { Clock, Random } from '../../ports.js';
import type { Policy } from './policy.js';
import { wait } from './wait.js';

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * 60_000;

/**
 * Owns "too many requests": one gate for all who share it. While it is shut nothing is sent, and a request that was under
 * way and succeeds does not open it. Where the service names no time the gate stays shut for longer each time.
 * A patient request waits, once, where the gate opens within `patienceMs`.
 */
export const createThrottleGate = ({ clock, random }: { clock: Clock; random: Random }) => {
  let shutUntil = 0;
  let times = 0;
  const left = (): number => {
    const ms = shutUntil - clock.now();
    // Longer than any pause: the clock was set back.
    return ms > LONGEST_WAIT_MS ? 0 : ms;
  };
  /** Throws `throttled` while the gate is shut. */
  const assertOpen = (): void => {
    const retryAfterMs = left();
    if (retryAfterMs <= 0) return;
    const minutes = Math.ceil(retryAfterMs / 60_000);
    throw new ThermiaError('throttled', `The service asked to wait: try again in ${minutes} minutes`, {
      retryAfterMs,
    });
  };
  const through = async <T>(attempt: () => Promise<T>): Promise<T> => {
    assertOpen();
    const sentAt = clock.now();
    try {
      const result = await attempt();
      if (sentAt >= shutUntil) times = 0;
      return result;
    } catch (error) {
      if (!isThermiaError(error, 'throttled')) throw error;
      const own = Math.min(FIRST_WAIT_MS * 2 ** times * (0.75 + random() / 2), LONGEST_WAIT_MS);
      times += 1;
      shutUntil = Math.max(shutUntil, clock.now() + (error.facts.retryAfterMs ?? own));
      throw error;
    }
  };
  const gate = (patienceMs = 0): Policy => ({
    run: async (attempt, signal) => {
      try {
        return await through(() => attempt(signal));
      } catch (error) {
        const waitMs = left();
        if (!isThermiaError(error, 'throttled') || waitMs > patienceMs) throw error;
        await wait(clock, waitMs, signal);
        return await through(() => attempt(signal));
      }
    },
  });
  return Object.assign(gate, { assertOpen });
};
