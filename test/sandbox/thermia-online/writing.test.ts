import { describe, expect, test } from 'vitest';
import { builtInPumps } from '../../../sandbox/thermia-online/index.js';
import { caller, type Caller } from './account.js';
import { handClock } from './clock.js';
import { CLASSIC, PUMP, register } from './registers.js';
import { simulators } from './simulators.js';

const start = simulators();
const SWITCH = 52154;

const write = (
  api: Caller,
  registerSpecificationId: unknown,
  registerValue: unknown,
  pump = PUMP,
): Promise<Response> =>
  api.send('POST', `/api/v1/Registers/Installations/${pump}/Registers`, {
    registerSpecificationId,
    registerValue,
    clientUuid: 'a-test',
  });

const switchValue = async (api: Caller): Promise<number | null> =>
  (await register(api, 'REG_GROUP_HOT_WATER', 'REG_HOT_WATER_STATUS')).registerValue;

describe('writing', () => {
  test('shows after a while, and not before', async () => {
    const clock = handClock();
    const simulator = await start({ clock, writeLatencyMs: 5000 });
    const api = await caller(simulator);
    expect((await write(api, SWITCH, 0)).status).toBe(200);
    clock.advance(4999);
    expect(await switchValue(api)).toBe(1);
    clock.advance(1);
    expect(await switchValue(api)).toBe(0);
    expect(simulator.control.counters().writes).toMatchObject([
      { pumpId: PUMP, registerName: 'REG_HOT_WATER_STATUS', value: 0, accepted: true },
    ]);
  });

  test('is lost when the pump is offline', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const api = await caller(simulator);
    simulator.control.setOnline(PUMP, false);
    expect((await write(api, SWITCH, 0)).status).toBe(200);
    clock.advance(60_000);
    simulator.control.setOnline(PUMP, true);
    clock.advance(60_000);
    expect(await switchValue(api)).toBe(1);
  });

  test.each<[string, unknown, unknown]>([
    ['an unknown register', 99, 1],
    ['a register of another pump', 183054, 0],
    ['no number', SWITCH, '1'],
    ['a text for an id', '52154', 1],
    ['a value without a name', SWITCH, 2],
    ['half a value', SWITCH, 0.5],
    ['a sensor', 52155, 20],
    ['the mode that can only be read', 52181, 3],
    ['a heating target out of range', 52134, 31],
    ['half a heating target', 52134, 20.5],
  ])('%s is refused', async (_name, id, value) => {
    const simulator = await start();
    const response = await write(await caller(simulator), id, value);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400, errors: {} });
  });

  test('the key of before 2023 and a missing client are refused', async () => {
    const api = await caller(await start());
    const path = `/api/v1/Registers/Installations/${PUMP}/Registers`;
    const old = await api.send('POST', path, { registerIndex: SWITCH, registerValue: 0, clientUuid: 'x' });
    expect(await old.json()).toHaveProperty('errors.registerSpecificationId');
    expect((await api.send('POST', path, { registerSpecificationId: SWITCH, registerValue: 0 })).status).toBe(
      400,
    );
    expect((await api.send('POST', path, '{"registerSpecificationId":')).status).toBe(400);
    expect((await api.send('POST', path)).status).toBe(400);
  });

  test('sliders have limits; the heating target is taken though it says read only', async () => {
    const clock = handClock();
    const api = await caller(await start({ clock, pumps: builtInPumps }));
    expect((await write(api, 161025, 57, CLASSIC)).status).toBe(400);
    expect((await write(api, 161025, 40, CLASSIC)).status).toBe(200);
    expect((await write(api, 161010, 22, CLASSIC)).status).toBe(200);
    clock.advance(10_000);
    expect(
      (await register(api, 'REG_GROUP_HEATING_CURVE', 'REG_HEATING_HEAT_CURVE', CLASSIC)).registerValue,
    ).toBe(40);
    const target = await register(api, 'REG_GROUP_TEMPERATURES', 'REG_DESIRED_INDOOR_TEMPERATURE', CLASSIC);
    expect(target).toMatchObject({ registerValue: 22, isReadOnly: true });
    expect(await api.json(`/api/v1/installationstatus/${CLASSIC}/status`)).toMatchObject({
      heatingEffect: 22,
    });
  });
});
