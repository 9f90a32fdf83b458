import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { call, connectToHomey } from '../../../sandbox/client.js';
import { APP, startRig, type Rig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ hello: { thermia: 'http://127.0.0.1:1' } });
});
afterAll(() => rig.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(rig.host.address + path, { headers });
const authorization = (): Record<string, string> => ({ authorization: `Bearer ${rig.host.token}` });

describe('the Web API', () => {
  test('knows its owner by the token and refuses others in the words of a Homey', async () => {
    expect(await rig.run('sessions', 'getSessionMe')).toMatchObject({ type: 'PAT' });
    const without = await get('/api/manager/devices/device');
    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({ error: 'Missing Session ID in Token' });
    const wrong = await get('/api/manager/devices/device', { authorization: 'Bearer nobody' });
    expect(await wrong.json()).toMatchObject({ error: 'Session Not Found' });
    const client = await connectToHomey({ address: rig.host.address, token: 'nobody' });
    await expect(client.devices.getDevices({ $cache: false })).rejects.toThrow('Session Not Found');
    await client.destroy();
  });

  test('names what it does not have', async () => {
    const client = rig.api as unknown as { energy: { getLiveReport(): Promise<unknown> } };
    await expect(client.energy.getLiveReport()).rejects.toThrow('Not Implemented: energy.getLiveReport');
    const answer = await get('/api/manager/dashboards/dashboard', authorization());
    expect(answer.status).toBe(501);
    expect((await get('/api/manager/nonsense/thing', authorization())).status).toBe(404);
  });

  test('answers the same over the socket as over HTTP', async () => {
    const overHttp = await (await get('/api/manager/zones/zone', authorization())).json();
    await rig.api.devices.connect();
    const overSocket = await rig.run('zones', 'getZones');
    expect(JSON.parse(JSON.stringify(overSocket))).toMatchObject(overHttp as object);
    await expect(rig.run('devices', 'getDevice', { id: 'x' })).rejects.toMatchObject({ statusCode: 404 });
  });

  test('is open to pages of any origin; the page and the sandbox are not', async () => {
    const origin = 'http://elsewhere.example';
    const ping = await get('/api/manager/system/ping', { origin });
    expect(ping.headers.get('access-control-allow-origin')).toBe(origin);
    expect(ping.headers.get('access-control-expose-headers')).toContain('X-Homey-ID');
    expect(ping.headers.get('x-homey-id')).toBe(rig.host.homeyId);
    for (const path of ['/', '/__sandbox/hello']) {
      expect((await get(path, { origin })).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('what only its own page is told', () => {
  test('holds the token, the speed and what the sandbox adds', async () => {
    const hello = await (await get('/__sandbox/hello', { 'sec-fetch-site': 'same-origin' })).json();
    expect(hello).toMatchObject({
      token: rig.host.token,
      homeyId: rig.host.homeyId,
      speed: 1,
      thermia: 'http://127.0.0.1:1',
    });
    const log = (await (await get('/__sandbox/log')).json()) as string[];
    expect(log.some((line) => line.includes('[FixtureApp] started'))).toBe(true);
  });

  test.each(['cross-site', 'same-site'])('is kept from a page that is %s', async (site) => {
    const answer = await get('/__sandbox/hello', { 'sec-fetch-site': site });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain(rig.host.token);
  });
});

test('the page follows the log and the Flows as they happen', async () => {
  const stream = await get('/__sandbox/events');
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const flow = (await rig.run('flow', 'createFlow', {
    flow: {
      name: 'Greeting',
      trigger: { id: 'homey:manager:flow:programmatic_trigger' },
      actions: [{ id: `homey:app:${APP}:say`, args: { text: 'hello' } }],
    },
  })) as { id: string };
  await rig.run('flow', 'triggerFlow', { id: flow.id });
  let heard = '';
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    heard += chunk;
    if (heard.includes('said hello') && heard.includes('"outcome"')) break;
  }
  expect(heard).toMatch(/event: log\ndata: ".*said hello"/);
  expect(heard).toMatch(/event: flow\ndata: \{.*"name":"Greeting","outcome":"done"/);
});

test('icons of the app are served', async () => {
  const drivers = Object.values((await rig.run('drivers', 'getDrivers')) as Record<string, unknown>);
  expect(drivers).toMatchObject([{ name: 'Tank', ready: true, pair: true, repair: true }]);
  const { url } = (drivers[0] as { ownerIconObj: { url: string } }).ownerIconObj;
  expect((await get(url)).headers.get('content-type')).toBe('image/svg+xml');
});

test('pictures of the app are served, its code is not', async () => {
  const at = (path: string): Promise<Response> => get(`/app/${APP}${path}`);
  expect((await at('/assets/icon.svg')).status).toBe(200);
  expect((await at('/drivers/tank/assets/icon.svg')).status).toBe(200);
  expect((await at('/drivers/tank/driver.js')).status).toBe(404);
  expect((await at('/app.json')).status).toBe(404);
});

test('texts are told in the language of the Homey', async () => {
  const swedish = await startRig({ language: 'sv' });
  await swedish.pair(1);
  const { capabilitiesObj } = await swedish.device();
  expect(capabilitiesObj['onoff']?.title).toBe('Varmvatten');
  expect(capabilitiesObj['pump_active']?.title).toBe('Pump');
  expect(capabilitiesObj['tank_mode']).toMatchObject({ values: [{ title: 'Eko' }, { title: 'Snabb' }] });
  expect(swedish.lines).toContainEqual(expect.stringContaining('started Hej you'));
  await swedish.close();
});

test('an app with the permission gets a token that reads Flows and does not write them', async () => {
  await expect(rig.make('ownerToken')).rejects.toThrow('Missing Permission: homey:manager:api');
  const manifest = JSON.parse(readFileSync(join(rig.folder, 'app/app.json'), 'utf8')) as object;
  const permitted = await startRig(
    {},
    { 'app.json': JSON.stringify({ ...manifest, permissions: ['homey:manager:api'] }) },
  );
  const token = String(await permitted.make('ownerToken'));
  const client = await connectToHomey({ address: permitted.host.address, token });
  expect(await call(client, 'flow', 'getFlows', { $cache: false })).toEqual({});
  const flow = { name: 'F', trigger: { id: 'homey:manager:flow:programmatic_trigger' } };
  await expect(call(client, 'flow', 'createFlow', { flow })).rejects.toMatchObject({
    statusCode: 403,
    message: 'Missing Scopes',
  });
  await client.destroy();
  await permitted.close();
});

test('a Homey with listening clients ends all the same', async () => {
  const busy = await startRig();
  const client = await busy.another();
  await client.devices.connect();
  const before = performance.now();
  await busy.host.close();
  expect(performance.now() - before).toBeLessThan(2000);
  await client.destroy();
  rmSync(busy.folder, { recursive: true });
});
