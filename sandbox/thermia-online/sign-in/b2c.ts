import { createHash, randomBytes } from 'node:crypto';

/** What the tenant, the policy and the public client are called. */
export const TENANT = 'thermialogin.onmicrosoft.com';
export const POLICY = 'B2C_1A_SignUpOrSigninOnline';
export const LOGIN_PATH = `/${TENANT}/${POLICY.toLowerCase()}`;
export const CLIENT_ID = '09ea4903-9e95-45fe-ae1f-e3b7d32fa385';
export const REDIRECT_URIS: readonly string[] = [
  'https://online.thermia.se/login',
  'https://www.online.thermia.se/login',
];

/** An error of the service: OAuth's word, the service's own code and sentence. */
export interface B2cError {
  readonly error: string;
  readonly code: string;
  readonly text: string;
}

export const b2cError = (error: string, code: string, text: string): B2cError => ({ error, code, text });

/** As `error_description` spells it. */
export const description = ({ code, text }: B2cError, now: number): string => {
  const stamp = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
  return `${code}: ${text}\r\nCorrelation ID: ${uuid()}\r\nTimestamp: ${stamp}Z\r\n`;
};

export const uuid = (): string => {
  const hex = randomBytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

export const noise = (bytes: number): string => randomBytes(bytes).toString('base64url');

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const jweHeader = part({ kid: 'cpimcore_09252015', ver: '1.0', zip: 'Deflate', ser: '1.0' });

/** Five parts, opaque: an authorization code (about 700 characters) or a refresh token (about 1,400). */
export const jwe = (length: number): string =>
  [jweHeader, noise(256), noise(12), noise(Math.floor(((length - 480) * 3) / 4)), noise(16)].join('.');

/** Three parts: what access and id tokens look like. Nobody here can check the signature. */
export const jwt = (claims: object): string =>
  [part({ alg: 'RS256', kid: noise(16), typ: 'JWT' }), part(claims), noise(256)].join('.');

/** Only a digest of a secret is kept. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
