import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Topic, TopicReport } from '../../../../lib/thermia/source.js';
import { builtInPumps } from '../../../../sandbox/thermia-online/index.js';
import { instantly, never, type Rig, startRig } from './rig.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CURVE = 'REG_GROUP_HEATING_CURVE';
const HOT_WATER = 'REG_GROUP_HOT_WATER';
const ROOM_SENSOR = 'REG_ROOM_SENSOR_ENABLE';
type Good = Extract<TopicReport, { readonly ok: true }>;

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ pumps: builtInPumps, session: { absoluteLifeMs: null } });
  await rig.signIn();
  rig.sent.length = 0;
});
afterEach(async () => {
  expect(rig.clock.pending()).toBe(0);
  await rig.close();
});

const withRegister = (name: string): number =>
  rig.sim.control.pumps().find(({ registers }) => registers.some((each) => each.name === name))!.id;
const read = async (id: number, ...topics: readonly Topic[]): Promise<ReadonlyMap<Topic, Good>> => {
  const report = await rig.finish(rig.online.source.read(String(id), topics, never));
  return new Map(report.topics.flatMap((each) => (each.ok ? [[each.topic, each]] : [])));
};
const pathOf = (id: number, group: string): string => `/api/v1/Registers/Installations/${id}/Groups/${group}`;
const empty = (id: number, group: string, times?: number): number =>
  rig.sim.control.addFault({ kind: 'status', status: 200, text: '[]', match: pathOf(id, group), times });
const askedFor = (group: string): number => rig.count(`registers/${group}`);
const level = (settings: Good | undefined): unknown =>
  settings?.controls.find(({ id }) => id === 'curve.level');

describe('a group of the settings that fails', () => {
  it(
    'costs the others nothing, and is left alone for a day where it never held anything',
    { timeout: 60_000 },
    async () => {
      const id = withRegister('REG_HEATING_HEAT_CURVE');
      rig.sim.control.addFault({ kind: 'status', status: 500, match: pathOf(id, 'REG_GROUP_POOL') });
      const settings = (await read(id, 'settings')).get('settings');
      expect(level(settings)).toBeDefined();
      const tries = askedFor('REG_GROUP_POOL');
      expect(tries).toBeGreaterThan(0);
      for (let round = 0; round < 5; round += 1) {
        await rig.advance(4 * HOUR);
        expect(level((await read(id, 'settings')).get('settings'))).toBeDefined();
      }
      expect(askedFor('REG_GROUP_POOL')).toBe(tries);
      await rig.advance(4 * HOUR);
      await read(id, 'settings');
      expect(askedFor('REG_GROUP_POOL')).toBe(2 * tries);
    },
  );

  it('keeps what it said, at its age, and is asked again where it held something', async () => {
    const id = withRegister('REG_HEATING_HEAT_CURVE');
    const at = rig.clock.now();
    await read(id, 'settings');
    const fault = rig.sim.control.addFault({ kind: 'status', status: 500, match: pathOf(id, CURVE) });
    rig.sim.control.addRegister(id, 'REG_GROUP_HEAT_PUMP', 'REG_ANY', 1);
    await rig.advance(DAY);
    const settings = (await read(id, 'settings')).get('settings')!;
    expect(level(settings)).toMatchObject({ at: expect.closeTo(at, -4) as number });
    expect(settings.unknown.get('REG_ANY')).toBe(1);
    rig.sim.control.removeFault(fault);
    expect(level((await read(id, 'settings')).get('settings'))).toMatchObject({ at: rig.clock.now() });
  });

  it('or hangs costs the others nothing; a line that is cut costs all', async () => {
    const id = withRegister('REG_HEATING_HEAT_CURVE');
    const hangs = rig.sim.control.addFault({ kind: 'hang', match: pathOf(id, 'REG_GROUP_POOL') });
    const settings = read(id, 'settings');
    for (let tries = 1; tries <= 3; tries += 1) {
      await rig.until(() => askedFor('REG_GROUP_POOL') === tries);
      await rig.clock.advance(21_000, instantly);
    }
    expect(level((await rig.finish(settings)).get('settings'))).toBeDefined();
    rig.sim.control.removeFault(hangs);
    rig.sim.control.addFault({ kind: 'reset', match: pathOf(id, CURVE) });
    expect((await rig.failure(rig.online.source.read(String(id), ['settings'], never))).kind).toBe('network');
  });

  it('with all others is a topic that failed', async () => {
    const id = withRegister('REG_HEATING_HEAT_CURVE');
    await read(id, 'doing');
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'registers' });
    rig.sent.length = 0;
    const { topics } = await rig.finish(rig.online.source.read(String(id), ['settings'], never));
    expect(topics).toMatchObject([{ ok: false, error: { kind: 'service_down' } }]);
    rig.sim.control.clearFaults();
    expect(level((await read(id, 'settings')).get('settings'))).toBeDefined();
  });
});

describe('a filled group that answers empty once', () => {
  it('lesson 16: keeps the ids that are written to', async () => {
    const id = withRegister('REG_HOT_WATER_STATUS');
    await read(id, 'hot_water');
    empty(id, HOT_WATER, 1);
    expect((await read(id, 'hot_water')).get('hot_water')).toMatchObject({ empty: true, controls: [] });
    rig.sent.length = 0;
    await rig.finish(rig.online.source.write(String(id), 'hot_water', false, never));
    expect(rig.sent).toEqual(['write']);
  });

  it('keeps its settings at their age, and is gone when it stays empty', async () => {
    const id = withRegister('REG_HEATING_HEAT_CURVE');
    await read(id, 'settings');
    empty(id, CURVE);
    const found: boolean[] = [];
    for (let round = 0; round < 4; round += 1) {
      await rig.advance(4 * HOUR);
      found.push(level((await read(id, 'settings')).get('settings')) !== undefined);
    }
    expect(found).toEqual([true, true, false, false]);
    expect(askedFor(CURVE)).toBe(4);
  });

  it('at the daily look at everything is still no empty one', async () => {
    const id = withRegister('REG_HEATING_HEAT_CURVE');
    await read(id, 'settings');
    rig.online.source.forget(String(id));
    empty(id, CURVE, 1);
    await read(id, 'settings');
    await rig.advance(4 * HOUR);
    expect(level((await read(id, 'settings')).get('settings'))).toMatchObject({ at: rig.clock.now() });
  });
});

describe('what a value means', () => {
  it('is taken from all that is read with it: the limits of the target', async () => {
    const id = withRegister(ROOM_SENSOR);
    rig.sim.control.addRegister(id, 'REG_GROUP_TEMPERATURES', 'REG_DESIRED_INDOOR_TEMPERATURE', 20, {
      minValue: 15,
      maxValue: 25,
    });
    const limits = async (...topics: readonly Topic[]): Promise<unknown> =>
      (await read(id, ...topics)).get('status')!.controls.find((each) => each.id === 'heating_target');
    expect(await limits('doing', 'temperatures', 'status')).toMatchObject({ limits: { min: 15, max: 25 } });
    rig.online.source.forget(String(id));
    expect(await limits('status')).toMatchObject({ limits: { min: 15, max: 25 } });
  });

  it('is told again when the settings show a room sensor', async () => {
    const id = withRegister(ROOM_SENSOR);
    rig.sim.control.setRegister(id, ROOM_SENSOR, 1);
    const status = { ...rig.sim.control.pump(id).status, indoorTemperature: 21.5 };
    rig.sim.control.addFault({ kind: 'status', status: 200, text: JSON.stringify(status), match: 'status' });
    const first = await read(id, 'status', 'doing');
    expect(first.get('status')?.readings['temperature.indoor']).toBeUndefined();
    const at = rig.clock.now();
    await rig.advance(1000);
    const second = await read(id, 'settings');
    expect(second.get('status')?.readings['temperature.indoor']).toMatchObject({ value: 21.5, at });
    rig.online.source.forget(String(id));
    const third = await read(id, 'status', 'doing');
    expect(third.get('status')?.readings['temperature.indoor']).toMatchObject({ value: 21.5 });
  });
});

it('a detail that cannot be read is asked for once in an hour', async () => {
  const id = withRegister(ROOM_SENSOR);
  rig.sim.control.addFault({ kind: 'status', status: 400, match: 'installation' });
  for (let minutes = 0; minutes < 60; minutes += 3) {
    await read(id, 'doing');
    await rig.advance(3 * 60_000);
  }
  expect(rig.count('detail')).toBe(1);
  rig.sim.control.clearFaults();
  await read(id, 'doing');
  await read(id, 'doing');
  expect(rig.count('detail')).toBe(2);
});
