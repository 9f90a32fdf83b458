import { describe, expect, test } from 'vitest';
import { builtInPumps, type PumpView, type ThermiaSimulator } from '../../../sandbox/thermia-online/index.js';
import { caller, givePassword, openPage, refresh, signIn } from './account.js';
import { handClock } from './clock.js';
import { PUMP } from './registers.js';
import { simulators } from './simulators.js';

const start = simulators();

const over = async (
  { origin }: ThermiaSimulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown; headers: Headers }> => {
  const response = await fetch(`${origin}/__sandbox${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
};

describe('over HTTP', () => {
  test('pumps are listed with their registers, and set as if on the pump', async () => {
    const simulator = await start();
    const [pump] = (await over(simulator, 'GET', '/pumps')).body as PumpView[];
    expect(pump).toMatchObject({ id: PUMP, online: true, listed: true });
    expect(pump?.registers.map(({ name }) => name)).toContain('REG_HOT_WATER_STATUS');
    const path = `/pumps/${PUMP}/registers/REG_HOT_WATER_STATUS`;
    expect((await over(simulator, 'PUT', path, { value: 0 })).status).toBe(200);
    expect((await over(simulator, 'GET', path)).body).toEqual({ value: 0 });
  });

  test('unknown things are 404, wrong bodies 400, and nothing is silently accepted', async () => {
    const simulator = await start();
    expect((await over(simulator, 'GET', '/pumps/1')).status).toBe(404);
    expect((await over(simulator, 'PUT', `/pumps/${PUMP}/registers/NOPE`, { value: 1 })).status).toBe(404);
    expect((await over(simulator, 'PUT', `/pumps/${PUMP}/online`, { online: 'yes' })).status).toBe(400);
    expect((await over(simulator, 'PUT', '/behaviour', { latncyMs: 5 })).status).toBe(400);
    expect((await over(simulator, 'POST', '/faults', { kind: 'odd' })).status).toBe(400);
    expect((await over(simulator, 'POST', '/nothing')).status).toBe(404);
  });

  test('policy, behaviour, faults and sessions', async () => {
    const simulator = await start();
    const token = String((await signIn(simulator))['refresh_token']);
    await over(simulator, 'PUT', '/policy', { refreshReuse: 'strict' });
    await over(simulator, 'PUT', '/behaviour', { ghosts: 3 });
    const { body: added } = await over(simulator, 'POST', '/faults', { kind: 'outage', match: '/api/' });
    expect(added).toEqual({ id: 1 });
    expect((await over(simulator, 'GET', '/state')).body).toMatchObject({
      policy: { refreshReuse: 'strict', accessTokenLifeS: 3600 },
      behaviour: { ghosts: 3, listShape: 'paged' },
      faults: [{ id: 1, kind: 'outage', hits: 0 }],
      counters: { passwordSignIns: 1 },
    });
    await over(simulator, 'DELETE', '/faults');
    expect((await over(simulator, 'POST', '/session/revoke-refresh-tokens')).body).toEqual({ revoked: 1 });
    expect((await refresh(simulator, token)).status).toBe(400);
    await over(simulator, 'POST', '/session/demand-consent', { needed: true });
    expect(simulator.control.policy().consentNeeded).toBe(true);
    await over(simulator, 'DELETE', '/counters');
    expect(simulator.control.counters()).toMatchObject({ passwordSignIns: 0, requests: {} });
  });

  test('only this machine may, and the service itself sends no CORS', async () => {
    const simulator = await start();
    const page = { origin: 'http://127.0.0.1:4859' };
    expect(
      (await over(simulator, 'GET', '/counters', undefined, page)).headers.get('access-control-allow-origin'),
    ).toBe(page.origin);
    const elsewhere = { origin: 'https://example.com' };
    expect((await over(simulator, 'GET', '/counters', undefined, elsewhere)).status).toBe(403);
    const configuration = await fetch(`${simulator.origin}/api/configuration`, { headers: page });
    expect(configuration.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('pumps change', () => {
  test('boost goes and comes back', async () => {
    const simulator = await start();
    const api = await caller(simulator);
    const names = async (): Promise<string[]> =>
      (
        (await api.json(`/api/v1/Registers/Installations/${PUMP}/Groups/REG_GROUP_HOT_WATER`)) as {
          registerName: string;
        }[]
      ).map(({ registerName }) => registerName);
    simulator.control.removeRegister(PUMP, 'REG__HOT_WATER_BOOST');
    expect(await names()).toEqual(['REG_HOT_WATER_STATUS']);
    simulator.control.restore(PUMP, 'REG__HOT_WATER_BOOST');
    expect(await names()).toEqual(['REG_HOT_WATER_STATUS', 'REG__HOT_WATER_BOOST']);
    simulator.control.removeGroup(PUMP, 'REG_GROUP_HOT_WATER');
    expect(await names()).toEqual([]);
    simulator.control.addRegister(PUMP, 'REG_GROUP_NEW', 'REG_NEW', 4.5);
    expect(await api.json(`/api/v1/Registers/Installations/${PUMP}/Groups/REG_GROUP_NEW`)).toMatchObject([
      { registerName: 'REG_NEW', registerValue: 4.5, groupName: 'REG_GROUP_NEW' },
    ]);
  });

  test('a sensor that was set stays until it is released; a tank goes on from there', async () => {
    const clock = handClock();
    const { control } = await start({ clock });
    control.setRegister(PUMP, 'REG_OUTDOOR_TEMPERATURE', 33);
    control.setRegister(PUMP, 'REG_HOT_WATER_TEMPERATURE', 20);
    clock.advance(3_600_000);
    expect(control.getRegister(PUMP, 'REG_OUTDOOR_TEMPERATURE')).toBe(33);
    expect(control.getRegister(PUMP, 'REG_HOT_WATER_TEMPERATURE')).toBeGreaterThan(25);
    control.releaseRegister(PUMP, 'REG_OUTDOOR_TEMPERATURE');
    clock.advance(60_000);
    expect(control.getRegister(PUMP, 'REG_OUTDOOR_TEMPERATURE')).toBeLessThan(20);
    control.setRegister(PUMP, 'REG_SUPPLY_LINE', null);
    clock.advance(60_000);
    expect(control.getRegister(PUMP, 'REG_SUPPLY_LINE')).toBeNull();
  });

  test('offline freezes what the cloud knows', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const api = await caller(simulator);
    simulator.control.setOnline(PUMP, false);
    const before = simulator.control.pump(PUMP).registers.map(({ value }) => value);
    clock.advance(6 * 3_600_000);
    expect(simulator.control.pump(PUMP).registers.map(({ value }) => value)).toEqual(before);
    expect(await signIn(simulator)).toHaveProperty('access_token');
    expect((await api.get('/api/v1/installationsInfo')).status).toBe(401);
    expect(await (await caller(simulator)).json('/api/v1/installationsInfo')).toMatchObject({
      items: [{ isOnline: false, lastOnline: '2026-01-15T08:59:59.407' }],
    });
    simulator.control.setOnline(PUMP, true);
    expect(simulator.control.pump(PUMP).registers.map(({ value }) => value)).not.toEqual(before);
  });

  test('a pump can leave the account and come back', async () => {
    const simulator = await start({ pumps: builtInPumps });
    const api = await caller(simulator);
    simulator.control.setListed(PUMP, false);
    expect(await api.json('/api/v1/installationsInfo')).toMatchObject({
      totalCount: builtInPumps.length - 1,
    });
    expect((await api.get(`/api/v1/installations/${PUMP}`)).status).toBe(404);
    simulator.control.setListed(PUMP, true);
    expect((await api.get(`/api/v1/installations/${PUMP}`)).status).toBe(200);
  });

  test('passwords change, accounts lock', async () => {
    const simulator = await start();
    const attempt = async (password: string): Promise<unknown> =>
      (await givePassword(simulator, await openPage(simulator), simulator.username, password)).json();
    simulator.control.changePassword('new one');
    expect(await attempt(simulator.password)).toMatchObject({ errorCode: 'AADB2C90053' });
    simulator.control.lockAccount();
    expect(await attempt('new one')).toMatchObject({ errorCode: 'AADB2C90114' });
    simulator.control.unlockAccount();
    expect(await attempt('new one')).toEqual({ status: '200' });
  });

  test('expired access tokens are refused while the refresh token lives', async () => {
    const simulator = await start();
    const api = await caller(simulator);
    simulator.control.expireAccessTokens();
    expect((await api.get('/api/v1/users/current')).status).toBe(401);
  });
});
