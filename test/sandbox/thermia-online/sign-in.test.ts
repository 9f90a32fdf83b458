import { describe, expect, test } from 'vitest';
import { PAGE_SHAPES } from '../../../sandbox/thermia-online/sign-in/pages.js';
import { authorizeUrl, caller, codeOf, confirm, givePassword, openPage, signIn } from './account.js';
import { handClock } from './clock.js';
import { simulators } from './simulators.js';

const start = simulators();

const body = async (response: Response): Promise<Record<string, string>> =>
  (await response.json()) as Record<string, string>;

describe('the way in', () => {
  test('four steps give tokens of the right looks, and the access token opens the API', async () => {
    const simulator = await start();
    const answer = await signIn(simulator);
    expect(String(answer['access_token']).split('.')).toHaveLength(3);
    expect(String(answer['id_token']).split('.')).toHaveLength(3);
    expect(String(answer['refresh_token'])).toMatch(/^eyJ/);
    expect(String(answer['refresh_token']).split('.')).toHaveLength(5);
    expect(String(answer['refresh_token']).length).toBeGreaterThan(1300);
    expect(answer).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token_expires_in: 86_400,
    });
    const { totalCount } = (await (await caller(simulator)).json('/api/v1/installationsInfo')) as {
      totalCount: number;
    };
    expect(totalCount).toBe(1);
    expect(simulator.control.counters().passwordSignIns).toBe(2);
  });

  test.each(PAGE_SHAPES.filter((shape) => shape !== 'interstitial'))(
    'a %s page can be signed in with',
    async (loginPage) => {
      const simulator = await start({ behaviour: { loginPage } });
      expect(await signIn(simulator)).toHaveProperty('access_token');
    },
  );

  test('an interstitial page has no SETTINGS', async () => {
    const simulator = await start({ behaviour: { loginPage: 'interstitial' } });
    await expect(openPage(simulator)).rejects.toThrow('no SETTINGS');
  });

  test('transId is padded, and dropping the padding is refused', async () => {
    const simulator = await start();
    const page = await openPage(simulator);
    expect(page.tx).toMatch(/^StateProperties=.+==$/);
    const shortened = { ...page, tx: page.tx.replace(/=+$/, '') };
    expect((await givePassword(simulator, shortened, simulator.username, simulator.password)).status).toBe(
      400,
    );
  });

  test('a browser that was signed in before is sent on without a page', async () => {
    const simulator = await start();
    const page = await openPage(simulator);
    await givePassword(simulator, page, simulator.username, simulator.password);
    await confirm(simulator, page);
    const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const again = await fetch(authorizeUrl(simulator, 'v'.repeat(43)), {
      headers: { cookie },
      redirect: 'manual',
    });
    expect(again.status).toBe(302);
    expect(codeOf(again)).toMatch(/^eyJ/);
  });

  test('numbers may come as strings', async () => {
    const simulator = await start({ session: { numbersAsStrings: 'always' } });
    expect((await signIn(simulator))['expires_in']).toBe('3600');
  });
});

describe('refusals of the login page', () => {
  test('a wrong password is a 200 that says 400', async () => {
    const simulator = await start();
    const response = await givePassword(simulator, await openPage(simulator), simulator.username, 'wrong');
    expect(response.status).toBe(200);
    expect(await body(response)).toMatchObject({ status: '400', errorCode: 'AADB2C90053' });
    expect(simulator.control.counters()).toMatchObject({ passwordTries: 1, passwordSignIns: 0 });
  });

  test('without the right password there is no code', async () => {
    const simulator = await start();
    const page = await openPage(simulator);
    await givePassword(simulator, page, simulator.username, 'wrong');
    const location = (await confirm(simulator, page)).headers.get('location') ?? '';
    expect(new URL(location).searchParams.get('error')).toBe('access_denied');
  });

  test('too many wrong passwords lock the account, also for the right one, for a while', async () => {
    const clock = handClock();
    const simulator = await start({ clock, session: { lockAfter: 3, lockForMs: 60_000 } });
    const attempt = async (password: string): Promise<Record<string, string>> =>
      body(await givePassword(simulator, await openPage(simulator), simulator.username, password));
    await attempt('1');
    await attempt('2');
    expect(await attempt('3')).toMatchObject({ errorCode: 'AADB2C90114' });
    expect(await attempt(simulator.password)).toMatchObject({ errorCode: 'AADB2C90114' });
    clock.advance(60_001);
    expect(await attempt(simulator.password)).toEqual({ status: '200' });
  });

  test.each<[string, (cookies: Map<string, string>) => void]>([
    ['no csrf cookie', (cookies) => cookies.delete('x-ms-cpim-csrf')],
    ['no trans cookie', (cookies) => cookies.delete('x-ms-cpim-trans')],
    ['a foreign trans cookie', (cookies) => cookies.set('x-ms-cpim-trans', 'x')],
    [
      'no cache cookie',
      (cookies) =>
        [...cookies.keys()].filter((key) => key.includes('|')).forEach((key) => cookies.delete(key)),
    ],
  ])('%s is refused', async (_name, spoil) => {
    const simulator = await start();
    const page = await openPage(simulator);
    spoil(page.cookies);
    expect((await givePassword(simulator, page, simulator.username, simulator.password)).status).toBe(400);
    expect(simulator.control.counters().passwordTries).toBe(0);
  });

  test('a wrong csrf header is refused', async () => {
    const simulator = await start();
    const page = { ...(await openPage(simulator)), csrf: 'other' };
    expect((await givePassword(simulator, page, simulator.username, simulator.password)).status).toBe(400);
  });

  test('the cookies of the first step do not do for the third', async () => {
    const simulator = await start();
    const page = await openPage(simulator);
    const old = new Map(page.cookies);
    await givePassword(simulator, page, simulator.username, simulator.password);
    expect((await confirm(simulator, { ...page, cookies: old })).status).toBe(400);
  });

  test('a page left lying about has ended', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const page = await openPage(simulator);
    clock.advance(21 * 60_000);
    expect((await givePassword(simulator, page, simulator.username, simulator.password)).status).toBe(400);
  });

  test('terms to accept give a page and no redirect', async () => {
    const simulator = await start({ session: { consentNeeded: true } });
    const page = await openPage(simulator);
    await givePassword(simulator, page, simulator.username, simulator.password);
    const response = await confirm(simulator, page);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  test.each([
    ['an unregistered redirect', { redirect_uri: 'https://example.com/login' }, 'AADB2C90006'],
    ['another client', { client_id: '00000000-0000-0000-0000-000000000000' }, 'AADB2C90018'],
  ])('%s stays on an error page', async (_name, change, code) => {
    const simulator = await start();
    const response = await fetch(authorizeUrl(simulator, 'v'.repeat(43), change), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(code);
  });

  test.each([
    ['response type', { response_type: 'token' }],
    ['scope', { scope: 'openid' }],
    ['plain challenge', { code_challenge_method: 'plain' }],
  ])('a wrong %s is sent back as an error', async (_name, change) => {
    const simulator = await start();
    const response = await fetch(authorizeUrl(simulator, 'v'.repeat(43), change), { redirect: 'manual' });
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.searchParams.get('error_description')).toMatch(/^AADB2C\d+: .*\r\nCorrelation ID: /);
  });
});
