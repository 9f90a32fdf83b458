import { ThermiaError } from '../errors.js';
import type { Clock, Random } from '../ports.js';

const MINUTE = 60_000;
const LONGEST_MS = 40 * MINUTE;

/** How long to leave a refresh token alone after its `failures`-th odd answer in a row, in milliseconds. */
export const refreshPauseMs = (failures: number, random: number): number =>
  Math.min(MINUTE * 2 ** (failures - 1), 32 * MINUTE) * (1 + random / 4);

/** Each request needs a token, and each odd answer may have spent one: they must not come at the pace of requests. */
export interface RefreshPause {
  /** Throws `session_failed` while the pause lasts. */
  assertOver(): void;
  failed(): void;
  end(): void;
}

export const createRefreshPause = ({ clock, random }: { clock: Clock; random: Random }): RefreshPause => {
  let failures = 0;
  let notBefore = 0;
  return {
    assertOver: () => {
      const retryAfterMs = notBefore - clock.now();
      // Longer than any pause: the clock was set back.
      if (retryAfterMs <= 0 || retryAfterMs > LONGEST_MS) return;
      throw new ThermiaError(
        'session_failed',
        'The sign-in service answered oddly; it is asked again later',
        {
          during: 'token',
          retryAfterMs,
        },
      );
    },
    failed: () => {
      failures += 1;
      notBefore = clock.now() + refreshPauseMs(failures, random());
    },
    end: () => {
      failures = 0;
      notBefore = 0;
    },
  };
};
