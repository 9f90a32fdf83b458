import type { ErrorKind } from '../errors.js';
import type { Availability } from './types.js';

/** Only a person can end these; the account asks no more until it is told that one has. */
export const NEEDS_A_PERSON: readonly ErrorKind[] = ['sign_in_needed', 'wrong_credentials', 'consent_needed'];

/** What was observed of a pump. Times are milliseconds since 1970. */
export interface Observed {
  readonly now: number;
  readonly watchedSince: number;
  /** A good list does not have it, since then. */
  readonly goneSince: number | null;
  /** What the last list said of its connection. */
  readonly online: boolean | null;
  /** When it was last connected, or when it was first seen not to be. */
  readonly offlineSince: number | null;
  readonly lastGoodAt: number | null;
  readonly failures: number;
  readonly error: ErrorKind | null;
  readonly staleMs: number;
  readonly unavailableMs: number;
}

/**
 * In this order: not in the account, signed out, offline, never read, old. One failure proves nothing, neither at the
 * start nor later: it is the age of what is known that counts.
 */
export const availabilityOf = (observed: Observed): Availability => {
  const { now, watchedSince, goneSince, offlineSince, lastGoodAt, failures, error } = observed;
  const since = lastGoodAt ?? watchedSince;
  if (goneSince !== null) return { state: 'unavailable', since: goneSince, reason: 'pump_gone' };
  if (error !== null && NEEDS_A_PERSON.includes(error)) return { state: 'unavailable', since, reason: error };
  if (observed.online === false) {
    return { state: 'unavailable', since: offlineSince ?? since, reason: 'pump_offline' };
  }
  if (lastGoodAt === null) {
    return error === null || failures < 2
      ? { state: 'starting' }
      : { state: 'unavailable', since, reason: error };
  }
  const age = now - lastGoodAt;
  if (age <= observed.staleMs) return { state: 'available' };
  const state = age > observed.unavailableMs && failures > 0 ? 'unavailable' : 'stale';
  return { state, since, reason: error ?? 'timeout' };
};
