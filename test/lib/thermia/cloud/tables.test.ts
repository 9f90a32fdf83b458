import { describe, expect, it } from 'vitest';
import { addressesAt } from '../../../../lib/thermia/cloud/addresses.js';
import { readPastedToken } from '../../../../lib/thermia/cloud/refresh-token.js';
import { parseRetryAfter } from '../../../../lib/thermia/cloud/retry-after.js';
import {
  formatStamp,
  ianaZone,
  parseStamp,
  parseUtcStamp,
} from '../../../../lib/thermia/cloud/timestamps.js';
import { isThermiaError, ThermiaError } from '../../../../lib/thermia/errors.js';
import { redact } from '../../../../lib/thermia/redact.js';

const kindOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isThermiaError(error)) return error.kind;
    throw error;
  }
  return 'nothing thrown';
};

describe('Retry-After', () => {
  const now = Date.parse('2026-01-15T12:00:00Z');
  it.each<[string | null, number | null]>([
    [null, null],
    ['', null],
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7000],
    ['Thu, 15 Jan 2026 12:01:30 GMT', 90_000],
    ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
    ['999999999', 6 * 3_600_000],
    ['soon', null],
  ])('%s', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe('where a token may go', () => {
  it.each([
    'https://online-classic-serviceapi.azurewebsites.net/api',
    'https://online.thermia.se/api',
    'https://new.service.thermia.com/',
  ])('%s', (url) => {
    expect(() => addressesAt().assertAllowed(new URL(url))).not.toThrow();
  });

  it.each([
    'http://online-classic-serviceapi.azurewebsites.net/',
    'https://online-classic-serviceapi.azurewebsites.net:8443/',
    'https://evil-serviceapi.azurewebsites.net/',
    'https://online-classic-serviceapi.azurewebsites.net.evil.example/',
    'https://thermia.se.evil.example/',
    'https://eviLthermia.se/',
    'https://thermia.se/',
    'https://online.thermia.se@evil.example/',
    'http://127.0.0.1:4860/',
  ])('not %s', (url) => {
    expect(kindOf(() => addressesAt().assertAllowed(new URL(url)))).toBe('origin_refused');
  });

  it('takes the origin it was given, exactly', () => {
    const sandbox = addressesAt('http://127.0.0.1:4860');
    expect(() => sandbox.assertAllowed(new URL('http://127.0.0.1:4860/api'))).not.toThrow();
    expect(kindOf(() => sandbox.assertAllowed(new URL('http://127.0.0.1:4861/api')))).toBe('origin_refused');
  });

  it('puts everything under the given origin', () => {
    const { configuration, token, fallbackApiBase } = addressesAt('https://thermia.example');
    expect(configuration.href).toBe('https://thermia.example/api/configuration');
    expect(token.href).toBe(
      'https://thermia.example/thermialogin.onmicrosoft.com/b2c_1a_signuporsigninonline/oauth2/v2.0/token',
    );
    expect(fallbackApiBase.origin).toBe('https://thermia.example');
  });
});

describe('a pasted refresh token', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwt = (claims: unknown): string => `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
  it.each([
    ['eyJa.b.c.d.e', 'eyJa.b.c.d.e'],
    ['  "eyJa.b-_.c.d.e",\n', 'eyJa.b-_.c.d.e'],
  ])('is taken: %s', (text, token) => {
    expect(readPastedToken(text)).toBe(token);
  });
  it.each<[string, string, string]>([
    ['an access token', jwt({ scp: 'read', aud: 'x' }), 'access_token'],
    ['an id token', jwt({ nonce: 'x', aud: 'x' }), 'id_token'],
    ['a token that cannot be looked into', 'eyJhIjox.%%%.x', 'access_token'],
    ['nothing', '   ', 'unknown'],
    ['a password', 'correct horse battery staple', 'unknown'],
    ['five parts with a space', 'eyJ a.b.c.d.e', 'unknown'],
    ['four parts', 'eyJa.b.c.d', 'unknown'],
  ])('is told from %s', (_name, text, code) => {
    try {
      readPastedToken(text);
      expect.unreachable();
    } catch (error) {
      expect(isThermiaError(error, 'not_a_refresh_token')).toBe(true);
      if (isThermiaError(error)) expect(error.facts.code).toBe(code);
    }
  });
});

describe('lesson 26: time stamps without a zone', () => {
  it.each<[string | null, string | null, string | null]>([
    ['2024-10-13T16:44:16.407', 'Europe/Stockholm', '2024-10-13T14:44:16.407Z'],
    ['2024-12-12T17:01:03', 'Europe/Stockholm', '2024-12-12T16:01:03.000Z'],
    ['2024-10-13T16:44:36.3641213', 'Europe/Helsinki', '2024-10-13T13:44:36.364Z'],
    ['2024-10-13T16:44:16Z', 'Europe/Stockholm', '2024-10-13T16:44:16.000Z'],
    ['2024-10-13T16:44:16+03:00', null, '2024-10-13T13:44:16.000Z'],
    // In the hour that occurs twice the first one is meant; the hour that does not exist moves on.
    ['2024-10-27T02:30:00', 'Europe/Stockholm', '2024-10-27T00:30:00.000Z'],
    ['2024-03-31T02:30:00', 'Europe/Stockholm', '2024-03-31T01:30:00.000Z'],
    ['2024-10-13T16:44:16', null, null],
    ['-', 'Europe/Stockholm', null],
    ['', 'UTC', null],
    ['2024-13-40T99:00:00Z', 'UTC', null],
    [null, 'UTC', null],
  ])('%s in %s', (text, zone, expected) => {
    const parsed = parseStamp(text, zone);
    expect(parsed === null ? null : new Date(parsed).toISOString()).toBe(expected);
  });

  it('reads the list as UTC', () => {
    expect(parseUtcStamp('2024-10-13T13:44:16.407')).toBe(Date.parse('2024-10-13T13:44:16.407Z'));
  });

  it.each<[string | null, string | null]>([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['FLE Standard Time', 'Europe/Kiev'],
    ['Europe/Stockholm', 'Europe/Stockholm'],
    ['Nowhere Standard Time', null],
    ['', null],
    [null, null],
  ])('zone %s', (name, expected) => {
    expect(ianaZone(name)).toBe(expected);
  });

  it('writes local time without a zone', () => {
    expect(formatStamp(Date.parse('2026-07-01T10:00:00.500Z'), 'Europe/Stockholm')).toBe(
      '2026-07-01T12:00:00',
    );
  });
});

describe('lesson 32: nothing secret in a text', () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
  it.each([
    [`Authorization: Bearer ${token}`, 'Bearer', token],
    [`refresh_token=abc.def&x=1`, 'x=1', 'abc.def'],
    [`{"refresh_token":"abc","access_token" : "def"}`, 'refresh_token', 'abc'],
    [`https://online.thermia.se/login?code=${token}`, 'online.thermia.se', token],
    [`signInName=somebody%40x&password=hunter2`, 'password', 'hunter2'],
    [`signInName=somebody%40x&password=hunter2`, 'signInName', 'somebody'],
    [`{"csrf":"c2VjcmV0","x":1}`, '"x":1', 'c2VjcmV0'],
    [JSON.stringify(`{"csrf":"c2VjcmV0","x":1}`), 'x', 'c2VjcmV0'],
    [JSON.stringify(JSON.stringify(`{"csrf":"c2VjcmV0"}`)), 'csrf', 'c2VjcmV0'],
    [`{"password":"half\\"rest","x":1}`, '"x":1', 'rest'],
    [`user=some.body%2Btag%40example.se&x=1`, 'x=1', 'body'],
    [`åsa@exämple.se is unknown`, 'is unknown', 'åsa'],
    [`user@почта.рф is unknown`, 'is unknown', 'почта'],
    [`"transId":"something","x":1`, '"x":1', 'something'],
    [`SelfAsserted?tx=StateProperties=eyJUSUQi&p=B2C`, 'p=B2C', 'eyJUSUQi'],
    [`"transId":"StateProperties=QUJD"`, 'transId', 'QUJD'],
    [`"cookie":"StateProperties=QUJD"`, 'cookie', 'QUJD'],
    [`somebody.else+tag@example.co.uk is unknown`, 'is unknown', 'somebody.else'],
  ])('%s', (text, stays, goes) => {
    const clean = new ThermiaError('rejected', text).message;
    expect(clean).toContain(stays);
    expect(clean).not.toContain(goes);
    expect(redact(clean)).toBe(clean);
  });

  it('leaves the service’s own codes', () => {
    for (const text of [
      'token: invalid_grant AADB2C90080: The provided grant has expired.',
      'sign-in failed kind=locked_out code=AADB2C90114',
    ]) {
      expect(redact(text)).toBe(text);
    }
  });
});
