import type { Access } from './policies/unauthorized.js';

/** Refreshed this long before its end, or at half of a short life. */
const EARLY_MS = 5 * 60_000;

/** An access token in use. */
export interface Held extends Access {
  readonly since: number;
  readonly endsAt: number;
  refreshAt: number;
  /** It came after a 401 and has not been accepted yet. */
  doubtful: boolean;
}

export const heldSince = (now: number, access: Access, lifeMs: number): Held => ({
  ...access,
  since: now,
  endsAt: now + lifeMs,
  refreshAt: now + lifeMs - Math.min(EARLY_MS, lifeMs / 2),
  doubtful: false,
});
