import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { call } from '../../../sandbox/client.js';
import { startRig, type Rig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await rig.pair(1);
});
afterAll(() => rig.close());

const set = async (capabilityId: string, value: unknown, opts?: object): Promise<void> => {
  const { id } = await rig.device();
  await rig.run('devices', 'setCapabilityValue', { deviceId: id, capabilityId, value, opts });
};
const value = async (capability: string): Promise<unknown> =>
  (await rig.device()).capabilitiesObj[capability]?.value;

describe('a paired device', () => {
  test('is what the manifest and the driver said', async () => {
    const device = await rig.device();
    expect(device).toMatchObject({
      name: 'anna 1',
      class: 'heatpump',
      available: true,
      ready: true,
      driverId: 'homey:app:com.example.fixture:tank',
      settings: { interval: 3, model: 'T1' },
      ui: { quickAction: 'onoff' },
    });
    expect(device.capabilitiesObj['onoff']).toMatchObject({ title: 'Hot water', setable: true, value: null });
    expect(device.capabilitiesObj['measure_temperature']).toMatchObject({ value: 41, units: '°C' });
    expect(device.capabilitiesObj['target_temperature']).toMatchObject({ min: 10, max: 30, step: 0.5 });
  });

  test('logs as an app does', () => {
    expect(rig.lines).toContainEqual(
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z \[log\] \[FixtureApp\] started Hello you from env$/),
    );
    expect(rig.lines).toContainEqual(
      expect.stringMatching(/\[log\] \[ManagerDrivers\] \[Driver:tank\] \[Device:[\w-]+\] init anna 1 anna$/),
    );
  });
});

describe('setting a capability', () => {
  test('runs the listener, keeps the value and tells every other client', async () => {
    const other = await rig.another();
    const device = Object.values(await other.devices.getDevices({ $cache: false }))[0]!;
    await device.connect();
    const heard = new Promise((resolve) => device.makeCapabilityInstance('onoff', resolve));
    await set('onoff', true);
    expect(await heard).toBe(true);
    expect(await value('onoff')).toBe(true);
  });

  test('is refused with the words of the listener, and nothing changes', async () => {
    await set('onoff', true);
    await expect(set('onoff', false, { refuse: true })).rejects.toThrow('The pump refused');
    expect(await value('onoff')).toBe(true);
  });

  test.each([
    ['nonsense', 1, 'Invalid Capability: nonsense'],
    ['onoff', 'yes', /Invalid capability \(onoff\) value type\. Expected: boolean\. Got: string/],
    ['target_temperature', 31, /out_of_range/],
    ['tank_mode', 'party', /"party" is not one of eco, fast/],
    ['measure_temperature', 20, /not setable/],
    ['onoff', null, /Invalid capability/],
  ])('%s to %s is refused', async (capability, given, message) => {
    await expect(set(capability, given)).rejects.toThrow(message);
  });

  test('of several in a group makes one call of the listener', async () => {
    await Promise.all([set('target_temperature', 21.5), set('tank_mode', 'fast')]);
    expect(await value('tank_mode')).toBe('fast');
    expect(await rig.make('device', { method: 'getStoreValue', args: ['last'] })).toEqual({
      target_temperature: 21.5,
      tank_mode: 'fast',
    });
  });

  test('without a listener names it', async () => {
    await rig.make('device', { method: 'addCapability', args: ['onoff.extra'] });
    await expect(set('onoff.extra', true)).rejects.toThrow('Missing Capability Listener: onoff.extra');
    await rig.make('device', { method: 'removeCapability', args: ['onoff.extra'] });
  });

  test('a maintenance button runs and keeps nothing', async () => {
    await set('button.refresh', true);
    expect(await value('measure_temperature')).toBe(48.5);
    expect(await value('button.refresh')).toBeNull();
  });
});

describe('the app and its device', () => {
  const device = (method: string, ...args: unknown[]): Promise<unknown> =>
    rig.make('device', { method, args });

  test.each([
    ['setCapabilityValue', ['nonsense', 1], 'Invalid Capability: nonsense'],
    ['setCapabilityValue', ['measure_temperature', '20'], /Expected: number\. Got: string/],
    [
      'setCapabilityValue',
      ['tank_mode', 'party'],
      /Invalid capability \(homey:app:com.example.fixture:tank_mode\)/,
    ],
    ['addCapability', ['onoff'], 'capability_already_exists'],
    ['addCapability', ['no_such'], 'Invalid Capability: no_such'],
    ['getCapabilityOptions', ['no_such'], 'Invalid Capability: no_such'],
    ['setSettings', [{ unknown: 1 }], 'Invalid Setting: unknown'],
    ['setCameraImage', [], 'Not Implemented: Device.setCameraImage'],
  ])('%s %j is refused', async (method, args, message) => {
    await expect(device(method, ...args)).rejects.toThrow(message);
  });

  test('an added capability has the options of the manifest and can be taken away', async () => {
    await device('removeCapability', 'measure_temperature.outdoor');
    expect((await rig.device()).capabilities).not.toContain('measure_temperature.outdoor');
    await device('addCapability', 'measure_temperature.outdoor');
    expect((await rig.device()).capabilitiesObj['measure_temperature.outdoor']).toMatchObject({
      title: 'Outdoor',
      value: null,
    });
  });

  test('can say that it is not available, and why', async () => {
    await device('setUnavailable', 'Sign in again');
    await device('setWarning', 'Old data');
    expect(await rig.device()).toMatchObject({
      available: false,
      unavailableMessage: 'Sign in again',
      warningMessage: 'Old data',
    });
    await device('setAvailable');
    await device('unsetWarning');
    expect(await rig.device()).toMatchObject({
      available: true,
      unavailableMessage: null,
      warningMessage: null,
    });
  });
});

describe('settings', () => {
  const save = async (settings: object): Promise<unknown> =>
    rig.run('devices', 'setDeviceSettings', { id: (await rig.device()).id, settings });

  test('are kept when the app takes them', async () => {
    await save({ interval: 5 });
    expect((await rig.device()).settings['interval']).toBe(5);
    expect(await save({ interval: 15 })).toBe('Often enough');
  });

  test.each([
    [{ interval: 13 }, 'Not thirteen'],
    [{ interval: 14 }, 'Cannot set Settings while this.onSettings is still pending.'],
    [{ interval: 31 }, /out of range/],
    [{ interval: '3' }, /Expected: number/],
    [{ nope: 1 }, 'Invalid Setting: nope'],
    [{ model: 'mine' }, /read-only/],
  ])('%j is refused', async (settings, message) => {
    const before = (await rig.device()).settings;
    await expect(save(settings)).rejects.toThrow(message);
    expect((await rig.device()).settings).toEqual(before);
  });
});

test('a rename reaches the app, deleting ends the device', async () => {
  await rig.pair(2);
  const devices = Object.values(await rig.api.devices.getDevices({ $cache: false }));
  const second = devices.find(({ name }) => name === 'anna 2')!;
  await call(rig.api, 'devices', 'updateDevice', { id: second.id, device: { name: 'Cellar' } });
  await vi.waitFor(() => expect(rig.lines).toContainEqual(expect.stringContaining('renamed Cellar')));
  await call(rig.api, 'devices', 'deleteDevice', { id: second.id });
  expect(rig.lines).toContainEqual(expect.stringContaining('deleted'));
  await expect(rig.run('devices', 'getDevice', { id: second.id })).rejects.toThrow(/Not Found: Device/);
});
