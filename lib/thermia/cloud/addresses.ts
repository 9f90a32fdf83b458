import { ThermiaError } from '../errors.js';

/** Where the service lives and what it calls things. All of it is public and the same for every user; the id is the scope too. */
export const CLIENT_ID = '09ea4903-9e95-45fe-ae1f-e3b7d32fa385';
export const POLICY = 'B2C_1A_SignUpOrSigninOnline';

/** Where the web application lets itself be sent back to. Tokens came from either; the first is used to sign in. */
export const REDIRECTS = [
  'https://online.thermia.se/login',
  'https://www.online.thermia.se/login',
] as const satisfies readonly [string, ...string[]];

const WEB_ORIGIN = 'https://online.thermia.se';
const LOGIN_ORIGIN = 'https://thermialogin.b2clogin.com';
const LOGIN_PATH = '/thermialogin.onmicrosoft.com/b2c_1a_signuporsigninonline';
const API_HOST = 'online-classic-serviceapi.azurewebsites.net';

export interface Addresses {
  readonly configuration: URL;
  /** Everything of the sign-in lies below. */
  readonly policy: URL;
  readonly authorize: URL;
  readonly selfAsserted: URL;
  readonly confirmed: URL;
  readonly token: URL;
  /** Used while the configuration cannot be had. */
  readonly fallbackApiBase: URL;
  /** Throws `origin_refused` where a bearer token must not go. */
  assertAllowed(url: URL): void;
}

/** Anybody can register names under azurewebsites.net, so that one host is matched exactly. */
const isKnown = (url: URL): boolean =>
  url.protocol === 'https:' &&
  url.port === '' &&
  (url.hostname === API_HOST || /^([a-z0-9-]+\.)+thermia\.(se|com)$/.test(url.hostname));

/** `origin` stands in for all hosts of the service. */
export const addressesAt = (origin?: string): Addresses => {
  const override = origin === undefined ? null : new URL(origin);
  const at = (host: string, path: string): URL => new URL(path, override ?? host);
  return {
    configuration: at(WEB_ORIGIN, '/api/configuration'),
    policy: at(LOGIN_ORIGIN, LOGIN_PATH),
    authorize: at(LOGIN_ORIGIN, `${LOGIN_PATH}/oauth2/v2.0/authorize`),
    selfAsserted: at(LOGIN_ORIGIN, `${LOGIN_PATH}/SelfAsserted`),
    confirmed: at(LOGIN_ORIGIN, `${LOGIN_PATH}/api/CombinedSigninAndSignup/confirmed`),
    token: at(LOGIN_ORIGIN, `${LOGIN_PATH}/oauth2/v2.0/token`),
    fallbackApiBase: at(`https://${API_HOST}`, '/'),
    assertAllowed: (url) => {
      if (isKnown(url) || (override !== null && url.origin === override.origin)) return;
      throw new ThermiaError('origin_refused', `No token is sent to ${url.origin}`);
    },
  };
};
