import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PumpReport, Topic, TopicReport } from '../../../../lib/thermia/source.js';
import { TOPICS } from '../../../../lib/thermia/source.js';
import { builtInPumps } from '../../../../sandbox/thermia-online/index.js';
import { never, type Rig, startRig } from './rig.js';

const DAY = 24 * 3_600_000;
const HOT_WATER = 'REG_HOT_WATER_STATUS';

let rig: Rig;
const start = async (): Promise<void> => {
  rig = await startRig({ pumps: builtInPumps, session: { absoluteLifeMs: null } });
  await rig.signIn();
  rig.sent.length = 0;
};
beforeEach(start);
afterEach(async () => {
  expect(rig.clock.pending()).toBe(0);
  await rig.close();
});

const withRegister = (name: string): number =>
  rig.sim.control.pumps().find(({ registers }) => registers.some((each) => each.name === name))!.id;
const withoutRegister = (name: string): number =>
  rig.sim.control.pumps().find(({ registers }) => registers.every((each) => each.name !== name))!.id;
const read = (id: number, ...topics: readonly Topic[]): Promise<PumpReport> =>
  rig.finish(rig.online.source.read(String(id), topics, never));
const topicOf = (report: PumpReport, topic: Topic): TopicReport =>
  report.topics.find((each) => each.topic === topic)!;
const write = (id: number, controlId: string, value: boolean | number) =>
  rig.online.source.write(String(id), controlId, value, never);
const registersSent = (): string[] =>
  rig.sent.filter((each) => each.startsWith('registers/')).map((each) => each.slice('registers/'.length));

describe('the list of pumps', () => {
  it('lesson 27: says who they are, whether online, when last, and how many alarms', async () => {
    const [first] = rig.sim.control.pumps();
    rig.sim.control.setOnline(first!.id, false);
    rig.sim.control.raiseAlarm(first!.id, 'High pressure');
    const pumps = await rig.finish(rig.online.source.list(never));
    expect(pumps).toHaveLength(rig.sim.control.pumps().length);
    const listing = pumps.find(({ identity }) => identity.id === String(first!.id))!;
    expect(listing).toMatchObject({ online: false, alarms: 1 });
    expect(listing.lastOnline).toBeLessThanOrEqual(rig.clock.now());
    expect(listing.lastOnline).toBeGreaterThan(rig.clock.now() - DAY);
    expect(pumps.every(({ identity }) => identity.model !== null)).toBe(true);
  });

  it('lesson 31: null names stay null, and a pump without label or counters is one', async () => {
    rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: '[{"id":5,"name":null,"model":"","profile":{"thermiaName":" ","name":"NCP 1024"}},{"id":6}]',
      match: 'installations',
    });
    const pumps = await rig.finish(rig.online.source.list(never));
    expect(pumps[0]!.identity).toMatchObject({ id: '5', name: null, model: 'NCP 1024' });
    expect(pumps[1]).toMatchObject({
      identity: { model: null },
      online: null,
      lastOnline: null,
      alarms: null,
    });
  });

  it.each([[{ kind: 'html' }], [{ kind: 'outage' }], [{ kind: 'status', status: 500 }]] as const)(
    'lesson 11: %o is no list: nobody may conclude that a pump is gone',
    async (fault) => {
      rig.sim.control.addFault({ ...fault, match: 'installations' });
      expect((await rig.failure(rig.online.source.list(never))).kind).toBe('service_down');
    },
  );
});

describe('reading', () => {
  it('asks what the topics take and nothing else, one after the other (lesson 10)', async () => {
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, rig.agent.underWay);
    }, 0);
    const id = withRegister(HOT_WATER);
    await read(id, 'doing');
    expect(rig.sent).toEqual(['configuration', 'detail', 'registers/REG_GROUP_OPERATIONAL_STATUS']);
    rig.sent.length = 0;
    const report = await read(id, 'temperatures', 'hot_water', 'status', 'mode', 'hours', 'alarms', 'doing');
    expect(rig.sent).toEqual([
      'status',
      'registers/REG_GROUP_TEMPERATURES',
      'registers/REG_GROUP_HOT_WATER',
      'registers/REG_GROUP_OPERATIONAL_OPERATION',
      'registers/REG_GROUP_OPERATIONAL_TIME',
      'events',
      'registers/REG_GROUP_OPERATIONAL_STATUS',
    ]);
    clearInterval(watch);
    expect(most).toBe(1);
    expect(report.topics.every(({ ok }) => ok)).toBe(true);
    expect(report.at).toBe(rig.clock.now());
    expect(report.identity).toMatchObject({ firmware: expect.any(String) as string });
  });

  it('values carry the time of the pump’s own zone', async () => {
    const report = await read(withRegister(HOT_WATER), 'profile', 'temperatures');
    expect(report.identity?.timeZone).toBe('Europe/Berlin');
    const temperatures = topicOf(report, 'temperatures');
    if (!temperatures.ok) throw temperatures.error;
    const { changedAt } = temperatures.readings['temperature.hot_water']!;
    expect(changedAt).toBeLessThanOrEqual(rig.clock.now());
    expect(changedAt).toBeGreaterThan(rig.clock.now() - DAY);
  });

  it('texts of active alarms, and none is an answer', async () => {
    const id = withRegister(HOT_WATER);
    const none = topicOf(await read(id, 'alarms'), 'alarms');
    expect(none).toMatchObject({ ok: true, readings: { alarms: { value: 0 } } });
    rig.sim.control.raiseAlarm(id, 'High pressure');
    const one = topicOf(await read(id, 'alarms'), 'alarms');
    expect(one).toMatchObject({
      readings: { alarms: { value: 1 }, alarm_texts: { value: ['High pressure'] } },
    });
    rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: '[{"isActiveAlarm":true}]',
      match: 'events',
    });
    const untitled = topicOf(await read(id, 'alarms'), 'alarms');
    expect(untitled).toMatchObject({ readings: { alarms: { value: 1 }, alarm_texts: { value: [] } } });
  });

  it('lesson 30: groups that are empty are learned, per pump, and asked again after a day', async () => {
    const id = withRegister(HOT_WATER);
    await read(id, 'settings');
    const all = registersSent();
    rig.sent.length = 0;
    await read(id, 'settings');
    const filled = registersSent();
    expect(filled.length).toBeLessThan(all.length);
    await read(withoutRegister(HOT_WATER), 'settings');
    expect(rig.count('groups')).toBe(1);
    await rig.advance(DAY);
    rig.sent.length = 0;
    await read(id, 'settings');
    expect(registersSent()).toEqual(all);
    rig.online.source.forget(String(id));
    rig.sent.length = 0;
    await read(id, 'settings');
    expect([rig.count('detail'), rig.count('groups'), registersSent()]).toEqual([1, 1, all]);
  });

  it('a detail that names no profile fails what needs one, and only that', async () => {
    rig.sim.control.addFault({ kind: 'status', status: 200, text: '{"id":1}', match: 'installation' });
    const report = await read(withRegister(HOT_WATER), 'doing', 'settings');
    expect(report.topics).toMatchObject([
      { topic: 'doing', ok: true },
      { topic: 'settings', ok: false, error: { kind: 'unexpected_answer' } },
    ]);
  });

  it('an unknown zone costs the times of change, nothing else', async () => {
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'installation' });
    const report = await read(withRegister(HOT_WATER), 'temperatures');
    const temperatures = topicOf(report, 'temperatures');
    if (!temperatures.ok) throw temperatures.error;
    expect(temperatures.readings['temperature.hot_water']).not.toHaveProperty('changedAt');
  });
});

describe('one topic’s failure does not spoil the others', () => {
  it('it is named and the rest is there', async () => {
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'status' });
    const report = await read(withRegister(HOT_WATER), 'doing', 'status', 'hot_water');
    expect(report.topics.map(({ topic, ok }) => [topic, ok])).toEqual([
      ['doing', true],
      ['hot_water', true],
      ['status', false],
    ]);
  });

  it('what concerns all is thrown, after as few requests as can be', async () => {
    rig.sim.control.addFault({ kind: 'reset', match: '/api/v1/' });
    const id = String(withRegister(HOT_WATER));
    expect((await rig.failure(rig.online.source.read(id, TOPICS, never))).kind).toBe('network');
    expect(rig.sent.filter((each) => each !== 'configuration')).toHaveLength(3);
    expect((await rig.failure(rig.online.source.read(id, ['doing', 'hours'], never))).kind).toBe('network');
  });

  it('a service that is down is not asked for every topic', async () => {
    rig.sim.control.addFault({ kind: 'outage', match: '/api/v1/' });
    const id = String(withRegister(HOT_WATER));
    expect((await rig.failure(rig.online.source.read(id, TOPICS, never))).kind).toBe('service_down');
    expect(new Set(rig.sent.filter((each) => each !== 'configuration'))).toEqual(
      new Set(['detail', 'status']),
    );
  });

  it('what was read before the line broke is kept, the rest is not asked for', async () => {
    const id = withRegister(HOT_WATER);
    await read(id, 'status');
    rig.sim.control.addFault({ kind: 'reset', match: 'registers' });
    const report = await read(id, 'doing', 'status', 'hours', 'mode');
    expect(report.topics.map(({ topic, ok }) => [topic, ok])).toEqual([
      ['status', true],
      ['doing', false],
      ['hours', false],
      ['mode', false],
    ]);
    expect(registersSent()).toHaveLength(3);
  });

  it('1.5 sign-in needed is thrown and nothing is sent', async () => {
    await rig.online.signOut();
    const id = String(withRegister(HOT_WATER));
    expect((await rig.failure(rig.online.source.read(id, TOPICS, never))).kind).toBe('sign_in_needed');
    expect(rig.sent).toEqual([]);
  });
});

describe('writing', () => {
  const accepted = () =>
    rig.sim.control.counters().writes.map(({ pumpId, registerName, value }) => [pumpId, registerName, value]);

  it('before anything was read: looks for the control first', async () => {
    const id = withRegister(HOT_WATER);
    await rig.finish(write(id, 'hot_water', false));
    expect(accepted()).toEqual([[id, HOT_WATER, 0]]);
    expect(rig.sent).toEqual(['configuration', 'registers/REG_GROUP_HOT_WATER', 'write']);
  });

  it('looks everywhere before it says that there is none', async () => {
    const id = withoutRegister(HOT_WATER);
    expect((await rig.failure(write(id, 'hot_water', false))).kind).toBe('not_supported');
    expect(rig.count('status')).toBe(1);
    expect(accepted()).toEqual([]);
  });

  it('lesson 14: two pumps share nothing: each is written to by its own id', async () => {
    const ids = rig.sim.control
      .pumps()
      .filter(({ registers }) => registers.some(({ name }) => name === HOT_WATER))
      .map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids) await read(id, 'hot_water', 'status');
    for (const id of ids) await rig.finish(write(id, 'hot_water', false));
    expect(accepted()).toEqual(ids.map((id) => [id, HOT_WATER, 0]));
  });

  it('lesson 16: ids outlive a hiccup, lesson 22: the target goes to the id that the status names', async () => {
    const id = withRegister(HOT_WATER);
    await read(id, 'hot_water', 'status');
    rig.sim.control.addFault({ kind: 'status', status: 500, match: '/api/v1/' });
    await rig.failure(rig.online.source.read(String(id), ['hot_water', 'status'], never));
    rig.sim.control.clearFaults();
    rig.sent.length = 0;
    await rig.finish(write(id, 'hot_water', false));
    await rig.finish(write(id, 'heating_target', 21));
    expect(rig.sent).toEqual(['write', 'write']);
    expect(accepted()).toHaveLength(2);
  });

  it('lesson 12: after a refusal, and after a day, ids are looked up again', async () => {
    const id = withRegister(HOT_WATER);
    await read(id, 'hot_water', 'status');
    rig.sim.control.addFault({ kind: 'status', status: 400, body: 'problem', match: 'write', times: 1 });
    expect((await rig.failure(write(id, 'hot_water', false))).kind).toBe('rejected');
    rig.sent.length = 0;
    await rig.finish(write(id, 'hot_water', false));
    expect(rig.sent).toEqual(['registers/REG_GROUP_HOT_WATER', 'write']);
    await rig.advance(DAY);
    rig.sent.length = 0;
    await rig.finish(write(id, 'hot_water', true));
    expect(registersSent()).toEqual(['REG_GROUP_HOT_WATER']);
  });

  it('out of range is refused before anything is sent', async () => {
    const id = withRegister(HOT_WATER);
    await read(id, 'status', 'temperatures');
    rig.sent.length = 0;
    expect((await rig.failure(write(id, 'heating_target', 80))).kind).toBe('out_of_range');
    expect(rig.sent).toEqual([]);
  });

  it('signing in again forgets what the other account had shown', async () => {
    const id = withRegister(HOT_WATER);
    await read(id, 'hot_water');
    await rig.signIn();
    rig.sent.length = 0;
    await rig.finish(write(id, 'hot_water', false));
    expect(registersSent()).toEqual(['REG_GROUP_HOT_WATER']);
  });
});
