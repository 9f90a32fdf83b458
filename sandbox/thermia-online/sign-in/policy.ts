/** How sign-ins and tokens behave. May be changed while the service runs. */
export interface SessionPolicy {
  accessTokenLifeS: number;
  /** `lenient`: a refresh token may be used again after it was rotated; `strict`: it is dead at once. */
  refreshReuse: 'lenient' | 'strict';
  /**
   * Milliseconds from the password sign-in to the end of the whole chain of refresh tokens, which rotation does not
   * move; null: each rotated token lives for `slidingLifeMs` from its own issue.
   */
  absoluteLifeMs: number | null;
  slidingLifeMs: number;
  codeLifeMs: number;
  /** How long a login page can be answered. */
  pageLifeMs: number;
  /** Terms wait to be accepted on the web: no code is given out. */
  consentNeeded: boolean;
  /** Wrong passwords until an account is locked, and for how long. */
  lockAfter: number;
  lockForMs: number;
  /** Refresh answers carry a new refresh token. Without, the old one goes on. */
  rotate: boolean;
  /** `refresh_token_expires_in` is in the answer. */
  sayRefreshLife: boolean;
  /** Numbers of the token answer as strings. */
  numbersAsStrings: 'never' | 'sometimes' | 'always';
}

export const usualPolicy: SessionPolicy = {
  accessTokenLifeS: 3600,
  refreshReuse: 'lenient',
  absoluteLifeMs: 24 * 3_600_000,
  slidingLifeMs: 14 * 24 * 3_600_000,
  codeLifeMs: 5 * 60_000,
  pageLifeMs: 20 * 60_000,
  consentNeeded: false,
  lockAfter: 10,
  lockForMs: 60_000,
  rotate: true,
  sayRefreshLife: true,
  numbersAsStrings: 'sometimes',
};
