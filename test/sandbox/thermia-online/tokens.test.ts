import { describe, expect, test } from 'vitest';
import type { ThermiaSimulator } from '../../../sandbox/thermia-online/index.js';
import {
  caller,
  codeOf,
  confirm,
  givePassword,
  LOGIN,
  openPage,
  redeem,
  refresh,
  signIn,
  token,
  type TokenAnswer,
} from './account.js';
import { handClock } from './clock.js';
import { simulators } from './simulators.js';

const start = simulators();

const HOUR = 3_600_000;
const body = async (response: Response): Promise<Record<string, string>> =>
  (await response.json()) as Record<string, string>;
const refreshToken = (answer: TokenAnswer): string => String(answer['refresh_token']);

describe('codes', () => {
  const withCode = async (simulator: ThermiaSimulator): Promise<{ code: string; verifier: string }> => {
    const page = await openPage(simulator);
    await givePassword(simulator, page, simulator.username, simulator.password);
    return { code: codeOf(await confirm(simulator, page)), verifier: page.verifier };
  };

  test('work once', async () => {
    const simulator = await start();
    const { code, verifier } = await withCode(simulator);
    expect((await redeem(simulator, code, verifier)).status).toBe(200);
    const again = await redeem(simulator, code, verifier);
    expect(again.status).toBe(400);
    expect(await body(again)).toMatchObject({ error: 'invalid_grant' });
  });

  test('need their verifier', async () => {
    const simulator = await start();
    const { code } = await withCode(simulator);
    const answer = await body(await redeem(simulator, code, 'x'.repeat(43)));
    expect(answer['error_description']).toMatch(/^AADB2C90183/);
  });

  test('need their redirect', async () => {
    const simulator = await start();
    const { code, verifier } = await withCode(simulator);
    const answer = await token(simulator, {
      grant_type: 'authorization_code',
      redirect_uri: 'https://www.online.thermia.se/login',
      code,
      code_verifier: verifier,
    });
    expect(await body(answer)).toMatchObject({ error: 'invalid_grant' });
  });

  test('end after minutes', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const { code, verifier } = await withCode(simulator);
    clock.advance(6 * 60_000);
    const answer = await body(await redeem(simulator, code, verifier));
    expect(answer['error_description']).toMatch(/^AADB2C90080/);
  });

  test('an empty code is a missing parameter', async () => {
    const simulator = await start();
    const answer = await body(await redeem(simulator, '', 'x'));
    expect(answer).toMatchObject({ error: 'invalid_request' });
    expect(answer['error_description']).toMatch(
      /^AADB2C90083: The request is missing required parameter: code\.\r\n/,
    );
  });

  test('JSON is not a form', async () => {
    const simulator = await start();
    const response = await fetch(`${simulator.origin}${LOGIN}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'refresh_token' }),
    });
    expect(response.status).toBe(400);
  });
});

describe('the chain of refresh tokens', () => {
  test('rotates; a lenient service takes the old one again', async () => {
    const simulator = await start();
    const first = refreshToken(await signIn(simulator));
    const second = refreshToken((await (await refresh(simulator, first)).json()) as TokenAnswer);
    expect(second).not.toBe(first);
    expect((await refresh(simulator, first)).status).toBe(200);
    expect((await refresh(simulator, second)).status).toBe(200);
    expect(simulator.control.counters()).toMatchObject({ refreshes: 3, passwordSignIns: 1 });
  });

  test('a strict service kills the old one at once', async () => {
    const simulator = await start({ session: { refreshReuse: 'strict' } });
    const first = refreshToken(await signIn(simulator));
    const second = refreshToken((await (await refresh(simulator, first)).json()) as TokenAnswer);
    const again = await refresh(simulator, first);
    expect(again.status).toBe(400);
    expect(await body(again)).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(simulator, second)).status).toBe(200);
  });

  test('ends 24 hours after the password, however often it was rotated', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    let current = await signIn(simulator);
    for (let hour = 1; hour <= 23; hour++) {
      clock.advance(HOUR);
      current = (await (await refresh(simulator, refreshToken(current))).json()) as TokenAnswer;
      expect(current['refresh_token_expires_in']).toBe((24 - hour) * 3600);
    }
    clock.advance(HOUR);
    const answer = await body(await refresh(simulator, refreshToken(current)));
    expect(answer['error']).toBe('invalid_grant');
    expect(answer['error_description']).toMatch(/^AADB2C90080: .*Grant expiration time: \d+\r\n/);
  });

  test('slides when told so', async () => {
    const clock = handClock();
    const simulator = await start({ clock, session: { absoluteLifeMs: null, slidingLifeMs: 30 * HOUR } });
    let current = await signIn(simulator);
    for (let day = 1; day <= 3; day++) {
      clock.advance(24 * HOUR);
      current = (await (await refresh(simulator, refreshToken(current))).json()) as TokenAnswer;
      expect(current['refresh_token_expires_in']).toBe(30 * 3600);
    }
    clock.advance(30 * HOUR);
    expect((await refresh(simulator, refreshToken(current))).status).toBe(400);
  });

  test('a token of three parts is told from one of five', async () => {
    const simulator = await start();
    const answer = await body(await refresh(simulator, String((await signIn(simulator))['access_token'])));
    expect(answer['error_description']).toMatch(/^AADB2C90090/);
  });

  test('access tokens end', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const api = await caller(simulator);
    expect((await api.get('/api/v1/installationsInfo')).status).toBe(200);
    clock.advance(HOUR);
    expect((await api.get('/api/v1/installationsInfo')).status).toBe(401);
  });

  test('without rotation the old token goes on', async () => {
    const simulator = await start({ session: { rotate: false, refreshReuse: 'strict' } });
    const first = refreshToken(await signIn(simulator));
    const answer = (await (await refresh(simulator, first)).json()) as TokenAnswer;
    expect(answer).not.toHaveProperty('refresh_token');
    expect((await refresh(simulator, first)).status).toBe(200);
  });
});
