import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import { CookieJar } from 'tough-cookie';
import * as z from 'zod';
import { type ErrorFacts, type ErrorKind, isThermiaError, ThermiaError } from '../errors.js';
import type { Clock, Credentials } from '../ports.js';
import { redact } from '../redact.js';
import { type Addresses, CLIENT_ID, POLICY } from './addresses.js';
import { assertSuccess, readAs, readJson } from './answer.js';
import { header, type Http, type HttpAnswer, type HttpRequest } from './http.js';
import { createTimeLimit } from './policies/time-limit.js';
import { CREDENTIALS_STEP, PAGE_STEP } from './sign-in-backoff.js';
import { isSignInService, type PageSettings, readSignInPage } from './sign-in-page.js';
import { b2cCode, type Grant, type TokenEndpoint } from './token-endpoint.js';

/**
 * The password sign-in of Azure AD B2C as the web application does it: page, credentials, confirmation, tokens. One try;
 * a fresh cookie jar each time, because an older session's cookies change what the pages do.
 */

const STEP_LIMIT_MS = 30_000;

/** Codes of refused credentials, as Microsoft lists them: no such user, wrong password, locked by too many tries. */
const REFUSALS: Readonly<Record<string, ErrorKind>> = {
  AADB2C90052: 'wrong_credentials',
  AADB2C90053: 'wrong_credentials',
  AADB2C90054: 'wrong_credentials',
  AADB2C90225: 'wrong_credentials',
  AADB2C99002: 'wrong_credentials',
  AADB2C90111: 'locked_out',
  AADB2C90114: 'locked_out',
  AADB2C90157: 'locked_out',
};

const selfAssertedSchema = z.object({
  status: z.coerce.string(),
  errorCode: z.string().optional().catch(undefined),
  message: z.string().catch(''),
});

export interface SignInParts {
  readonly http: Http;
  readonly addresses: Addresses;
  readonly clock: Clock;
  readonly tokens: TokenEndpoint;
  readonly stopped: AbortSignal;
}

const fail = (kind: ErrorKind, step: string, text: string, facts: ErrorFacts = {}): ThermiaError =>
  new ThermiaError(kind, `${step}: ${text}`, { during: step, ...facts });

const withCode = (text: string): Pick<ErrorFacts, 'code'> => {
  const code = b2cCode(text);
  return code === undefined ? {} : { code };
};

const readPage = (answer: HttpAnswer, now: number): PageSettings => {
  const step = PAGE_STEP;
  const problem = b2cCode(`${header(answer, 'location') ?? ''} ${answer.text}`);
  if (answer.status >= 300 && answer.status < 500 && problem !== undefined) {
    throw fail('sign_in_page_changed', step, `refused with ${problem}`, {
      status: answer.status,
      code: problem,
    });
  }
  assertSuccess(answer, step, now);
  const settings = readSignInPage(answer.text);
  if (settings !== null) return settings;
  throw fail(
    'sign_in_page_changed',
    step,
    `begins with ${JSON.stringify(redact(answer.text.slice(0, 2000)).slice(0, 200))}`,
  );
};

const checkCredentialsAnswer = (answer: HttpAnswer, now: number): void => {
  const step = CREDENTIALS_STEP;
  if (answer.status === 400 || answer.status === 403) {
    const facts = { status: answer.status, ...withCode(answer.text) };
    const kind = REFUSALS[facts.code ?? ''] ?? 'sign_in_page_changed';
    throw fail(kind, step, `refused (${answer.status})`, facts);
  }
  const { status, errorCode, message } = readAs(selfAssertedSchema, readJson(answer, step, now), step);
  if (status === '200') return;
  const code = errorCode ?? b2cCode(message);
  const kind = code === undefined ? 'wrong_credentials' : (REFUSALS[code] ?? 'sign_in_refused');
  throw fail(kind, step, message, code === undefined ? {} : { code });
};

/** Whether a redirect stays with the sign-in service, and with the policy. */
const isWithin = (location: string, { confirmed, policy }: Addresses): boolean => {
  if (location === '' || !URL.canParse(location, confirmed.href)) return false;
  const url = new URL(location, confirmed);
  return url.origin === policy.origin && url.pathname.toLowerCase().startsWith(`${policy.pathname}/`);
};

/**
 * The code in the redirect. What the sign-in service itself shows in its place waits for the person's consent; anything
 * else is somebody else's page, and passes.
 */
const readCode = (answer: HttpAnswer, redirect: string, addresses: Addresses, now: number): string => {
  const step = 'confirmation';
  const location = header(answer, 'location') ?? '';
  const isRedirect = answer.status >= 300 && answer.status < 400;
  if (isRedirect && location.startsWith(`${redirect}?`)) {
    const parameters = new URL(location).searchParams;
    const code = parameters.get('code');
    if (code !== null && code !== '') return code;
    const description = parameters.get('error_description') ?? '';
    const error = parameters.get('error');
    if (error !== null) {
      const code = b2cCode(description) ?? error;
      throw fail(REFUSALS[code] ?? 'sign_in_refused', step, `${error} ${description}`, { code });
    }
    throw fail('consent_needed', step, 'sent back without a code');
  }
  if (isRedirect && isWithin(location, addresses)) throw fail('consent_needed', step, 'sent to another page');
  assertSuccess(answer, step, now);
  const facts = withCode(answer.text);
  if (facts.code === undefined && isSignInService(answer.text)) {
    throw fail('consent_needed', step, 'a page has to be answered first');
  }
  throw fail('service_down', step, `ended with ${facts.code ?? 'something else than a code'}`, facts);
};

export const signInWithPassword = async (
  { http, addresses, clock, tokens, stopped }: SignInParts,
  { username, password }: Credentials,
  redirect: string,
): Promise<Grant> => {
  const jar = new CookieJar(undefined, { looseMode: true, rejectPublicSuffixes: false });
  const limit = createTimeLimit({ clock, limitMs: STEP_LIMIT_MS });
  const step = async (request: HttpRequest): Promise<HttpAnswer> => {
    const url = request.url.href;
    const cookie = await jar.getCookieString(url);
    const headers = { accept: '*/*', ...request.headers, ...(cookie === '' ? {} : { cookie }) };
    const answer = await limit.run((signal) => http.send({ ...request, headers }, signal), stopped);
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      await jar.setCookie(line, url, { ignoreError: true });
    }
    return answer;
  };
  const at = (url: URL, query: Record<string, string>): URL => {
    const full = new URL(url);
    full.search = new URLSearchParams(query).toString();
    return full;
  };

  if (username.trim() === '' || password === '')
    throw fail('wrong_credentials', CREDENTIALS_STEP, 'something was left empty');
  tokens.assertOpen();
  const verifier = generateRandomCodeVerifier();
  const page = readPage(
    await step({
      endpoint: PAGE_STEP,
      method: 'GET',
      url: at(addresses.authorize, {
        client_id: CLIENT_ID,
        scope: CLIENT_ID,
        redirect_uri: redirect,
        response_type: 'code',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    }),
    clock.now(),
  );
  const transaction = { tx: `StateProperties=${page.transaction}`, p: POLICY };
  checkCredentialsAnswer(
    await step({
      endpoint: CREDENTIALS_STEP,
      method: 'POST',
      url: at(addresses.selfAsserted, transaction),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-csrf-token': page.csrf,
      },
      body: new URLSearchParams({ request_type: 'RESPONSE', signInName: username, password }).toString(),
    }),
    clock.now(),
  );
  const code = readCode(
    await step({
      endpoint: 'confirmation',
      method: 'GET',
      url: at(addresses.confirmed, { csrf_token: page.csrf, ...transaction }),
    }),
    redirect,
    addresses,
    clock.now(),
  );
  try {
    return await tokens.request({
      grant_type: 'authorization_code',
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
    });
  } catch (error) {
    throw codeRefusal(error);
  }
};

/** A refused code says nothing of the password, and nothing of a chain. */
const codeRefusal = (error: unknown): unknown => {
  if (!isThermiaError(error, 'sign_in_needed', 'session_failed')) return error;
  const kind = error.facts.code === 'AADB2C90083' ? 'consent_needed' : 'unexpected_answer';
  return new ThermiaError(kind, error.message, error.facts);
};
