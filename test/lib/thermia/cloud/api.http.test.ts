import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ThermiaApi } from '../../../../lib/thermia/cloud/index.js';
import { never, type Rig, startRig } from './rig.js';

const HOUR = 3_600_000;
const ZONE = 'Europe/Stockholm';

let rig: Rig;
let id: string;
let api: ThermiaApi;
beforeEach(async () => {
  rig = await startRig();
  await rig.signIn();
  id = String(rig.sim.control.pumps()[0]!.id);
  api = rig.online.api;
});
afterEach(async () => {
  expect(rig.clock.pending()).toBe(0);
  await rig.close();
});

const day = () => ({ from: rig.clock.now() - 24 * HOUR, to: rig.clock.now(), timeZone: ZONE });
const historyId = async (name: string): Promise<number> => {
  const all = await rig.finish(api.history.registers(id, never));
  return all.find(({ registerName }) => registerName === name)!.registerId;
};

describe('the list', () => {
  it.each(['paged', 'array'] as const)('in the shape %s, with ghosts and null names', async (listShape) => {
    rig.sim.control.setBehaviour({ listShape, ghosts: 60 });
    const all = await rig.finish(api.installations.list(never));
    expect(all).toHaveLength(61);
    expect(new Set(all.map((each) => each.id)).size).toBe(61);
    expect(rig.count('list')).toBe(listShape === 'paged' ? 2 : 1);
    expect(all[60]).toMatchObject({ name: null, isOnline: false, lastOnline: null });
  });

  const answer = (value: unknown): void => {
    rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: JSON.stringify(value),
      match: 'installations',
    });
  };

  it('one broken item is left out and reported once, never the whole answer', async () => {
    answer([{ id: 1, name: 'One' }, { name: 'without id' }, null, { id: '2', isOnline: 'yes', extra: {} }]);
    const all = await rig.finish(api.installations.list(never));
    expect(all.map((each) => [each.id, each.isOnline])).toEqual([
      [1, null],
      [2, null],
    ]);
    await rig.finish(api.installations.list(never));
    expect(rig.logger.lines).toMatchObject([{ level: 'warn', fields: { endpoint: 'list' } }]);
  });

  it('an empty list is an answer, one whose pages are missing is none', async () => {
    answer({ totalCount: 0, items: [] });
    expect(await rig.finish(api.installations.list(never))).toEqual([]);
    rig.sim.control.clearFaults();
    answer({ totalCount: 3, items: [] });
    expect((await rig.failure(api.installations.list(never))).kind).toBe('unexpected_answer');
    rig.sim.control.clearFaults();
    answer({ items: [] });
    expect(await rig.finish(api.installations.list(never))).toEqual([]);
  });

  it('ends when the pages never do', async () => {
    answer({ totalCount: 1_000_000, items: [{ id: 1 }] });
    expect((await rig.failure(api.installations.list(never))).kind).toBe('unexpected_answer');
    expect(rig.count('list')).toBe(20);
  });

  it('an answer of another shape is an error that says where', async () => {
    answer({ pumps: [] });
    expect((await rig.failure(api.installations.list(never))).kind).toBe('unexpected_answer');
  });
});

describe('one installation', () => {
  it('detail, status, online', async () => {
    const detail = await rig.finish(api.installations.detail(id, never));
    expect(detail).toMatchObject({ id: Number(id), timeZoneId: 'W. Europe Standard Time' });
    const status = await rig.finish(api.installations.status(id, never));
    expect(status.heatingEffectRegisters).toEqual([null, expect.any(Number)]);
    expect(status.hotWaterTemperature).toEqual(expect.any(Number));
    expect(await rig.finish(api.installations.isOnline(id, never))).toBe(true);
    rig.sim.control.setOnline(Number(id), false);
    expect(await rig.finish(api.installations.isOnline(id, never))).toBe(false);
  });

  it('lesson 25: reads the older spelling of isHotWaterActive', async () => {
    rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: '{"isHotwaterActive":false}',
      match: 'status',
    });
    expect(await rig.finish(api.installations.status(id, never))).toMatchObject({
      isHotWaterActive: false,
      heatingEffect: null,
      heatingEffectRegisters: [],
    });
  });

  it('groups and registers, a group that the pump lacks is empty', async () => {
    const { profile } = (await rig.finish(api.installations.list(never)))[0]!;
    const groups = await rig.finish(api.registers.groups(profile!.id!, never));
    expect(groups.map(({ name }) => name)).toContain('REG_GROUP_HOT_WATER');
    const registers = await rig.finish(api.registers.registers(id, 'REG_GROUP_TEMPERATURES', ZONE, never));
    expect(registers.length).toBeGreaterThan(3);
    expect(registers.every(({ changedAt }) => changedAt !== null && changedAt <= rig.clock.now())).toBe(true);
    expect(await rig.finish(api.registers.registers(id, 'REG_GROUP_POOL', ZONE, never))).toEqual([]);
  });

  it('lesson 13: unknown fields pass, missing ones are null', async () => {
    rig.sim.control.addFault({ kind: 'extra', nullShare: 0.4 });
    await rig.finish(api.installations.detail(id, never));
    await rig.finish(api.installations.status(id, never));
    const registers = await rig.finish(api.registers.registers(id, 'REG_GROUP_HOT_WATER', ZONE, never));
    expect(registers.length).toBeGreaterThan(0);
    expect(rig.logger.lines).toEqual([]);
  });

  it('events and counters: active ones, newest first', async () => {
    for (const eventFlag of ['isActiveAlarm', 'isActive', 'none'] as const) {
      rig.sim.control.setBehaviour({ eventFlag });
      rig.sim.control.clearAlarms(Number(id));
      rig.sim.control.raiseAlarm(Number(id), 'High pressure');
      await rig.advance(HOUR);
      rig.sim.control.raiseAlarm(Number(id), 'Low flow');
      const active = await rig.finish(api.events.events(id, { onlyActive: true, timeZone: ZONE }, never));
      expect(active.map(({ eventTitle }) => eventTitle)).toEqual(['Low flow', 'High pressure']);
      expect(active[0]!.occurredAt! - active[1]!.occurredAt!).toBe(HOUR);
      const counters = await rig.finish(api.events.counters(id, never));
      expect(counters.activeAlarms).toBe(2);
      await rig.advance(HOUR);
    }
    const all = await rig.finish(
      api.events.events(id, { onlyActive: false, take: 3, timeZone: null }, never),
    );
    expect(all).toHaveLength(3);
    expect(all[0]!.occurredAt).toBeNull();
  });

  it.each([
    ['{"isActiveAlarm":true,"severity":"Critical"}', true],
    ['{"isActiveAlarm":true}', true],
    ['{"isActive":true,"severity":"Alarm"}', true],
    ['{"severity":"Error","clearedWhen":null}', true],
    ['{"severity":"A name nobody has seen"}', true],
    ['{"severity":"Info"}', false],
    ['{"isActive":true,"severity":"Warning"}', false],
    ['{"isActiveAlarm":true,"severity":"Information"}', false],
    ['{"isActiveAlarm":false,"severity":"Critical"}', false],
    ['{"severity":"Critical","clearedWhen":"2026-01-01T00:00:00"}', false],
  ])('of events only alarms count: %s', async (event, expected) => {
    rig.sim.control.addFault({ kind: 'status', status: 200, text: `[${event}]`, match: 'events' });
    const active = await rig.finish(api.events.events(id, { onlyActive: true, timeZone: ZONE }, never));
    expect(active.length === 1).toBe(expected);
  });
});

describe('history', () => {
  it.each(['object', 'array'] as const)('registers in the shape %s', async (historyShape) => {
    rig.sim.control.setBehaviour({ historyShape });
    expect(await historyId('REG_HOT_WATER_TEMPERATURE')).toEqual(expect.any(Number));
  });

  it.each(['minute', 'hour', 'day', 'month'] as const)('series by %s, oldest first', async (resolution) => {
    const register = await historyId('REG_HOT_WATER_TEMPERATURE');
    const points = await rig.finish(api.history.series(id, register, resolution, day(), never));
    expect(points.length).toBeGreaterThan(0);
    expect(points.every(({ at }, index) => index === 0 || at > points[index - 1]!.at)).toBe(true);
    expect(points.at(-1)!.at).toBeLessThanOrEqual(rig.clock.now());
  });

  it('goes on where the service has more', async () => {
    const register = await historyId('REG_HOT_WATER_TEMPERATURE');
    const whole = await rig.finish(api.history.series(id, register, 'minute', day(), never));
    rig.sim.control.setBehaviour({ historyPage: 10 });
    rig.sent.length = 0;
    const paged = await rig.finish(api.history.series(id, register, 'minute', day(), never));
    expect(paged).toEqual(whole);
    expect(whole.length).toBeGreaterThan(10);
    expect(rig.count('history series')).toBeGreaterThan(1);
  });

  it('ends where the service only says that it has more; points without a time are left out', async () => {
    const data = [
      { at: '2026-01-15T10:00:00.123', val: 1 },
      { at: 'x', val: 2 },
      { at: '2026-01-15T09:00:00' },
    ];
    rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: JSON.stringify({ hasMore: true, data }),
      match: 'series',
    });
    const points = await rig.finish(api.history.series(id, 1, 'hour', day(), never));
    expect(points).toEqual([{ at: Date.parse('2026-01-15T09:00:00.123Z'), value: 1 }]);
    expect(rig.count('history series')).toBe(2);
  });

  it('years and connections', async () => {
    expect(await rig.finish(api.history.years(id, never))).toContain(2026);
    rig.sim.control.setOnline(Number(id), false);
    await rig.advance(HOUR);
    const connections = await rig.finish(api.history.connections(id, day(), never));
    expect(connections.at(-1)).toMatchObject({ isOnline: false });
  });
});

describe('the account', () => {
  it('user, users, texts', async () => {
    expect(await rig.finish(api.installations.currentUser(never))).toMatchObject({
      email: rig.sim.username,
      hasAcceptedEula: true,
    });
    expect(await rig.finish(api.installations.users(id, never))).toMatchObject([{ email: rig.sim.username }]);
    const texts = await rig.finish(api.installations.localization('sv-SE', never));
    expect(texts.get('REG_VALUE_STATUS_ON')).toContain('sv-SE');
  });

  it('schedules are read, made and deleted', async () => {
    const start = rig.clock.now() + HOUR;
    const made = await rig.finish(
      api.schedules.createSchedule(
        id,
        { does: 'hot_water_block', start, end: start + HOUR, timeZone: ZONE },
        never,
      ),
    );
    expect(made).toMatchObject({ functionId: 15002, start: '2026-01-15T14:00:00', value: null });
    await rig.finish(
      api.schedules.createSchedule(
        id,
        { does: 'reduced_heating', start, end: start + HOUR, value: 15, timeZone: ZONE },
        never,
      ),
    );
    expect(await rig.finish(api.schedules.schedules(id, never))).toHaveLength(2);
    await rig.finish(api.schedules.deleteSchedule(id, made.id, never));
    expect(await rig.finish(api.schedules.schedules(id, never))).toHaveLength(1);
    expect((await rig.failure(api.schedules.deleteSchedule(id, made.id, never))).kind).toBe('not_found');
  });
});
