import { NEEDS_A_PERSON } from '../thermia/account/availability.js';
import type { Availability } from '../thermia/account/types.js';
import type { SessionState } from '../thermia/cloud/types.js';
import type { ErrorKind } from '../thermia/errors.js';

/** What was last told to people about something that is either well or broken. `since`: milliseconds since 1970. */
export interface Episode {
  readonly broken: boolean;
  readonly since: number;
}

/** Where a device keeps its own. */
export const CONNECTION_EPISODE = 'episode.connection';
export const SIGN_IN_EPISODE = 'episode.sign_in';

export interface Step {
  readonly episode: Episode | null;
  /** What is to be told now: the episode's begin or its end, once each. */
  readonly edge: 'begun' | 'ended' | null;
}

/** Whether something is well now; null while that cannot be said, which changes nothing. */
export type Health = 'well' | 'broken' | null;

export const stepEpisode = (episode: Episode | null, health: Health, now: number): Step => {
  if (health === null) return { episode, edge: null };
  const broken = health === 'broken';
  if (episode?.broken === broken) return { episode, edge: null };
  const edge = broken ? 'begun' : episode === null ? null : 'ended';
  return { episode: { broken, since: now }, edge };
};

/** Reasons that a new sign-in may end. */
export const SIGN_IN_KINDS: readonly ErrorKind[] = [
  'wrong_credentials',
  'consent_needed',
  'sign_in_page_changed',
  'locked_out',
  'sign_in_refused',
  'sign_in_needed',
  'not_a_refresh_token',
  'unauthorized',
];
export const isSignInKind = (kind: ErrorKind): boolean => SIGN_IN_KINDS.includes(kind);

/** What the session tells as a lost sign-in is no lost connection, too; whatever else a pump is away for is one. */
const NO_CONNECTION_MATTER: readonly ErrorKind[] = [...NEEDS_A_PERSON, 'stopped'];

export const connectionHealth = (availability: Availability): Health => {
  if (availability.state === 'available') return 'well';
  if (availability.state !== 'unavailable') return null;
  return NO_CONNECTION_MATTER.includes(availability.reason) ? null : 'broken';
};

/** Signing out is the person's own doing and no news. */
export const signInHealth = (session: SessionState): Health =>
  session.state === 'signed_in' ? 'well' : session.state === 'sign_in_needed' ? 'broken' : null;

export const isEpisode = (value: unknown): value is Episode =>
  typeof value === 'object' &&
  value !== null &&
  'broken' in value &&
  typeof value.broken === 'boolean' &&
  'since' in value &&
  typeof value.since === 'number';
