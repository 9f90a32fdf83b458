import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../sandbox/client.js';
import { devicesOf, eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';
import { registerOf, countersOf } from '../support/simulator.js';

const sandboxes = new Sandboxes();

const onlyDevice = async (running: RunningSandbox) => {
  const client = await running.client();
  const [device, ...others] = await devicesOf(client);
  expect(others).toEqual([]);
  return { client, device: device! };
};

describe('the thin path: pair, read, switch', () => {
  afterEach(() => sandboxes.cleanUp());

  it('pairs the demo pump by itself and shows it as a heat pump with its temperatures', async () => {
    const { device } = await onlyDevice(await sandboxes.start());
    expect(device.class).toBe('heatpump');
    expect(device.available).toBe(true);
    expect(device.capabilities).toContain('onoff');
    const temperatures = Object.values(device.capabilitiesObj).filter(({ id }) =>
      id.startsWith('measure_temperature'),
    );
    expect(temperatures.filter(({ value }) => typeof value === 'number').length).toBeGreaterThanOrEqual(4);
  });

  it('prints one line and nothing else', async () => {
    const running = await sandboxes.start();
    expect(running.printed().trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(JSON.parse(running.printed()) as object)).toEqual(['homey', 'thermia']);
  });

  it('switches hot water off on the pump, and everybody hears it', async () => {
    const running = await sandboxes.start();
    const { client, device } = await onlyDevice(running);
    const listener = await running.client();
    const heard: unknown[] = [];
    const other = await listener.devices.getDevice({ id: device.id });
    await other.connect();
    other.makeCapabilityInstance('onoff', (value) => heard.push(value));

    expect(await registerOf(running, 'REG_HOT_WATER_STATUS')).toBe(1);
    await client.devices.setCapabilityValue({ deviceId: device.id, capabilityId: 'onoff', value: false });
    expect(
      await eventually(
        () => registerOf(running, 'REG_HOT_WATER_STATUS'),
        (value) => value === 0,
      ),
    ).toBe(0);
    expect(
      await eventually(
        () => heard,
        (values) => values.includes(false),
      ),
    ).toEqual([false]);
  });

  it('is switched on at the pump itself, and the Homey follows', async () => {
    const running = await sandboxes.start(['--speed', '60']);
    const { client, device } = await onlyDevice(running);
    await client.devices.setCapabilityValue({ deviceId: device.id, capabilityId: 'onoff', value: false });
    const value = async () =>
      (await client.devices.getDevice({ id: device.id, $cache: false })).capabilitiesObj['onoff']?.value;
    const polls = async () => (await countersOf(running)).requests;
    const before = await polls();
    await eventually(polls, (now) => now > before + 12);
    expect(await value()).toBe(false);
  });

  it('works after kill -9 without a new sign-in', async () => {
    const state = sandboxes.folder();
    const first = await sandboxes.start([], state);
    const { device } = await onlyDevice(first);
    expect((await countersOf(first)).passwordSignIns).toBe(1);
    await first.kill('SIGKILL');

    const second = await sandboxes.start([], state);
    const { client, device: again } = await onlyDevice(second);
    expect(again.id).toBe(device.id);
    expect(
      await eventually(
        async () => (await devicesOf(client))[0]!.available,
        (available) => available,
      ),
    ).toBe(true);
    await client.devices.setCapabilityValue({ deviceId: device.id, capabilityId: 'onoff', value: false });
    expect(
      await eventually(
        () => registerOf(second, 'REG_HOT_WATER_STATUS'),
        (value) => value === 0,
      ),
    ).toBe(0);
    expect((await countersOf(second)).passwordSignIns).toBe(1);
  });
});

describe('pairing through the API', () => {
  let running: RunningSandbox;
  beforeAll(async () => {
    running = await sandboxes.start(['--unpaired']);
    return () => sandboxes.cleanUp();
  });

  it('refuses a wrong password in words, lists the pumps with the right one and adds a working device', async () => {
    const client = await running.client();
    expect(await devicesOf(client)).toEqual([]);
    const session = (await call(client, 'drivers', 'createPairSession', {
      pairsession: { type: 'pair', driverId: 'homey:app:com.thermia.online:heat-pump' },
    })) as { id: string };
    const emit = (event: string, data: unknown) =>
      call(client, 'drivers', 'emitPairingEvent', { id: session.id, event, data });

    const { username, password } = running.thermia;
    await expect(emit('login', { username, password: 'wrong' })).rejects.toThrow(/password/i);
    expect(await emit('login', { username, password })).toBe(true);
    const found = (await emit('list_devices', {})) as { name: string; data: { id: string } }[];
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain(password);
    expect(found[0]!.data).toEqual({ id: expect.stringMatching(/^\d{7}$/) as string });
    await call(client, 'drivers', 'createPairSessionDevice', { id: session.id, device: found[0] });

    const works = await eventually(
      async () => (await devicesOf(client))[0],
      (device) => typeof device?.capabilitiesObj['measure_temperature']?.value === 'number',
    );
    expect(works?.available).toBe(true);
  });
});
