import { b2cError, CLIENT_ID, digest, jwe, jwt, LOGIN_PATH, uuid, type B2cError } from './b2c.js';
import type { SessionPolicy } from './policy.js';

/** A refresh token: to whom, from which password sign-in, until when. Only its digest is kept. */
interface RefreshRecord {
  readonly username: string;
  readonly signedInAt: number;
  readonly issuedAt: number;
  readonly expiresAt: number;
  state: 'fresh' | 'rotated' | 'revoked';
}

export interface TokenMemory {
  readonly refresh: Readonly<Record<string, RefreshRecord>>;
  readonly access: Readonly<Record<string, { readonly username: string; readonly expiresAt: number }>>;
}

type TokenAnswer = Readonly<Record<string, string | number>>;

export interface TokenStore {
  /** After a password sign-in. */
  issue(username: string, scope: string): TokenAnswer;
  refresh(token: string, scope: string): { readonly answer: TokenAnswer } | { readonly refused: B2cError };
  /** Whose access token this is; null when it is unknown or has ended. */
  bearer(token: string): string | null;
  revokeRefreshTokens(): number;
  expireAccessTokens(): void;
  memory(): TokenMemory;
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

export const createTokenStore = (
  policy: () => SessionPolicy,
  now: () => number,
  random: () => number,
  origin: () => string,
  kept: TokenMemory | null,
): TokenStore => {
  const refreshTokens = new Map<string, RefreshRecord>(
    Object.entries(kept?.refresh ?? {}).map(([key, record]) => [key, { ...record }]),
  );
  const accessTokens = new Map(Object.entries(kept?.access ?? {}));

  const forgetEnded = (): void => {
    for (const [key, { expiresAt }] of accessTokens) if (expiresAt <= now()) accessTokens.delete(key);
    const day = 86_400_000;
    for (const [key, { expiresAt }] of refreshTokens) if (expiresAt + day <= now()) refreshTokens.delete(key);
  };

  const claims = (username: string, at: number, lifeS: number): object => ({
    iss: `${origin()}${LOGIN_PATH}/v2.0/`,
    sub: digest(username).slice(0, 36),
    aud: CLIENT_ID,
    exp: seconds(at) + lifeS,
    nbf: seconds(at),
    iat: seconds(at),
    jti: uuid(),
    tfp: 'B2C_1A_SignUpOrSigninOnline',
  });

  const make = (
    username: string,
    at: number,
    signedInAt: number,
    scope: string,
    rotate: boolean,
  ): TokenAnswer => {
    forgetEnded();
    const { accessTokenLifeS, absoluteLifeMs, slidingLifeMs, sayRefreshLife, numbersAsStrings } = policy();
    const accessToken = jwt(claims(username, at, accessTokenLifeS));
    accessTokens.set(digest(accessToken), { username, expiresAt: at + accessTokenLifeS * 1000 });
    const numbers: Record<string, number> = {
      not_before: seconds(at),
      expires_in: accessTokenLifeS,
      expires_on: seconds(at) + accessTokenLifeS,
    };
    const texts: Record<string, string> = {
      access_token: accessToken,
      token_type: 'Bearer',
      resource: CLIENT_ID,
      profile_info: Buffer.from(JSON.stringify({ ver: '1.0', tid: uuid(), sub: null })).toString('base64url'),
      scope: [CLIENT_ID, ...scope.split(/\s+/).filter((one) => one !== CLIENT_ID && one !== '')].join(' '),
    };
    if (/\bopenid\b/.test(scope)) {
      texts['id_token'] = jwt(claims(username, at, accessTokenLifeS));
      numbers['id_token_expires_in'] = accessTokenLifeS;
    }
    if (rotate) {
      const expiresAt = absoluteLifeMs === null ? at + slidingLifeMs : signedInAt + absoluteLifeMs;
      const token = jwe(1400);
      refreshTokens.set(digest(token), { username, signedInAt, issuedAt: at, expiresAt, state: 'fresh' });
      texts['refresh_token'] = token;
      if (sayRefreshLife) numbers['refresh_token_expires_in'] = Math.max(0, seconds(expiresAt - at));
    }
    const asText = numbersAsStrings === 'always' || (numbersAsStrings === 'sometimes' && random() < 0.3);
    const shown = Object.entries(numbers).map(
      ([key, value]) => [key, asText ? String(value) : value] as const,
    );
    return { ...texts, ...Object.fromEntries(shown) };
  };

  return {
    issue: (username, scope) => {
      const at = now();
      return make(username, at, at, scope, true);
    },
    refresh: (token, scope) => {
      const refuse = (code: string, text: string): { readonly refused: B2cError } => ({
        refused: b2cError('invalid_grant', code, text),
      });
      if (token.split('.').length !== 5) {
        return refuse('AADB2C90090', 'The provided JWE is not a valid 5 segment token.');
      }
      const record = refreshTokens.get(digest(token));
      if (record === undefined) {
        return refuse('AADB2C90088', 'The provided grant has not been issued for this endpoint.');
      }
      if (record.expiresAt <= now()) {
        const times = `Current time: ${seconds(now())}, Grant issued time: ${seconds(record.issuedAt)}, Grant expiration time: ${seconds(record.expiresAt)}`;
        return refuse(
          'AADB2C90080',
          `The provided grant has expired. Please re-authenticate and try again. ${times}`,
        );
      }
      if (record.state === 'revoked' || (record.state === 'rotated' && policy().refreshReuse === 'strict')) {
        return refuse(
          'AADB2C90129',
          'The provided grant has been revoked. Please re-authenticate and try again.',
        );
      }
      const { rotate } = policy();
      if (rotate) record.state = 'rotated';
      return { answer: make(record.username, now(), record.signedInAt, scope, rotate) };
    },
    bearer: (token) => {
      const record = accessTokens.get(digest(token));
      return record !== undefined && record.expiresAt > now() ? record.username : null;
    },
    revokeRefreshTokens: () => {
      const alive = [...refreshTokens.values()].filter(({ state }) => state !== 'revoked');
      for (const record of alive) record.state = 'revoked';
      return alive.length;
    },
    expireAccessTokens: () => {
      accessTokens.clear();
    },
    memory: () => ({
      refresh: Object.fromEntries(refreshTokens),
      access: Object.fromEntries(accessTokens),
    }),
  };
};
