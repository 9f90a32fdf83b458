import { afterAll, beforeAll, expect, test } from 'vitest';
import { DRIVER, startRig, type Rig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

interface Session {
  readonly id: string;
  readonly views: { readonly id: string; readonly options?: unknown }[];
}
const open = async (pairsession: object): Promise<Session> =>
  (await rig.run('drivers', 'createPairSession', { pairsession })) as Session;
const pair = (): Promise<Session> => open({ type: 'pair', driverId: DRIVER });
const emit = (id: string, event: string, data: unknown = {}): Promise<unknown> =>
  rig.run('drivers', 'emitPairingEvent', { id, event, data });

test('a session has the views of the manifest in the language of the Homey', async () => {
  const { id, views } = await pair();
  expect(views.map((view) => view.id)).toEqual(['login_credentials', 'list_devices', 'add_devices']);
  expect(views[0]?.options).toEqual({ title: 'Sign in' });
  await rig.run('drivers', 'deletePairSession', { id });
});

test('a wrong password is refused, a broken service says so', async () => {
  const { id } = await pair();
  await emit(id, 'showView', 'login_credentials');
  expect(await emit(id, 'login', { username: 'anna', password: 'wrong' })).toBe(false);
  await expect(emit(id, 'login', { username: 'anna', password: 'down' })).rejects.toThrow(
    'The service is down',
  );
});

test('an event that the driver does not handle is refused by name', async () => {
  const { id } = await pair();
  await expect(emit(id, 'pincode', ['1'])).rejects.toThrow('Missing Pair Session Handler: pincode');
  await expect(emit('00000000-0000-4000-8000-000000000000', 'login')).rejects.toThrow(
    /Not Found: PairSession/,
  );
});

test('a device that is paired is not offered again, and cannot be added twice', async () => {
  await rig.pair(1);
  const { id } = await pair();
  await emit(id, 'login', { username: 'anna', password: 'right' });
  const offered = (await emit(id, 'list_devices')) as { data: { id: string } }[];
  expect(offered.map(({ data }) => data.id)).toEqual(['2']);
  const add = (device: unknown): Promise<unknown> =>
    rig.run('drivers', 'createPairSessionDevice', { id, device });
  await expect(add({ name: 'Again', data: { id: '1' } })).rejects.toThrow('Device already exists');
  await expect(add({ data: { id: '7' } })).rejects.toThrow(/missing name/);
  await expect(add({ name: 'X', data: { id: '7' }, capabilities: ['nope'] })).rejects.toThrow(
    'Invalid Capability: nope',
  );
});

test('the driver asks the page and gets its answer', async () => {
  const { id } = await pair();
  const page = await rig.another();
  const { subscribe } = page as unknown as {
    subscribe: (uri: string, handlers: { onEvent(event: string, data: unknown): void }) => Promise<unknown>;
  };
  const heard: unknown[] = [];
  await subscribe.call(page, `homey:pairsession:${id}`, {
    onEvent: (event, data) => {
      heard.push(event);
      const { callbackId } = data as { callbackId: string };
      void rig.run('drivers', 'emitPairingCallback', { id, callbackId, data: 'certainly' });
    },
  });
  expect(await emit(id, 'ask', 'Really?')).toBe('certainly');
  expect(heard).toEqual(['emit']);
});

test('a device whose start fails exists, unavailable, with the reason', async () => {
  const { id } = await pair();
  const device = (await rig.run('drivers', 'createPairSessionDevice', {
    id,
    device: { name: 'Broken', data: { id: '9' }, store: { account: 'broken' } },
  })) as { id: string };
  expect(await rig.run('devices', 'getDevice', { id: device.id })).toMatchObject({
    ready: true,
    available: false,
    unavailableMessage: 'Nothing works',
  });
});

test('a repair changes the device it was opened for and creates none', async () => {
  const broken = Object.values(await rig.api.devices.getDevices({ $cache: false })).find(
    ({ name }) => name === 'Broken',
  )!;
  const { id } = await open({ type: 'repair', deviceId: broken.id });
  expect(await emit(id, 'login', { password: 'wrong' })).toBe(false);
  expect(await emit(id, 'login', { password: 'right' })).toBe(true);
  expect(await rig.run('devices', 'getDevice', { id: broken.id })).toMatchObject({ available: true });
  await expect(
    rig.run('drivers', 'createPairSessionDevice', { id, device: { name: 'X', data: { id: '5' } } }),
  ).rejects.toThrow(/repairing/);
});
