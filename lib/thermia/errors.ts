import { redact } from './redact.js';

/**
 * Why something did not work, in the caller's terms. Texts are for logs; decisions and translations go by kind.
 *
 * Sign-in: `wrong_credentials` also covers accounts of the Thermia Connect app, which the service does not tell apart.
 * `sign_in_refused` is a refusal that nobody knows. `sign_in_needed` means that the chain of refresh tokens has ended and
 * no password is kept; `session_failed` that the token endpoint answered oddly, which says nothing of the request that
 * wanted a token, and passes or does not.
 * Writing: `superseded` is a value that somebody else's newer wish took the place of.
 */
export const ERROR_KINDS = [
  'wrong_credentials',
  'consent_needed',
  'sign_in_page_changed',
  'locked_out',
  'sign_in_refused',
  'sign_in_needed',
  'not_a_refresh_token',
  'session_failed',
  'unauthorized',
  'throttled',
  'service_down',
  'network',
  'timeout',
  'unexpected_answer',
  'origin_refused',
  'storage',
  'not_found',
  'rejected',
  'not_supported',
  'not_writable',
  'out_of_range',
  'not_confirmed',
  'superseded',
  'pump_offline',
  'pump_gone',
  'stopped',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface ErrorFacts {
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** What the service asked for in `Retry-After`, milliseconds. */
  readonly retryAfterMs?: number;
  /** The service's own code, for instance `AADB2C90053`. */
  readonly code?: string;
  /** What was being done: an endpoint's name or a control's id, never a URL with secrets. */
  readonly during?: string;
  /** For `out_of_range`. */
  readonly limits?: { readonly min: number; readonly max: number };
  readonly cause?: unknown;
}

export class ThermiaError extends Error {
  readonly kind: ErrorKind;
  readonly facts: Omit<ErrorFacts, 'cause'>;

  constructor(kind: ErrorKind, message: string, facts: ErrorFacts = {}) {
    const { cause, ...rest } = facts;
    super(redact(message), cause === undefined ? undefined : { cause });
    this.name = 'ThermiaError';
    this.kind = kind;
    this.facts = rest;
  }
}

export const isThermiaError = (error: unknown, ...kinds: readonly ErrorKind[]): error is ThermiaError =>
  error instanceof ThermiaError && (kinds.length === 0 || kinds.includes(error.kind));
