import { ThermiaError } from '../errors.js';
import type { SessionRecord, Trouble } from './session-record.js';
import { isPassing, signInPause } from './sign-in-backoff.js';
import type { SessionState } from './types.js';

/** What is wrong, after the chain ended (no error, or `sign_in_needed`) or after an automatic sign-in failed. Pure. */
export const troubleAfter = (
  before: Trouble | null,
  now: number,
  random: number,
  error?: ThermiaError,
): Trouble => {
  const since = before?.since ?? now;
  const code = error?.facts.code ?? null;
  if (before === null) return { since, reason: 'sign_in_needed', code, failures: 0, notBefore: now };
  const failures = before.failures + 1;
  const cause = error ?? new ThermiaError('timeout', 'The sign-in was cut off');
  const pause = signInPause(cause, failures, random);
  return { since, reason: cause.kind, code, failures, notBefore: pause === null ? null : now + pause };
};

const reasonOf = ({ reason, code }: Trouble): ThermiaError =>
  new ThermiaError(reason, `The sign-in is needed again (${reason})`, code === null ? {} : { code });

/** What a caller hears while nobody can be signed in: the passing trouble itself, or that the person is needed. */
export const refusalFrom = (trouble: Trouble, now: number): ThermiaError => {
  const { reason, notBefore } = trouble;
  const facts = notBefore === null ? {} : { retryAfterMs: Math.max(0, notBefore - now) };
  return isPassing(reason) && notBefore !== null
    ? new ThermiaError(reason, 'The sign-in waits until the service is back', facts)
    : new ThermiaError('sign_in_needed', 'The person has to sign in', { ...facts, cause: reasonOf(trouble) });
};

export const stateOf = ({ refreshToken, trouble }: SessionRecord, hasAccess: boolean): SessionState => {
  if (refreshToken !== null || hasAccess) return { state: 'signed_in' };
  if (trouble === null) return { state: 'signed_out' };
  const untried = trouble.reason === 'sign_in_needed' && trouble.notBefore !== null;
  if (untried || (isPassing(trouble.reason) && trouble.notBefore !== null)) return { state: 'signed_in' };
  return { state: 'sign_in_needed', reason: reasonOf(trouble), since: trouble.since };
};

/** Pauses are hours at most; one that seems longer was written under a clock that was wrong. */
const LONGEST_PAUSE_MS = 12 * 60 * 60_000;

/** Whether a kept password may be tried now. */
export const isDue = ({ notBefore }: Trouble, now: number): boolean =>
  notBefore !== null && (now >= notBefore || notBefore - now > LONGEST_PAUSE_MS);
