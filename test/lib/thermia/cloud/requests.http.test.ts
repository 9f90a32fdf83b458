import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, rig, rigForEachTest } from './each-rig.js';
import { instantly, never } from './rig.js';

let id: string;
rigForEachTest();
beforeEach(async () => {
  await rig.signIn();
  id = String(rig.sim.control.pumps()[0]!.id);
  rig.sent.length = 0;
});

const status = (signal = never) => rig.online.api.installations.status(id, signal);
const asked = (): number => rig.sim.control.counters().requests['status'] ?? 0;
const registerOf = (name: string): number =>
  rig.sim.control.pump(Number(id)).registers.find((each) => each.name === name)!.id!;
const write = (value: number, registerId = registerOf('REG_HOT_WATER_STATUS')) =>
  rig.online.api.registers.write(id, { registerId, registerValue: value }, never);

describe('reading is tried again where that can help', () => {
  it.each([
    ['1.5 network: reset', { kind: 'reset' }],
    ['5xx', { kind: 'status', status: 500 }],
    ['lesson 1: 200 and a page instead of data', { kind: 'html' }],
    ['lesson 11: outage is 404', { kind: 'outage' }],
    ['an answer that breaks off', { kind: 'truncated' }],
    ['an answer that is no JSON', { kind: 'malformed' }],
    ['503 that says when', { kind: 'status', status: 503, retryAfterS: 5 }],
    ['429 in seconds', { kind: 'status', status: 429, retryAfterS: 5 }],
    ['429 as a date', { kind: 'status', status: 429, retryAfterS: 5, retryAfterForm: 'date' }],
  ] as const)('%s', async (_name, fault) => {
    rig.sim.control.addFault({ ...fault, match: 'status', times: 1 });
    const before = rig.clock.now();
    await rig.finish(status());
    expect(asked()).toBe(2);
    const waited = rig.clock.now() - before;
    expect(waited).toBe('retryAfterS' in fault ? 5000 : 500);
  });

  it('three times at most, with jitter that doubles', async () => {
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'status' });
    const before = rig.clock.now();
    const error = await rig.failure(status());
    expect([error.kind, error.facts]).toEqual(['service_down', { status: 500, during: 'status' }]);
    expect([asked(), rig.clock.now() - before]).toEqual([3, 1500]);
  });

  it('lesson 8: hung sockets are given up, within a deadline', async () => {
    rig.sim.control.addFault({ kind: 'hang', match: 'status' });
    const failed = status().catch((error: unknown) => error);
    const before = rig.clock.now();
    for (let tries = 1; tries <= 3; tries += 1) {
      await rig.until(() => asked() === tries);
      await rig.clock.advance(tries < 3 ? 21_000 : 20_000, instantly);
    }
    expect(await failed).toMatchObject({ kind: 'timeout' });
    expect(rig.clock.now() - before).toBeLessThanOrEqual(62_000);
  });

  it('is given up by who asked, also between two tries', async () => {
    rig.sim.control.addFault({ kind: 'reset', match: 'status' });
    const asker = new AbortController();
    const failed = status(asker.signal).catch((error: unknown) => error);
    await rig.until(() => asked() === 1 && rig.clock.pending() === 1 && rig.agent.underWay === 0);
    asker.abort();
    expect(await failed).toMatchObject({ kind: 'stopped' });
    expect(await status(asker.signal).catch((error: unknown) => error)).toMatchObject({ kind: 'stopped' });
    expect(asked()).toBe(1);
  });

  it.each([
    ['a bad request', { kind: 'status', status: 400, body: 'problem' }, 'rejected'],
    ['forbidden', { kind: 'status', status: 403, body: 'problem' }, 'rejected'],
    [
      'not found, lesson 12: in the service’s own words',
      { kind: 'status', status: 404, body: 'problem' },
      'not_found',
    ],
    ['data of another shape', { kind: 'status', status: 200, text: '[1]' }, 'unexpected_answer'],
  ] as const)('%s is not tried again', async (_name, fault, kind) => {
    rig.sim.control.addFault({ ...fault, match: 'status' });
    expect((await rig.failure(status())).kind).toBe(kind);
    expect(asked()).toBe(1);
  });
});

describe('429 shuts one gate for the whole account', () => {
  const throttle = (retryAfterS?: number) =>
    rig.sim.control.addFault({
      kind: 'status',
      status: 429,
      match: 'status',
      times: 1,
      ...(retryAfterS === undefined ? {} : { retryAfterS }),
    });

  it('for as long as the service says, and nothing is sent meanwhile', async () => {
    throttle(600);
    expect(await rig.failure(status())).toMatchObject({
      kind: 'throttled',
      facts: { retryAfterMs: 600_000 },
    });
    await rig.advance(MINUTE);
    expect(await rig.failure(rig.online.source.list(never))).toMatchObject({
      kind: 'throttled',
      facts: { retryAfterMs: 540_000 },
    });
    expect((await rig.failure(write(0))).kind).toBe('throttled');
    expect(rig.sent.filter((each) => each !== 'configuration')).toEqual(['status']);
    await rig.advance(9 * MINUTE);
    await rig.finish(status());
  });

  it('where the service says nothing, for longer each time, and a success makes it short again', async () => {
    const waits: number[] = [];
    for (let times = 0; times < 3; times += 1) {
      throttle();
      await rig.failure(status());
      const { facts } = await rig.failure(status());
      waits.push(facts.retryAfterMs!);
      await rig.advance(facts.retryAfterMs!);
    }
    await rig.finish(status());
    throttle();
    await rig.failure(status());
    waits.push((await rig.failure(status())).facts.retryAfterMs!);
    expect(waits).toEqual([60_000, 120_000, 240_000, 60_000]);
  });

  it('a request under way that succeeds does not open it', async () => {
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'installations', times: 1 });
    const slow = rig.online.source.list(never);
    await rig.until(() => rig.sim.control.counters().requests['installations'] === 1);
    throttle(300);
    await expect(status()).rejects.toMatchObject({ kind: 'throttled' });
    await rig.clock.advance(1000, instantly);
    await slow;
    expect((await rig.failure(status())).kind).toBe('throttled');
  });

  it('is open again when the clock was set back', async () => {
    throttle(600);
    await rig.failure(status());
    rig.skew.ms = -24 * 60 * MINUTE;
    await rig.finish(status());
  });
});

describe('writing is never tried again', () => {
  const writes = () => rig.sim.control.counters().writes;

  it('takes the current key and a number; 200 is all it says', async () => {
    await rig.finish(write(0));
    expect(writes()).toMatchObject([{ registerName: 'REG_HOT_WATER_STATUS', value: 0, accepted: true }]);
  });

  it.each([
    [{ kind: 'reset' }, 'network'],
    [{ kind: 'status', status: 500 }, 'service_down'],
    [{ kind: 'reset', when: 'after' }, 'network'],
    [{ kind: 'status', status: 429 }, 'throttled'],
    [{ kind: 'status', status: 400, body: 'problem' }, 'rejected'],
  ] as const)('%o', async (fault, kind) => {
    rig.sim.control.addFault({ ...fault, match: 'write' });
    expect((await rig.failure(write(0))).kind).toBe(kind);
    expect(rig.count('write')).toBe(1);
  });

  it('one that gets no answer is a time-out, whether it was done or not', async () => {
    rig.sim.control.addFault({ kind: 'hang', when: 'after', match: 'write' });
    const failed = write(0).catch((error: unknown) => error);
    await rig.until(() => writes().length === 1);
    await rig.clock.advance(20_000, instantly);
    expect(await failed).toMatchObject({ kind: 'timeout' });
    expect(rig.count('write')).toBe(1);
  });

  it('lesson 17: a refusal is an error with the service’s reason, without secrets', async () => {
    const error = await rig.failure(write(7));
    expect(error).toMatchObject({ kind: 'rejected', facts: { status: 400, during: 'write' } });
    expect(error.message).toContain('out of range');
    expect((await rig.failure(write(0, 1))).kind).toBe('rejected');
  });

  it('one refused for its token was not done, and is replayed with a new one', async () => {
    rig.sim.control.expireAccessTokens();
    await rig.finish(write(0));
    expect(writes()).toHaveLength(1);
    expect(rig.count('write')).toBe(2);
  });

  it('an answer that is a page is none', async () => {
    rig.sim.control.addFault({ kind: 'html', match: 'schedule_create' });
    const schedule = { does: 'silent_mode', start: 0, end: MINUTE, timeZone: 'UTC' } as const;
    expect((await rig.failure(rig.online.api.schedules.createSchedule(id, schedule, never))).kind).toBe(
      'service_down',
    );
  });
});

describe('the configuration', () => {
  it('is asked for once a day, by all who need it together', async () => {
    await rig.finish(Promise.all([status(), status()]));
    await rig.advance(23 * 60 * MINUTE);
    await rig.finish(status());
    expect(rig.count('configuration')).toBe(1);
    rig.sim.control.setPolicy({ absoluteLifeMs: null });
    await rig.signIn();
    await rig.advance(61 * MINUTE);
    await rig.finish(status());
    expect(rig.count('configuration')).toBe(2);
  });

  it('1.5 outage: the last one known holds while it cannot be had', async () => {
    rig.sim.control.addFault({ kind: 'html', match: 'configuration', times: 1 });
    await rig.finish(status());
    await rig.finish(status());
    expect(rig.count('configuration')).toBe(1);
    await rig.advance(11 * MINUTE);
    await rig.finish(status());
    expect(rig.count('configuration')).toBe(2);
  });

  it('that points elsewhere is refused: no token leaves', async () => {
    rig.sim.control.setBehaviour({ apiBaseUrl: 'https://evil-serviceapi.azurewebsites.net' });
    const error = await rig.failure(status());
    expect(error.kind).toBe('origin_refused');
    expect(rig.sent).toEqual(['configuration']);
    rig.sim.control.setBehaviour({ apiBaseUrl: `${rig.sim.origin}/` });
    await rig.advance(11 * MINUTE);
    await rig.finish(status());
  });

  it('is asked for again soon after the API has gone', async () => {
    await rig.finish(status());
    await rig.advance(31 * MINUTE);
    rig.sim.control.addFault({ kind: 'outage', match: 'status', times: 6 });
    await rig.failure(status());
    expect(rig.count('configuration')).toBe(2);
    await rig.failure(status());
    await rig.advance(11 * MINUTE);
    await rig.finish(status());
    expect(rig.count('configuration')).toBe(2);
  });

  it.each([
    ['a page', { kind: 'html' }, 'service_down'],
    ['an error', { kind: 'status', status: 500 }, 'service_down'],
    ['a host that hangs up', { kind: 'reset' }, 'network'],
  ] as const)(
    'is asked for again when %s stays behind, twice an hour at most',
    async (_name, fault, kind) => {
      await rig.finish(status());
      await rig.advance(31 * MINUTE);
      rig.sim.control.addFault({ ...fault, match: 'status' });
      for (let minute = 0; minute < 120; minute += 5) {
        expect((await rig.failure(status())).kind).toBe(kind);
        await rig.advance(5 * MINUTE);
      }
      expect(rig.count('configuration')).toBeGreaterThanOrEqual(4);
      expect(rig.count('configuration')).toBeLessThanOrEqual(6);
    },
  );

  it('is not doubted because of the token endpoint', async () => {
    await rig.finish(status());
    await rig.advance(2 * 60 * MINUTE);
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'token', times: 3 });
    await rig.failure(status());
    await rig.finish(status());
    expect(rig.count('configuration')).toBe(1);
  });

  it('may name a place below the root of its host', async () => {
    rig.sim.control.setBehaviour({ apiBaseUrl: `${rig.sim.origin}/moved//` });
    await rig.failure(status());
    expect(rig.agent.paths.filter((path) => path.includes('/api/v1/'))).not.toEqual([]);
    for (const path of rig.agent.paths)
      if (path.includes('/api/v1/')) expect(path).toMatch(/^\/moved\/api\/v1\//);
  });
});
