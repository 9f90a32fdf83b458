import type { ErrorKind, ThermiaError } from '../errors.js';

const MINUTE = 60_000;

/** These pass by themselves: nobody has to be asked for anything. */
const PASSING: ReadonlySet<ErrorKind> = new Set(['network', 'timeout', 'service_down', 'throttled']);
export const isPassing = (kind: ErrorKind): boolean => PASSING.has(kind);

/**
 * How long to leave a kept password alone after its `failures`-th failure in a row, in milliseconds: each time twice as
 * long, from a minute to an hour; from an hour to six where somebody or something has to change first. Null for a
 * rejected password: only the person may try again.
 */
export const signInPause = (
  { kind, facts }: Pick<ThermiaError, 'kind' | 'facts'>,
  failures: number,
  random: number,
): number | null => {
  if (kind === 'wrong_credentials') return null;
  const [first, longest] = isPassing(kind) ? [1, 60] : [60, 360];
  const minutes = Math.min(first * 2 ** (failures - 1), longest) * (1 + random / 4);
  return Math.max(minutes * MINUTE, facts.retryAfterMs ?? 0);
};
