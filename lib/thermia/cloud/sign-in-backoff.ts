import type { ErrorKind, ThermiaError } from '../errors.js';

const MINUTE = 60_000;
const PASSING = [1, 2, 5, 15, 30, 60];
/** Where trying again soon cannot help, or harms: the person has to do something, or the service to forget something. */
const SLOW = [60, 120, 360];

const STEPS: Partial<Record<ErrorKind, readonly number[]>> = {
  network: PASSING,
  timeout: PASSING,
  service_down: PASSING,
  throttled: PASSING,
  consent_needed: SLOW,
  sign_in_page_changed: SLOW,
  locked_out: SLOW,
  unexpected_answer: SLOW,
};

/** These pass by themselves: nobody has to be asked for anything. */
export const isPassing = (kind: ErrorKind): boolean => STEPS[kind] === PASSING;

/**
 * How long to leave a kept password alone after its `failures`-th failure in a row, in milliseconds; null means that
 * only the person may try again, which is so for a rejected password.
 */
export const signInPause = (
  { kind, facts }: Pick<ThermiaError, 'kind' | 'facts'>,
  failures: number,
  random: number,
): number | null => {
  const steps = STEPS[kind];
  if (steps === undefined) return null;
  const minutes = steps[Math.min(failures, steps.length) - 1] ?? steps[0] ?? 60;
  return Math.max(minutes * MINUTE * (1 + random / 4), facts.retryAfterMs ?? 0);
};
