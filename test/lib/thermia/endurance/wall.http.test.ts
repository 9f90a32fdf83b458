import { afterEach, expect, it } from 'vitest';
import { DAY, HOUR, type House, MINUTE, randomFaults, startHouse } from './house.js';

let house: House;
afterEach(async () => {
  await house.cloud.stop();
  expect(house.cloud.clock.pending()).toBe(0);
  await house.cloud.close();
});

it('without the password the wall asks the person once, nothing is asked meanwhile, and all goes on after', async () => {
  house = await startHouse({ seed: 5, keepPassword: false });
  const { cloud, ids } = house;
  const { account, online } = cloud.thermia;
  for (const fault of randomFaults()) cloud.sim.control.addFault(fault);
  await house.live((DAY - HOUR) / MINUTE, 47);
  expect(online.session()).toEqual({ state: 'signed_in' });
  await house.live(130);
  expect(online.session()).toMatchObject({ state: 'sign_in_needed', reason: { kind: 'sign_in_needed' } });
  expect(account.paused()).toBe('sign_in_needed');
  cloud.sim.control.clearFaults();

  const known = ids.map((id) => account.snapshot(id));
  const sent = cloud.sent.length;
  const told = house.availability.length;
  const wishes = house.wishes.length;
  await house.live((12 * HOUR) / MINUTE, 239);
  expect(cloud.sent.slice(sent)).toEqual([]);
  expect(house.availability.slice(told)).toEqual([]);
  for (const [index, id] of ids.entries()) {
    expect(account.availability(id)).toMatchObject({ state: 'unavailable', reason: 'sign_in_needed' });
    const { readings } = account.snapshot(id) ?? {};
    expect(Object.keys(readings ?? {})).toEqual(Object.keys(known[index]?.readings ?? {}));
    expect(readings?.activity).toMatchObject({
      freshness: 'stale',
      value: known[index]?.readings.activity?.value,
    });
  }
  const refused = house.wishes.slice(wishes).map(({ outcome }) => outcome);
  expect(refused).toHaveLength(3);
  for (const outcome of refused) {
    expect(outcome).toMatchObject({ state: 'failed', error: { kind: 'sign_in_needed' } });
  }

  await cloud.signIn(false);
  await house.live(10);
  expect(house.differences()).toEqual([]);
  house.wish();
  await house.live(2);
  expect(house.wishes.at(-1)).toMatchObject({ outcome: { state: 'confirmed' } });
  expect(cloud.states.map(({ state }) => state)).toEqual(['signed_in', 'sign_in_needed', 'signed_in']);
  expect(house.pauses).toEqual(['sign_in_needed', null]);
  for (const id of ids) {
    const texts = house.availability.filter((each) => each.id === id).map(({ text }) => text);
    expect(texts.filter((text) => text === 'unavailable sign_in_needed')).toHaveLength(1);
    expect(texts.at(-1)).toBe('available');
  }
  expect(cloud.sim.control.counters()).toMatchObject({
    passwordSignIns: 2,
    passwordTries: 2,
    refreshesRefused: 1,
  });
}, 120_000);
