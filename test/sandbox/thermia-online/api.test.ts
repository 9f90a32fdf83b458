import { describe, expect, test } from 'vitest';
import { builtInPumps } from '../../../sandbox/thermia-online/index.js';
import { caller } from './account.js';
import { handClock } from './clock.js';
import { CLASSIC, group, PUMP, register } from './registers.js';
import { simulators } from './simulators.js';

const start = simulators();
const HOUR = 3_600_000;

describe('reading', () => {
  test.each(['nothing', 'Bearer nonsense', 'Basic x'])(
    '%s in place of a token is a 401',
    async (authorization) => {
      const { origin } = await start();
      for (const path of ['/api/v1/installationsInfo', '/api/v1/users/current']) {
        expect((await fetch(origin + path, { headers: { authorization } })).status).toBe(401);
      }
    },
  );

  test('the configuration needs no token and names this server', async () => {
    const simulator = await start();
    const configuration = async (): Promise<unknown> =>
      (await fetch(`${simulator.origin}/api/configuration`)).json();
    expect(await configuration()).toMatchObject({ apiBaseUrl: simulator.origin });
    simulator.control.setBehaviour({ apiBaseUrl: 'https://elsewhere.example.com' });
    expect(await configuration()).toMatchObject({ apiBaseUrl: 'https://elsewhere.example.com' });
  });

  test('the list is cut into pages, or is the bare array of its predecessor', async () => {
    const simulator = await start({ pumps: builtInPumps, behaviour: { ghosts: 2 } });
    const api = await caller(simulator);
    const all = (await api.json('/api/v1/installationsInfo')) as {
      totalCount: number;
      items: { id: number }[];
    };
    expect(all.totalCount).toBe(builtInPumps.length + 2);
    expect(all.items).toHaveLength(all.totalCount);
    const some = (await api.json('/api/v1/installationsInfo?offset=1&limit=3')) as typeof all;
    expect(some).toEqual({ totalCount: all.totalCount, items: all.items.slice(1, 4) });
    expect((await api.get('/api/v1/installationsInfo?limit=x')).status).toBe(400);
    simulator.control.setBehaviour({ listShape: 'array' });
    expect(await api.json('/api/v1/installationsInfo')).toEqual(all.items);
  });

  test('what was removed is gone, what never was is a problem', async () => {
    const api = await caller(await start());
    const removed = await api.get('/api/v1/InstallationsInfo/own');
    expect(removed.status).toBe(404);
    expect(await removed.text()).toContain('had its name changed');
    const unknown = await api.get('/api/v1/installations/123');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ title: 'Not Found', status: 404 });
    expect((await api.get('/api/v1/nothing')).status).toBe(404);
  });

  test('paths and groups come in any case of letters', async () => {
    const api = await caller(await start());
    const one = await api.json(`/api/v1/Registers/Installations/${PUMP}/Groups/REG_GROUP_HOT_WATER`);
    expect(await api.json(`/API/V1/registers/installations/${PUMP}/groups/reg_group_hot_water`)).toEqual(one);
  });

  test('a group that a pump lacks is empty, or unknown', async () => {
    const simulator = await start();
    const api = await caller(simulator);
    expect(await group(api, 'REG_GROUP_POOL')).toEqual([]);
    expect(await group(api, 'REG_GROUP_OF_NOBODY')).toEqual([]);
    simulator.control.setBehaviour({ unknownGroup: '404' });
    expect((await api.get(`/api/v1/Registers/Installations/${PUMP}/Groups/REG_GROUP_OF_NOBODY`)).status).toBe(
      404,
    );
  });

  test('status repeats the registers, detail and groups belong together', async () => {
    const api = await caller(await start());
    const status = (await api.json(`/api/v1/installationstatus/${PUMP}/status`)) as Record<string, unknown>;
    const tank = await register(api, 'REG_GROUP_TEMPERATURES', 'REG_HOT_WATER_TEMPERATURE');
    expect(status['hotWaterTemperature']).toBe(tank.registerValue);
    expect(status).toMatchObject({
      heatingEffect: 20,
      heatingEffectRegisters: [null, 52134],
      hasIndoorTempSensor: false,
    });
    expect(await api.json(`/api/v1/installationstatus/${PUMP}/isonline`)).toBe(true);
    const detail = (await api.json(`/api/v1/installations/${PUMP}`)) as { installationProfileId: number };
    const groups = await api.json(`/api/v1/installationprofiles/${detail.installationProfileId}/groups`);
    expect(groups).toContainEqual({ id: 23, parentId: null, name: 'REG_GROUP_HOT_WATER', visibility: 1 });
  });

  test('another account does not see these pumps', async () => {
    const accounts = [
      { username: 'a@example.com', password: 'a', pumpIds: [CLASSIC] },
      { username: 'b@example.com', password: 'b' },
    ];
    const api = await caller(await start({ pumps: builtInPumps, accounts }));
    expect((await api.get(`/api/v1/installations/${CLASSIC}`)).status).toBe(200);
    expect((await api.get(`/api/v1/installations/${PUMP}`)).status).toBe(404);
  });
});

describe('time stamps', () => {
  test('UTC in the list, local in the detail, seven digits where computed; never a zone', async () => {
    const clock = handClock(Date.UTC(2026, 6, 1, 12, 0, 30));
    const api = await caller(await start({ clock, pumps: builtInPumps }));
    const { items } = (await api.json('/api/v1/installationsInfo')) as {
      items: { id: number; lastOnline: string }[];
    };
    const detail = (await api.json(`/api/v1/installations/${PUMP}`)) as {
      lastOnline: string;
      timeZoneId: string;
    };
    expect(items.find(({ id }) => id === PUMP)?.lastOnline).toMatch(
      /^2026-07-01T1[12]:\d\d:\d\d(\.\d{1,3})?$/,
    );
    expect(detail.lastOnline).toMatch(/^2026-07-01T1[34]:\d\d:\d\d(\.\d{1,3})?$/);
    expect(detail.timeZoneId).toBe('W. Europe Standard Time');
    const status = await register(api, 'REG_GROUP_OPERATIONAL_STATUS', 'COMP_STATUS', CLASSIC);
    expect(status.timeStamp).toMatch(/^2026-07-01T15:00:30\.\d{7}$/);
    for (const { timeStamp } of await group(api, 'REG_GROUP_TEMPERATURES')) {
      expect(timeStamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?$/);
      expect(Date.parse(`${timeStamp ?? ''}+02:00`)).toBeLessThanOrEqual(clock.now());
    }
  });
});

describe('history, events and the rest', () => {
  const session = { accessTokenLifeS: 100 * 3600 };

  test('series of change points and of means, cut with hasMore', async () => {
    const clock = handClock();
    const simulator = await start({ clock, session });
    const api = await caller(simulator);
    const { registers } = (await api.json(`/api/v1/DataHistory/installation/${PUMP}`)) as {
      registers: { registerName: string; registerId: number }[];
    };
    const tank = registers.find(({ registerName }) => registerName === 'REG_HOT_WATER_TEMPERATURE');
    const series = async (
      resolution: string,
      period = '',
    ): Promise<{ hasMore: boolean; data: { at: string; val: number }[] }> =>
      (await api.json(
        `/api/v1/datahistory/installation/${PUMP}/register/${tank?.registerId ?? 0}/${resolution}${period}`,
      )) as { hasMore: boolean; data: { at: string; val: number }[] };
    clock.advance(2 * HOUR);
    const points = await series('minute');
    expect(points.data.length).toBeGreaterThan(10);
    expect(points.hasMore).toBe(false);
    expect(points.data.map(({ at }) => at)).toEqual(points.data.map(({ at }) => at).sort());
    const hours = await series('hour', '?periodStart=2026-01-15T00:00:00&periodEnd=2026-01-15T08:00:00');
    expect(hours.data.map(({ at }) => at)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((hour) => `2026-01-15T0${hour}:00:00`).slice(8 - hours.data.length),
    );
    expect(hours.data.length).toBeGreaterThan(5);
    expect((await series('day', '?periodStart=2026-01-14')).data).toHaveLength(2);
    simulator.control.setBehaviour({ historyPage: 3 });
    const cut = await series('minute');
    expect(cut).toMatchObject({ hasMore: true, count: 3 });
    expect(cut.data).toEqual(points.data.slice(0, 3));
    expect((await api.get(`/api/v1/datahistory/installation/${PUMP}/register/1/minute`)).status).toBe(404);
    expect((await api.get(`/api/v1/DataHistory/installation/${PUMP}?periodStart=x`)).status).toBe(400);
    expect(await api.json(`/api/v1/DataHistory/Download/installation/${PUMP}/yearsAvailable`)).toContain(
      2026,
    );
  });

  test('alarms raise the counters and clear again', async () => {
    const clock = handClock();
    const simulator = await start({ clock, session });
    const api = await caller(simulator);
    const events = (query: string): Promise<unknown> =>
      api.json(`/api/v1/installation/${PUMP}/events${query}`);
    expect(await events('?onlyActiveAlarms=true')).toEqual([]);
    simulator.control.raiseAlarm(PUMP, 'Sensor fault', 'Critical');
    clock.advance(HOUR);
    expect(await events('?onlyActiveAlarms=true')).toEqual([
      {
        eventTitle: 'Sensor fault',
        isActiveAlarm: true,
        severity: 'Critical',
        occurredWhen: '2026-01-15T10:00:00',
        clearedWhen: null,
      },
    ]);
    const counters = { activeAlarms: 1, activeCriticalAlarms: 1, unreadErrors: 1 };
    expect(await api.json(`/api/v1/installation/${PUMP}/events/status`)).toMatchObject(counters);
    expect(await api.json('/api/v1/installationsInfo')).toMatchObject({ items: [{ status: counters }] });
    expect(simulator.control.clearAlarms(PUMP)).toBe(1);
    expect(await events('?onlyActiveAlarms=true')).toEqual([]);
    expect(await events('?onlyActiveAlarms=false&take=1')).toMatchObject([
      { clearedWhen: '2026-01-15T11:00:00' },
    ]);
  });

  test('a schedule that blocks hot water does, and then does not', async () => {
    const clock = handClock();
    const simulator = await start({ clock, session });
    const api = await caller(simulator);
    const path = `/api/v1/installations/${PUMP}/schedules`;
    const body = {
      functionId: 15002,
      start: '2026-01-15T10:00:00',
      end: '2026-01-16T10:00:00',
      recurringType: 0,
    };
    expect((await api.send('POST', path, { ...body, functionId: 15009 })).status).toBe(400);
    expect((await api.send('POST', path, { ...body, end: body.start })).status).toBe(400);
    const created = (await (await api.send('POST', path, body)).json()) as { id: number };
    expect(await api.json(path)).toMatchObject([{ ...body, installationId: PUMP, isRunning: true }]);
    clock.advance(23 * HOUR);
    const cold = simulator.control.getRegister(PUMP, 'REG_HOT_WATER_TEMPERATURE') ?? 99;
    expect(cold).toBeLessThan(44);
    expect((await api.send('DELETE', `${path}/${created.id}`)).status).toBe(204);
    expect((await api.send('DELETE', `${path}/${created.id}`)).status).toBe(404);
    clock.advance(HOUR);
    expect(simulator.control.getRegister(PUMP, 'REG_HOT_WATER_TEMPERATURE')).toBeGreaterThan(cold);
  });

  test('user, users, texts, connections', async () => {
    const simulator = await start();
    const api = await caller(simulator);
    expect(await api.json('/api/v1/users/current')).toMatchObject({ hasAcceptedEula: true });
    expect(await api.json(`/api/v1/installationUsers/installation/${PUMP}`)).toHaveLength(1);
    const texts = (await api.json('/api/v1/localization/sv-SE')) as { resources: { key: string }[] };
    expect(texts.resources.map(({ key }) => key)).toContain('REG_HOT_WATER_STATUS');
    expect((await api.get('/api/v1/localization/xx-XX')).status).toBe(404);
    simulator.control.setOnline(PUMP, false);
    expect(await api.json(`/api/v1/connectionHistory/installation/${PUMP}`)).toMatchObject([
      { isOnline: false },
    ]);
  });
});
