import { afterEach, describe, expect, it } from 'vitest';
import {
  createThermia,
  DAILY_REQUESTS,
  type Thermia,
  type WriteOutcome,
} from '../../../lib/thermia/index.js';
import { builtInPumps } from '../../../sandbox/thermia-online/index.js';
import { seeded } from './account/rig.js';
import { type Rig, startRig } from './cloud/rig.js';

const HOUR = 3_600_000;
const HOT_WATER = 'REG_HOT_WATER_STATUS';

let rig: Rig;
let thermia: Thermia;
afterEach(async () => {
  await thermia.stop();
  expect(rig.clock.pending()).toBe(0);
  await rig.close();
});

/** Two pumps at a service that kills a refresh token when it is rotated, and the whole chain after 24 hours. */
const start = async (keepPassword: boolean): Promise<readonly string[]> => {
  const random = seeded();
  rig = await startRig({
    pumps: builtInPumps.slice(0, 2),
    session: { refreshReuse: 'strict', absoluteLifeMs: 24 * HOUR },
    random,
  });
  const { store, credentials, clock, logger, agent, sim } = rig;
  const common = { store, credentials, clock, logger, dispatcher: agent, origin: sim.origin };
  thermia = createThermia({ ...common, random, onRequest: (endpoint) => rig.sent.push(endpoint) });
  const { username, password } = sim;
  await rig.finish(thermia.online.signIn({ username, password }, { keepPassword }));
  const ids = (await rig.finish(thermia.account.list())).map(({ identity }) => identity.id);
  for (const id of ids) thermia.account.watch(id);
  await rig.advance(10 * 60_000);
  return ids;
};

describe('a strict service, for three days', () => {
  it(
    'with 5 % faults, writes and a kept password: only the 24 hour wall costs a sign-in',
    { timeout: 180_000 },
    async () => {
      const ids = await start(true);
      const { control } = rig.sim;
      for (const kind of ['reset', 'html', 'outage', 'truncated', 'malformed'] as const) {
        control.addFault({ kind, match: '/api/', probability: 0.01 });
        control.addFault({ kind: 'status', status: 500, match: 'token', probability: 0.01 });
      }
      const needed: string[] = [];
      thermia.online.onSession(({ state }) => needed.push(state));
      const writable = ids.filter((id) =>
        control.pump(Number(id)).registers.some(({ name }) => name === HOT_WATER),
      );
      expect(writable.length).toBeGreaterThan(0);
      const decided: [string, WriteOutcome['state'], boolean][] = [];

      for (let hours = 6; hours <= 72; hours += 6) {
        await rig.advance(6 * HOUR - 10 * 60_000);
        const value = hours % 12 === 0;
        for (const id of writable) {
          const write = thermia.account.write(id, 'hot_water', value);
          write.accepted.catch(() => undefined);
          await rig.advance(5 * 60_000);
          const { state } = await write.settled;
          decided.push([id, state, control.getRegister(Number(id), HOT_WATER) === Number(value)]);
        }
        await rig.advance((2 - writable.length) * 5 * 60_000);
      }

      const { passwordSignIns, refreshesRefused } = control.counters();
      const cutOff = rig.logger.lines.filter(
        ({ fields }) => fields['during'] === 'token' || fields['during'] === 'confirmation',
      ).length;
      // One by hand; the chain of each ends after a day, and is found to at the next refresh.
      expect(refreshesRefused).toBe(2);
      expect(passwordSignIns - cutOff).toBe(1 + refreshesRefused);
      expect(needed).toEqual([]);
      expect(decided.every(([, state, taken]) => state === 'failed' || taken)).toBe(true);
      expect(control.faults().reduce((sum, { hits }) => sum + hits, 0)).toBeGreaterThan(300);
      expect(decided.filter(([, state]) => state !== 'failed').length).toBeGreaterThan(decided.length / 2);
      for (const id of ids) expect(thermia.account.availability(id).state).toBe('available');
      expect(rig.sent.length / 3 / ids.length).toBeLessThan(DAILY_REQUESTS * 1.1);
      expect(rig.logger.text()).not.toMatch(/eyJ|heat-pump|example\.com/);
    },
  );

  it(
    'with the password not kept: one request that asks to sign in, and nothing lost after it',
    { timeout: 60_000 },
    async () => {
      const ids = await start(false);
      await rig.advance(23 * HOUR);
      rig.sent.length = 0;
      await rig.advance(2 * HOUR);
      expect(rig.sim.control.counters().refreshesRefused).toBe(1);
      const after = rig.sent.lastIndexOf('token');
      expect(rig.sent.slice(after)).toEqual(['token']);
      expect(thermia.online.session().state).toBe('sign_in_needed');
      await rig.advance(12 * HOUR);
      expect(rig.sent.length - 1).toBe(after);

      const { username, password } = rig.sim;
      await rig.finish(thermia.online.signIn({ username, password }, { keepPassword: false }));
      await rig.advance(10 * 60_000);
      for (const id of ids) {
        expect(thermia.account.availability(id).state).toBe('available');
        const reading = thermia.account.snapshot(id)?.readings['temperature.hot_water'];
        expect(rig.clock.now() - (reading?.at ?? 0)).toBeLessThan(10 * 60_000);
      }
      expect(rig.sim.control.counters().passwordSignIns).toBe(2);
    },
  );
});
