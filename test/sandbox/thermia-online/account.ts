import { createHash, randomBytes } from 'node:crypto';
import type { ThermiaSimulator } from '../../../sandbox/thermia-online/index.js';

/** A plain client of the simulated service, written for its tests: four steps, cookies by hand. */

const CLIENT_ID = '09ea4903-9e95-45fe-ae1f-e3b7d32fa385';
const REDIRECT = 'https://online.thermia.se/login';
export const LOGIN = '/thermialogin.onmicrosoft.com/b2c_1a_signuporsigninonline';
const P = 'B2C_1A_SignUpOrSigninOnline';

/** Where it listens and who may sign in. */
export type Service = Pick<ThermiaSimulator, 'origin' | 'username' | 'password'>;

export interface Page {
  readonly csrf: string;
  readonly tx: string;
  readonly cookies: Map<string, string>;
  readonly verifier: string;
}

const takeCookies = (response: Response, cookies: Map<string, string>): void => {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
};

const cookieHeader = (cookies: Map<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams(fields);

/** The first object after `var SETTINGS`, by matching braces outside strings. */
const settingsOf = (html: string): { csrf: string; transId: string } => {
  const start = html.indexOf('{', html.indexOf('var SETTINGS'));
  let depth = 0;
  let quoted = false;
  for (let index = start; index < html.length; index++) {
    const sign = html[index];
    if (quoted && sign === '\\') index += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '{') depth += 1;
    else if (!quoted && sign === '}' && --depth === 0) {
      return JSON.parse(html.slice(start, index + 1)) as { csrf: string; transId: string };
    }
  }
  throw new Error('no SETTINGS on this page');
};

export const authorizeUrl = (
  { origin }: Service,
  verifier: string,
  change: Record<string, string> = {},
): string => {
  const query = form({
    client_id: CLIENT_ID,
    scope: `${CLIENT_ID} offline_access openid`,
    redirect_uri: REDIRECT,
    response_type: 'code',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  });
  return `${origin}${LOGIN}/oauth2/v2.0/authorize?${query.toString()}`;
};

export const openPage = async (simulator: Service): Promise<Page> => {
  const verifier = randomBytes(32).toString('base64url');
  const response = await fetch(authorizeUrl(simulator, verifier), { redirect: 'manual' });
  const cookies = new Map<string, string>();
  takeCookies(response, cookies);
  const { csrf, transId } = settingsOf(await response.text());
  return { csrf, tx: transId, cookies, verifier };
};

export const givePassword = async (
  { origin }: Service,
  page: Page,
  username: string,
  password: string,
): Promise<Response> => {
  const query = form({ tx: page.tx, p: P });
  const response = await fetch(`${origin}${LOGIN}/SelfAsserted?${query.toString()}`, {
    method: 'POST',
    headers: { 'x-csrf-token': page.csrf, cookie: cookieHeader(page.cookies) },
    body: form({ request_type: 'RESPONSE', signInName: username, password }),
  });
  takeCookies(response, page.cookies);
  return response;
};

export const confirm = async ({ origin }: Service, page: Page): Promise<Response> => {
  const query = form({ csrf_token: page.csrf, tx: page.tx, p: P });
  const response = await fetch(
    `${origin}${LOGIN}/api/CombinedSigninAndSignup/confirmed?${query.toString()}`,
    {
      headers: { cookie: cookieHeader(page.cookies) },
      redirect: 'manual',
    },
  );
  takeCookies(response, page.cookies);
  return response;
};

export const codeOf = (response: Response): string => {
  const code = new URL(response.headers.get('location') ?? 'http://nowhere').searchParams.get('code');
  if (code === null)
    throw new Error(`no code, but ${response.status} ${response.headers.get('location') ?? ''}`);
  return code;
};

export const token = ({ origin }: Service, fields: Record<string, string>): Promise<Response> =>
  fetch(`${origin}${LOGIN}/oauth2/v2.0/token`, {
    method: 'POST',
    body: form({ client_id: CLIENT_ID, ...fields }),
  });

export const redeem = (simulator: Service, code: string, verifier: string): Promise<Response> =>
  token(simulator, {
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT,
    code,
    code_verifier: verifier,
  });

export const refresh = (simulator: Service, refreshToken: string): Promise<Response> =>
  token(simulator, { grant_type: 'refresh_token', refresh_token: refreshToken });

export type TokenAnswer = Record<string, string | number>;

export const signIn = async (simulator: Service): Promise<TokenAnswer> => {
  const page = await openPage(simulator);
  await givePassword(simulator, page, simulator.username, simulator.password);
  const answer = await redeem(simulator, codeOf(await confirm(simulator, page)), page.verifier);
  return (await answer.json()) as TokenAnswer;
};

export interface Caller {
  get(path: string): Promise<Response>;
  json(path: string): Promise<unknown>;
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Asks the API with the bearer token of a fresh sign-in. */
export const caller = async (simulator: Service): Promise<Caller> => {
  const { access_token: bearer } = await signIn(simulator);
  const headers = { authorization: `Bearer ${String(bearer)}` };
  const get = (path: string): Promise<Response> => fetch(simulator.origin + path, { headers });
  return {
    get,
    json: async (path) => (await get(path)).json(),
    send: (method, path, body) =>
      fetch(simulator.origin + path, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
};
