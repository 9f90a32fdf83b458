import { type ErrorKind, ThermiaError } from '../errors.js';

const MINUTE = 60_000;

/** These pass by themselves: nobody has to be asked for anything. */
const PASSING: ReadonlySet<ErrorKind> = new Set(['network', 'timeout', 'service_down', 'throttled']);
export const isPassing = (kind: ErrorKind): boolean => PASSING.has(kind);

/** What errors of the first request name as `during`; it has no password in it. */
export const PAGE_STEP = 'sign-in page';
/** What errors of the one request with the password in it name as `during`. */
export const CREDENTIALS_STEP = 'credentials';

/**
 * A password that was sent and not taken, for a reason that is not known to pass: codes change, and whoever tries again
 * and again locks the person out.
 */
const mayBeRejected = ({ kind, facts }: Pick<ThermiaError, 'kind' | 'facts'>): boolean =>
  kind === 'wrong_credentials' ||
  (facts.during === CREDENTIALS_STEP && kind !== 'locked_out' && !isPassing(kind));

/** So many pages in a row that are not understood are believed; with the pauses between them that takes an hour. */
const BELIEVED = 7;

/** In an outage somebody else's page stands in place of the sign-in page for a while: the page has changed when it stays. */
export const asBelieved = (error: ThermiaError, failures: number): ThermiaError =>
  error.kind === 'sign_in_page_changed' &&
  error.facts.during === PAGE_STEP &&
  error.facts.code === undefined &&
  failures < BELIEVED
    ? new ThermiaError('service_down', error.message, error.facts)
    : error;

/**
 * How long to leave a kept password alone after its `failures`-th failure in a row, in milliseconds: each time twice as
 * long, from a minute to an hour; from an hour to six where somebody or something has to change first, though always an
 * hour where no password is sent. Null for a password that is or may be rejected: only the person may try again.
 */
export const signInPause = (
  error: Pick<ThermiaError, 'kind' | 'facts'>,
  failures: number,
  random: number,
): number | null => {
  if (mayBeRejected(error)) return null;
  const { kind, facts } = error;
  const [first, longest] = isPassing(kind) ? [1, 60] : [60, facts.during === PAGE_STEP ? 60 : 360];
  const minutes = Math.min(first * 2 ** (failures - 1), longest) * (1 + random / 4);
  return Math.max(minutes * MINUTE, facts.retryAfterMs ?? 0);
};
