import { afterEach, describe, expect, it } from 'vitest';
import { CADENCE, DAILY_REQUESTS } from '../../../../lib/thermia/index.js';
import { builtInPumps, type PumpData } from '../../../../sandbox/thermia-online/index.js';
import { rejectionOf } from '../../../support/thrown.js';
import { DAY, HOUR, MINUTE, SECOND } from './rig.js';
import { startThermiaRig, type ThermiaRig } from './thermia-rig.js';

const HOT_WATER = 'REG_HOT_WATER_STATUS';

let rig: ThermiaRig;
afterEach(async () => {
  await rig.end();
  expect(rig.clock.pending()).toBe(0);
});

describe('an account at the simulated service', () => {
  it('reads every pump there is', async () => {
    rig = await startThermiaRig();
    const ids = await rig.watchAll();
    expect(ids).toHaveLength(builtInPumps.length);
    for (const id of ids) {
      const { identity, readings, controls } = rig.thermia.account.snapshot(id)!;
      expect(identity.model, id).not.toBeNull();
      expect(readings.activity?.value, id).toBeDefined();
      expect(readings['temperature.outdoor']?.freshness, id).toBe('current');
      expect(controls.has('heating_target'), id).toBe(true);
    }
  });

  it('switches hot water off: sent once, seen at the pump, and the poll agrees', async () => {
    rig = await startThermiaRig();
    await rig.watchAll();
    const id = rig.withRegister(HOT_WATER);
    const value = rig.thermia.account.snapshot(id)!.readings.hot_water!.value;
    const write = rig.thermia.account.write(id, 'hot_water', !value);
    await rig.advance(2 * SECOND);
    await rig.finish(write.accepted);
    expect(rig.thermia.account.snapshot(id)!.readings.hot_water).toMatchObject({
      value: !value,
      pending: true,
    });
    expect(await rig.finish(write.settled)).toEqual({ state: 'confirmed' });
    expect(rig.sim.control.getRegister(Number(id), HOT_WATER)).toBe(value ? 0 : 1);
    expect(rig.count('write')).toBe(1);
    await rig.advance(HOUR);
    expect(rig.thermia.account.snapshot(id)!.readings.hot_water).toMatchObject({ value: !value });
  });

  it('stops asking when the sign-in has ended, and goes on after a new one', async () => {
    rig = await startThermiaRig();
    const [id] = await rig.watchAll();
    rig.sim.control.revokeRefreshTokens();
    rig.sim.control.expireAccessTokens();
    await rig.advance(5 * MINUTE);
    expect(rig.thermia.account.paused()).toBe('sign_in_needed');
    expect(rig.thermia.account.availability(id!)).toMatchObject({ reason: 'sign_in_needed' });
    const sent = rig.sent.length;
    await rig.advance(3 * HOUR);
    expect(rig.sent.length).toBe(sent);
    const refused = rejectionOf(rig.thermia.account.write(id!, 'heating_target', 20).accepted);
    await rig.advance(2 * SECOND);
    expect(await rig.finish(refused)).toMatchObject({ kind: 'sign_in_needed' });
    const { username, password } = rig.sim;
    await rig.finish(rig.thermia.online.signIn({ username, password }, { keepPassword: false }));
    await rig.advance(20 * SECOND);
    expect(rig.thermia.account.paused()).toBeNull();
    expect(rig.thermia.account.availability(id!)).toEqual({ state: 'available' });
  });

  it('keeps within the budget over a day, sign-in included, whatever the pump has', async () => {
    const size = ({ registers }: PumpData): number => Object.values(registers).flat().length;
    rig = await startThermiaRig(builtInPumps.toSorted((one, other) => size(other) - size(one)).slice(0, 1));
    await rig.watchAll();
    await rig.advance(DAY);
    const { total } = rig.thermia.account.budget();
    expect(total).toBeLessThanOrEqual(DAILY_REQUESTS);
    expect(rig.sent.length).toBeLessThanOrEqual(DAILY_REQUESTS);
    expect(total).toBeGreaterThan(1000);
  });

  it('can be made with a cadence of its own, and nobody need hear of its requests', async () => {
    rig = await startThermiaRig();
    const another = rig.another({ cadence: { ...CADENCE, fastMs: 10 * MINUTE } });
    const [first] = await rig.finish(another.account.list());
    another.account.watch(first!.identity.id);
    await rig.advance(HOUR);
    expect(another.account.budget().requests['registers/REG_GROUP_TEMPERATURES']).toBeLessThanOrEqual(7);
    await another.stop();
  });
});
