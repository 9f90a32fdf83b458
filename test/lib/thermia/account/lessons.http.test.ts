import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PumpSnapshot } from '../../../../lib/thermia/index.js';
import { HOUR, MINUTE, SECOND } from './rig.js';
import { startThermiaRig, type ThermiaRig } from './thermia-rig.js';

const GENESIS_STATUS = 'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK';
const TEMPERATURES = 'REG_GROUP_TEMPERATURES';
const STATUS = 'REG_GROUP_OPERATIONAL_STATUS';
const HOT_WATER = 'REG_GROUP_HOT_WATER';

let rig: ThermiaRig;
beforeEach(async () => {
  rig = await startThermiaRig();
  await rig.watchAll();
});
afterEach(async () => {
  await rig.end();
  expect(rig.clock.pending()).toBe(0);
});

const seen = (id: string): PumpSnapshot => rig.thermia.account.snapshot(id)!;
/** The pump after something was turned on it. */
const after = async (id: string, change: (pumpId: number) => void): Promise<PumpSnapshot> => {
  change(Number(id));
  await rig.finish(rig.thermia.account.refresh(id));
  return seen(id);
};
const control = (): ThermiaRig['sim']['control'] => rig.sim.control;

it('lesson 10: minutes and not seconds, one after the other, at no round time', async () => {
  const at: number[] = [];
  let mostAtOnce = 0;
  const id = rig.withRegister('COMP_STATUS');
  rig.thermia.account.on('snapshot', ({ identity, readings }) => {
    mostAtOnce = Math.max(mostAtOnce, rig.agent.underWay);
    if (identity.id === id) at.push(readings['temperature.supply']!.at);
  });
  await rig.advance(HOUR);
  const moments = [...new Set(at)];
  const gaps = moments.slice(1).map((each, index) => each - moments[index]!);
  expect(Math.min(...gaps)).toBeGreaterThan(2 * MINUTE);
  expect(new Set(gaps).size).toBeGreaterThan(gaps.length / 2);
  expect(mostAtOnce).toBeLessThanOrEqual(1);
});

it('lesson 18: a written value is pending first, then what the pump says', async () => {
  const id = rig.withRegister('REG_HOT_WATER_STATUS');
  const value = seen(id).readings.hot_water!.value;
  rig.sim.control.setBehaviour({ writeLatencyMs: 5 * MINUTE });
  const write = rig.thermia.account.write(id, 'hot_water', !value);
  await rig.advance(2 * SECOND);
  expect(seen(id).readings.hot_water).toMatchObject({ value: !value, pending: true });
  await rig.advance(90 * SECOND);
  expect(await write.settled).toMatchObject({ state: 'failed', error: { kind: 'not_confirmed' } });
  expect(seen(id).readings.hot_water).toMatchObject({ value });
  expect(seen(id).readings.hot_water).not.toHaveProperty('pending');
});

it('lesson 19: what is missing at the start is there when it comes', async () => {
  const id = rig.withRegister('REG_HOT_WATER_STATUS');
  const without = await after(id, (pump) => control().removeRegister(pump, 'REG_HOT_WATER_STATUS'));
  expect(without.readings.hot_water).toBeUndefined();
  expect(without.controls.has('hot_water')).toBe(false);
  control().restore(Number(id), 'REG_HOT_WATER_STATUS');
  await rig.advance(20 * MINUTE);
  expect(seen(id).readings.hot_water?.freshness).toBe('current');
  expect(seen(id).controls.has('hot_water')).toBe(true);
});

it('lesson 20: hot water, brine pump and compressor are not cooling', async () => {
  const id = rig.withRegister('COMP_STATUS');
  const { readings } = await after(id, (pump) => control().setRegister(pump, 'COMP_STATUS', 19));
  expect(readings.activities?.value).toEqual(['hot_water']);
  expect(readings['component.compressor']?.value).toBe(true);
  expect(readings['component.circulation_pump']?.value).toBe(false);
});

it('lesson 20: a bit without a name hides nothing', async () => {
  const id = rig.withRegister(GENESIS_STATUS);
  const { readings, unknown } = await after(id, (pump) =>
    control().setRegister(pump, GENESIS_STATUS, 8 + 256),
  );
  expect(readings.activity?.value).toBe('heating');
  expect(unknown.get(GENESIS_STATUS)).toBe(256);
});

it('lesson 21: of two names for one mode the shown one counts', async () => {
  const id = rig.withRegister('REG_OPERATIONMODE', STATUS);
  const { readings, controls } = await after(id, (pump) =>
    control().setRegister(pump, 'REG_OPERATIONMODE', 2),
  );
  expect(readings.operation_mode?.value).toBe('aux_heater_only');
  expect(controls.has('operation_mode')).toBe(false);
});

it('lesson 23: a state whose name is hidden is reported all the same', async () => {
  const id = rig.withRegister('COMP_STATUS_ITEC');
  const { readings } = await after(id, (pump) => control().setRegister(pump, 'COMP_STATUS_ITEC', 1 + 2 + 8));
  expect(readings.activity?.value).toBe('hot_water');
});

it('lesson 24: 200 degrees are no sensor, 0 degrees are a temperature', async () => {
  const id = rig.withRegister('REG_SUPPLY_LINE');
  const read = async (value: number): Promise<number | undefined> =>
    (await after(id, (pump) => control().setRegister(pump, 'REG_SUPPLY_LINE', value))).readings[
      'temperature.supply'
    ]?.value;
  expect(await read(200)).toBeUndefined();
  expect(await read(0)).toBe(0);
  expect(await read(-1)).toBe(-1);
});

it('lesson 25: whether hot water is being made is not the switch', async () => {
  const id = rig.withRegister('REG_HOT_WATER_STATUS');
  const snapshot = await after(id, (pump) => control().setRegister(pump, 'REG_HOT_WATER_STATUS', 0));
  expect(control().pump(Number(id)).status['isHotWaterActive']).toBe(true);
  expect(snapshot.readings.hot_water?.value).toBe(false);
});

it('lesson 27: a pump that is offline still answers, and is offline', async () => {
  const id = rig.withRegister('COMP_STATUS_ATEC');
  const snapshot = await after(id, (pump) => control().setOnline(pump, false));
  expect(rig.thermia.account.availability(id)).toMatchObject({
    state: 'unavailable',
    reason: 'pump_offline',
  });
  expect(snapshot.readings['temperature.supply']?.freshness).toBe('stale');
  expect(Object.values(snapshot.readings).every(({ freshness }) => freshness === 'stale')).toBe(true);
});

it('lessons 28 and 29: neither place nor index says what a register is', async () => {
  const id = rig.withRegister('REG_HOT_WATER_STATUS');
  const [first] = control()
    .pump(Number(id))
    .registers.filter(({ group }) => group === HOT_WATER);
  const before = seen(id).readings.hot_water!.value;
  const snapshot = await after(id, (pump) => {
    const { registerIndex } = first!.fields;
    control().addRegister(pump, HOT_WATER, 'REG_OTHER', 1, {
      registerIndex: registerIndex ?? 0,
      isReadOnly: false,
      minValue: 0,
      maxValue: 9,
    });
    control().addRegister(pump, TEMPERATURES, 'REG_STRANGE', 99, { registerIndex: 5 });
  });
  expect(snapshot.readings.hot_water?.value).toBe(before);
  expect(snapshot.controls.get('register.REG_OTHER')).toMatchObject({ value: 1 });
  expect(snapshot.unknown.get('REG_STRANGE')).toBe(99);
});

it('lesson 35: a function that a firmware takes away is not offered any more', async () => {
  const id = rig.withRegister('REG__HOT_WATER_BOOST');
  expect(seen(id).controls.has('hot_water_boost')).toBe(true);
  const snapshot = await after(id, (pump) => control().removeRegister(pump, 'REG__HOT_WATER_BOOST'));
  expect(snapshot.controls.has('hot_water_boost')).toBe(false);
  const refused = rig.thermia.account.write(id, 'hot_water_boost', true);
  expect(await refused.settled).toMatchObject({ state: 'failed', error: { kind: 'not_supported' } });
});
