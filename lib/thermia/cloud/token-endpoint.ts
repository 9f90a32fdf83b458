import * as z from 'zod';
import { isThermiaError, ThermiaError } from '../errors.js';
import type { Clock, Random } from '../ports.js';
import { type Addresses, CLIENT_ID } from './addresses.js';
import { isPage, readAs, readJson } from './answer.js';
import type { Http, HttpAnswer } from './http.js';
import { compose } from './policies/policy.js';
import { createThrottleGate } from './policies/throttled.js';
import { createTimeLimit } from './policies/time-limit.js';

/** What a token request gave: one token at least. Times are lengths, so that a wrong clock does no harm. */
export interface Grant {
  /** Null in an odd answer, which may bring the only refresh token that still works all the same. */
  readonly accessToken: string | null;
  readonly expiresInMs: number;
  readonly refreshToken: string | null;
  /** How long the refresh token lasts, where the service says. */
  readonly refreshExpiresInMs: number | null;
}

export interface TokenEndpoint {
  /** Throws `sign_in_needed` for `invalid_grant` and only then, `session_failed` for what is neither that nor passing. */
  request(form: Readonly<Record<string, string>>): Promise<Grant>;
  refresh(refreshToken: string, redirect: string): Promise<Grant>;
  /** Throws `throttled` where a request would not be sent now: for who is about to spend something on the way here. */
  assertOpen(): void;
}

const LIMIT_MS = 30_000;
const DEFAULT_LIFE_S = 3600;

const seconds = z.coerce.number().positive().nullable().catch(null);
const token = z.string().min(1).nullable().catch(null);
const answerSchema = z
  .object({
    access_token: token,
    expires_in: seconds,
    refresh_token: token,
    refresh_token_expires_in: seconds,
  })
  .refine((answer) => answer.access_token !== null || answer.refresh_token !== null, 'no token');
const errorSchema = z.object({ error: z.string(), error_description: z.string().catch('') });

/** The number that every refusal of Azure AD B2C carries somewhere. */
export const b2cCode = (text: string): string | undefined => /AADB2C\d+/.exec(text)?.[0];

const PASSING = new Set(['temporarily_unavailable', 'server_error']);

const refusal = (answer: HttpAnswer): ThermiaError | null => {
  if (answer.status < 400 || answer.status >= 500 || answer.status === 429 || isPage(answer)) return null;
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    return null;
  }
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return null;
  const { error, error_description: description } = parsed.data;
  const kind =
    error === 'invalid_grant' ? 'sign_in_needed' : PASSING.has(error) ? 'service_down' : 'session_failed';
  return new ThermiaError(kind, `token: ${error} ${description.slice(0, 200)}`, {
    during: 'token',
    status: answer.status,
    code: b2cCode(description) ?? error,
  });
};

/** What these kinds say of the API must not be believed of it because the token endpoint said so. */
const asSessionError = (error: unknown): unknown =>
  isThermiaError(error, 'rejected', 'not_found', 'unauthorized', 'unexpected_answer')
    ? new ThermiaError('session_failed', error.message, error.facts)
    : error;

export const createTokenEndpoint = ({
  http,
  addresses,
  clock,
  random,
}: {
  http: Http;
  addresses: Addresses;
  clock: Clock;
  random: Random;
}): TokenEndpoint => {
  const gate = createThrottleGate({ clock, random });
  const policy = compose(gate(), createTimeLimit({ clock, limitMs: LIMIT_MS }));
  /** Nobody may end a token request: an answer that is not waited for may be a token lost. */
  const { signal: endless } = new AbortController();
  const request = async (form: Readonly<Record<string, string>>): Promise<Grant> => {
    const body = new URLSearchParams({ client_id: CLIENT_ID, scope: CLIENT_ID, ...form }).toString();
    const exchange = async (signal: AbortSignal): Promise<z.output<typeof answerSchema>> => {
      const answer = await http.send(
        {
          endpoint: 'token',
          method: 'POST',
          url: addresses.token,
          headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
          body,
        },
        signal,
      );
      const refused = refusal(answer);
      if (refused !== null) throw refused;
      return readAs(answerSchema, readJson(answer, 'token', clock.now()), 'token');
    };
    const tokens = await policy.run(exchange, endless).catch((error: unknown) => {
      throw asSessionError(error);
    });
    const life = tokens.refresh_token_expires_in;
    return {
      accessToken: tokens.access_token,
      expiresInMs: (tokens.expires_in ?? DEFAULT_LIFE_S) * 1000,
      refreshToken: tokens.refresh_token,
      refreshExpiresInMs: life === null ? null : life * 1000,
    };
  };
  return {
    request,
    assertOpen: gate.assertOpen,
    refresh: (refreshToken, redirect) =>
      request({ grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: redirect }),
  };
};
