import { ThermiaError } from '../errors.js';
import type { SessionRecord, Trouble } from './session-record.js';
import { asBelieved, isPassing, signInPause } from './sign-in-backoff.js';
import type { SessionState } from './types.js';

/** The chain has ended; a kept password may be tried at once. */
export const troubleOfEnd = (now: number, error?: ThermiaError): Trouble => ({
  since: now,
  reason: 'sign_in_needed',
  code: error?.facts.code ?? null,
  failures: 0,
  notBefore: now,
});

/** A try that is about to be made counts as failed until it has an end; until then the reason stays. */
export const troubleOfTry = (before: Trouble, now: number, random: number): Trouble => {
  const cutOff = new ThermiaError('timeout', 'The sign-in was cut off');
  const first = before.reason === 'sign_in_needed';
  const error = first ? cutOff : reasonOf(before);
  return troubleAfter(before, now, random, error);
};

/** An automatic sign-in has failed. */
export const troubleAfter = (
  { since, failures: before }: Trouble,
  now: number,
  random: number,
  found: ThermiaError,
): Trouble => {
  const failures = before + 1;
  const error = asBelieved(found, failures);
  const pause = signInPause(error, failures, random);
  return {
    since,
    reason: error.kind,
    code: error.facts.code ?? null,
    failures,
    notBefore: pause === null ? null : now + pause,
  };
};

const codeOf = ({ code }: Trouble): { code?: string } => (code === null ? {} : { code });

const reasonOf = (trouble: Trouble): ThermiaError =>
  new ThermiaError(trouble.reason, `The sign-in is needed again (${trouble.reason})`, codeOf(trouble));

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

/** Whether a kept password may be tried now. Where there was none, one may be found later: looking costs nothing. */
export const isDue = ({ reason, notBefore }: Trouble, now: number): boolean =>
  reason === 'sign_in_needed' ||
  (notBefore !== null && (now >= notBefore || notBefore - now > LONGEST_PAUSE_MS));
