import { afterEach, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../lib/homey/flow/actions.js';
import { CONDITIONS } from '../../../lib/homey/flow/conditions.js';
import { AccountRig, HOUR, MINUTE, said } from './account-rig.js';
import { NOON, texts } from './fakes.js';

let rig: AccountRig;
const begin = async (options: ConstructorParameters<typeof AccountRig>[0] = {}): Promise<AccountRig> => {
  rig = new AccountRig(options);
  await rig.clock.advance(5 * MINUTE);
  return rig;
};
afterEach(async () => {
  await rig.stop();
  expect(rig.clock.pending()).toBe(0);
});

describe('values that are old while others are new', () => {
  it('are named, and no more when they are new again', async () => {
    const { device, clock, world } = await begin();
    world.fails = (what) => (/^topic (hot_water|status)$/.test(what) ? 'service_down' : null);
    [world.hot, world.heat] = [false, 25];
    await clock.advance(40 * MINUTE);
    expect(device.warning).toBeNull();
    await clock.advance(20 * MINUTE);
    expect(device.warning).toBe(texts.say('status.old_values', { names: 'Hot water' }));
    await clock.advance(HOUR);
    expect(device.warning).toBe(texts.say('status.old_values', { names: 'Hot water, Heating target' }));
    expect([device.available, device.values.get('onoff')]).toEqual([true, true]);
    world.fails = () => null;
    await clock.advance(30 * MINUTE);
    expect(device.warning).toBeNull();
    expect(device.values.get('onoff')).toBe(false);
  });
});

describe('the warning of a write that was not taken', () => {
  const FAILED = /^Hot water could not be set to Off\./;
  const notTaken = async (): Promise<AccountRig> => {
    await begin();
    rig.world.obeys = false;
    expect(await rig.outcome(rig.device.listeners.get('onoff')!(false))).toBe('done');
    expect(rig.device.warning).toMatch(FAILED);
    return rig;
  };

  it('goes after some hours by itself', async () => {
    const { device, clock } = await notTaken();
    await clock.advance(5 * HOUR);
    expect(device.warning).toMatch(FAILED);
    await clock.advance(HOUR + 5 * MINUTE);
    expect(device.warning).toBeNull();
  });

  it('does not hide that values are old', async () => {
    const { device, clock, world } = await notTaken();
    world.fails = () => 'service_down';
    await clock.advance(20 * MINUTE);
    expect(device.warning).toMatch(FAILED);
    expect(device.warning).toMatch(/The values are from .* does not work at the moment\.$/);
  });
});

describe('tokens that are refused as soon as they come', () => {
  it('are told as a lost connection, once', async () => {
    const { device, clock, world, fired } = await begin();
    fired.length = 0;
    world.fails = () => 'unauthorized';
    await clock.advance(5 * HOUR);
    expect(device.available).toMatch(/refused the sign-in/);
    expect(fired).toEqual(['connection_lost Thermia Online refused the sign-in.']);
  });
});

describe('an alarm that takes the place of another', () => {
  it.each([
    ['within the hour', () => rig.clock.advance(HOUR + 5 * MINUTE)],
    ['by reading now', () => rig.outcome(rig.pump.refresh())],
  ])('is told %s', async (_, wait) => {
    const { device, clock, world, fired } = await begin();
    world.alarms = ['A'];
    await clock.advance(30 * MINUTE);
    expect(device.values.get('problem_text')).toBe('A');
    fired.length = 0;
    world.alarms = ['B'];
    await wait();
    expect(device.values.get('problem_text')).toBe('B');
    expect(fired).toEqual(['alarm_cleared A', 'alarm_raised B']);
  });
});

describe('a card', () => {
  it('waits for a pump that takes its time', async () => {
    const { clock, world, pump, fired } = await begin();
    world.obeys = false;
    const done = pump.write('hot_water', false);
    await clock.advance(40_000);
    world.hot = false;
    expect(await rig.outcome(done, 30_000)).toBe('done');
    expect(fired.filter((line) => line.startsWith('write_failed'))).toEqual([]);
  });
});

describe('raising and lowering the heating target', () => {
  it.each<[string, number, string, number]>([
    ['raise', 1, 'done', 21],
    ['lower', 3, 'done', 17],
    ['raise', 10, 'done', 30],
    ['raise', 11, 'The value must be between 10 and 30.', 20],
    ['lower', 11, 'The value must be between 10 and 30.', 20],
    ['lower', 0.5, 'The heat pump can only be changed in steps of 1 °C.', 20],
    ['raise', 1.5, 'The heat pump can only be changed in steps of 1 °C.', 20],
  ])('%s by %d: %s', async (direction, degrees, said, heat) => {
    const { world, pump } = await begin();
    const running = ACTIONS['change_heating_target']!.run(pump, { direction, degrees });
    expect([await rig.outcome(running), world.heat]).toEqual([said, heat]);
  });

  it('at the limit says so', async () => {
    const { world, pump } = await begin();
    world.heat = 30;
    await rig.outcome(pump.refresh());
    const running = ACTIONS['change_heating_target']!.run(pump, { direction: 'raise', degrees: 1 });
    expect(await rig.outcome(running)).toBe('The value must be between 10 and 30.');
  });
});

describe('two wishes within a second', () => {
  it('of cards: the earlier fails and says why, and nothing else is told', async () => {
    const { clock, world, pump, fired, device } = await begin();
    const ends = [22, 24].map((value) => said(pump.write('heating_target', value)));
    await clock.advance(MINUTE);
    expect(await Promise.all(ends)).toEqual(['A newer value has replaced this one.', 'done']);
    expect(world.asked.filter((what) => what.startsWith('write'))).toEqual(['write heating_target']);
    expect([world.heat, fired, device.warning]).toEqual([24, [], null]);
  });

  it.each([0, 3000, 20_000])(
    'of the tile: a slider that is moved on after %d ms shows no error',
    async (ms) => {
      const { clock, world, fired, device } = await begin();
      const slider = device.listeners.get('target_temperature.indoor')!;
      if (ms > 10_000) world.obeys = false;
      const first = slider(22);
      await clock.advance(ms);
      world.obeys = true;
      const second = slider(24);
      expect([await rig.outcome(first), await rig.outcome(second)]).toEqual(['done', 'done']);
      expect(device.values.get('target_temperature.indoor')).toBe(24);
      expect([world.heat, fired, device.warning]).toEqual([24, [], null]);
      await clock.settle();
    },
  );

  it('to order hot water: the newer order stands', async () => {
    const { clock, world, pump } = await begin();
    const orders = [
      { kind: 'off', hours: 1, evenIfCold: true },
      { kind: 'on', hours: 1 },
    ];
    const ends = orders.map((order) => said(pump.hotWater.order(order)));
    await clock.advance(MINUTE);
    expect(await Promise.all(ends)).toEqual(['A newer value has replaced this one.', 'done']);
    expect(pump.hotWater.decision()).toMatchObject({ on: true, why: { kind: 'hold', hold: 'on' } });
    expect(world.hot).toBe(true);
  });
});

describe('the tile', () => {
  it('does not wait longer because a plan has something to store', async () => {
    const { device, clock, world, pump } = await begin();
    pump.hotWater.setPlan({ plan_mode: 'fixed', plan_off_hours: '00:00-01:00' });
    await clock.advance(5 * MINUTE);
    device.setStoreValue = () => new Promise(() => undefined);
    world.obeys = false;
    const begun = clock.now();
    let ended = Infinity;
    void device.listeners.get('onoff')!(false).then(() => {
      ended = clock.now() - begun;
    });
    await clock.advance(MINUTE);
    expect(ended).toBe(8000);
  });
});

describe('a start of the app in the middle of an outage', () => {
  it('does not show the values of before as new ones, and tells nothing twice', async () => {
    const since = NOON - 3 * HOUR;
    rig = new AccountRig({ minutes: 30, broken: { since, by: 'service_down' } });
    const { device, clock, world, fired } = rig;
    await clock.settle();
    expect(device.available).toBe(texts.say('status.lost', { time: texts.time(since) }));
    await clock.advance(2 * HOUR);
    expect(device.available).toMatch(/^Thermia Online does not work at the moment\. No values since/);
    expect(fired).toEqual([]);
    world.fails = () => null;
    await clock.advance(HOUR);
    expect(device.available).toBe(true);
    expect(fired.filter((line) => line.startsWith('connection'))).toEqual([
      expect.stringMatching(/^connection_restored \d+$/),
    ]);
  });
});

it('data are not fresh because the list still counts alarms', async () => {
  const { clock, world, pump } = await begin();
  const isFresh = (): boolean => CONDITIONS['data_is_fresh']!.run(pump, { minutes: 20 });
  expect(isFresh()).toBe(true);
  world.fails = (what) => (what === 'read' ? 'service_down' : null);
  await clock.advance(30 * MINUTE);
  expect(world.asked.slice(-20)).toContain('list');
  expect(isFresh()).toBe(false);
});
