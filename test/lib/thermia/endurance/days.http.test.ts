import { afterEach, describe, expect, it } from 'vitest';
import {
  DAILY_REQUESTS,
  DAY,
  hitsOf,
  HOUR,
  type House,
  logged,
  medianOf,
  MINUTE,
  randomFaults,
  startHouse,
} from './house.js';

const PATIENCE = 120_000;
/** What a person has to see of a write that did not work, and no other. */
const KINDS = ['network', 'timeout', 'service_down', 'throttled', 'not_confirmed'];
/** Looks for a written value, and the list where it was not found. */
const READ_BACK = 6;

let house: House;
afterEach(async () => {
  await house.cloud.stop();
  expect(house.cloud.clock.pending()).toBe(0);
  await house.cloud.close();
});

const signedInAt = (): readonly number[] =>
  house.cloud.log.filter(({ message }) => message.startsWith('Signed in again')).map(({ at }) => at);
const failedSignIns = (): number => logged(house, 'The automatic sign-in failed');

/** Every wish ended, told the truth, and was handed over at most once. */
const expectWritesToBeHonest = (): void => {
  const { wishes, cloud } = house;
  expect(wishes.filter(({ outcome }) => outcome === null)).toEqual([]);
  for (const { outcome, found, value } of wishes) {
    if (outcome?.state === 'failed') expect(KINDS).toContain(outcome.error.kind);
    else expect(found).toBe(value);
  }
  const done = wishes.filter(({ outcome }) => outcome?.state === 'confirmed');
  expect(done.length).toBeGreaterThan(wishes.length * 0.8);
  const { writes } = cloud.sim.control.counters();
  expect(writes.length).toBeGreaterThanOrEqual(done.length);
  expect(writes.length).toBeLessThanOrEqual(wishes.length);
};

const expectAllToBeWell = (): void => {
  const { cloud, ids } = house;
  expect(house.differences()).toEqual([]);
  for (const id of ids) expect(cloud.thermia.account.availability(id)).toEqual({ state: 'available' });
};

describe('three days, refresh tokens dead once used, a wall after 24 hours, one request in twenty goes wrong', () => {
  it.each([1, 7])(
    'the password is used where the wall forces it, and nothing is lost (chance %i)',
    async (seed) => {
      house = await startHouse({ seed });
      const { cloud } = house;
      const startedAt = cloud.clock.now();
      for (const fault of randomFaults()) cloud.sim.control.addFault(fault);
      let before = { sent: cloud.sent.length, hits: 0, wishes: 0 };
      for (let day = 1; day <= 3; day += 1) {
        await house.live(DAY / MINUTE, 37);
        const now = { sent: cloud.sent.length, hits: hitsOf(house), wishes: house.wishes.length };
        const hits = now.hits - before.hits;
        const sent = now.sent - before.sent;
        expect(hits).toBeGreaterThan(0.03 * sent);
        const written = (now.wishes - before.wishes) * (1 + READ_BACK);
        expect((sent - hits - written) / house.ids.length).toBeLessThanOrEqual(DAILY_REQUESTS);
        before = now;
      }
      cloud.sim.control.clearFaults();
      await house.live(30);
      expectAllToBeWell();
      expectWritesToBeHonest();

      const renewed = signedInAt();
      expect(renewed).toHaveLength(2);
      const [first = 0, second = 0] = renewed;
      expect(first - startedAt).toBeGreaterThan(DAY - HOUR);
      expect(second - first).toBeGreaterThanOrEqual(DAY);
      expect(logged(house, 'The chain of refresh tokens has ended')).toBe(2);
      const { passwordSignIns, passwordTries, refreshesRefused } = cloud.sim.control.counters();
      expect(refreshesRefused).toBe(2);
      // A sign-in that was cut off after the password is begun anew.
      expect(passwordSignIns).toBeGreaterThanOrEqual(3);
      expect(passwordSignIns).toBeLessThanOrEqual(3 + failedSignIns());
      expect(passwordTries).toBe(passwordSignIns);
      expect(cloud.states.map(({ state }) => state)).toEqual(['signed_in']);
      expect(house.pauses).toEqual([]);

      expect(house.availability.filter(({ text }) => text.includes('pump_gone'))).toEqual([]);
      expect(medianOf(house.ages)).toBeLessThanOrEqual(3 * MINUTE);
      expect(Math.max(...house.ages)).toBeLessThanOrEqual(20 * MINUTE);
    },
    PATIENCE,
  );

  it(
    'a rotated token that is lost on its way costs one automatic sign-in, and never asks the person',
    async () => {
      house = await startHouse({ seed: 3 });
      const { cloud } = house;
      for (const fault of randomFaults()) if (fault.match === '/api/') cloud.sim.control.addFault(fault);
      const lose = (['status', 'reset', 'html', 'truncated'] as const).map((kind) =>
        cloud.sim.control.addFault({ kind, when: 'after', match: 'token', probability: 0.05 }),
      );
      await house.live((3 * DAY) / MINUTE, 53);
      const lost = cloud.sim.control
        .faults()
        .filter(({ id }) => lose.includes(id))
        .reduce((sum, { hits }) => sum + hits, 0);
      cloud.sim.control.clearFaults();
      await house.live(90);
      expectAllToBeWell();
      expectWritesToBeHonest();

      // Lost on the way: refreshes (each ends the chain), refusals (asked for again), or what a sign-in was to bring.
      const lostAtSignIn = failedSignIns();
      expect(lost - lostAtSignIn).toBeGreaterThan(5);
      const { passwordSignIns, passwordTries, refreshesRefused } = cloud.sim.control.counters();
      const walls = refreshesRefused - (lost - lostAtSignIn);
      expect(walls).toBeGreaterThanOrEqual(0);
      expect(walls).toBeLessThanOrEqual(3);
      const ended = logged(house, 'The chain of refresh tokens has ended');
      expect(ended).toBeLessThanOrEqual(refreshesRefused);
      expect(signedInAt()).toHaveLength(ended);
      expect(passwordSignIns).toBe(1 + ended + lostAtSignIn);
      expect(passwordTries).toBe(passwordSignIns);
      expect(cloud.states.map(({ state }) => state)).toEqual(['signed_in']);
      expect(house.pauses).toEqual([]);
    },
    PATIENCE,
  );
});
