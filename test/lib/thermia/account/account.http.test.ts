import { afterEach, describe, expect, it } from 'vitest';
import { CADENCE, createThermia, DAILY_REQUESTS, type Thermia } from '../../../../lib/thermia/index.js';
import { builtInPumps, type PumpData } from '../../../../sandbox/thermia-online/index.js';
import { startRig, type Rig } from '../cloud/rig.js';
import { rejectionOf } from '../../../support/thrown.js';
import { DAY, HOUR, MINUTE, SECOND, seeded } from './rig.js';

const HOT_WATER = 'REG_HOT_WATER_STATUS';

let rig: Rig;
let thermia: Thermia;

const start = async (pumps: readonly PumpData[] = builtInPumps): Promise<void> => {
  rig = await startRig({ pumps, session: { absoluteLifeMs: null } });
  const { store, credentials, clock, logger, agent, sim } = rig;
  thermia = createThermia({
    store,
    credentials,
    clock,
    random: seeded(),
    logger,
    dispatcher: agent,
    origin: sim.origin,
    onRequest: (endpoint) => rig.sent.push(endpoint),
    cadence: CADENCE,
  });
  const { username, password } = sim;
  await rig.finish(thermia.online.signIn({ username, password }, { keepPassword: false }));
  rig.sent.length = 0;
};

afterEach(async () => {
  await thermia.stop();
  await rig.close();
  expect(rig.clock.pending()).toBe(0);
});

const withRegister = (name: string): string =>
  String(rig.sim.control.pumps().find(({ registers }) => registers.some((each) => each.name === name))!.id);
const watchAll = async (): Promise<readonly string[]> => {
  const ids = (await rig.finish(thermia.account.list())).map(({ identity }) => identity.id);
  for (const id of ids) thermia.account.watch(id);
  await rig.advance(20 * SECOND);
  return ids;
};

describe('an account at the simulated service', () => {
  it('reads every pump there is', async () => {
    await start();
    const ids = await watchAll();
    expect(ids).toHaveLength(builtInPumps.length);
    for (const id of ids) {
      const { identity, readings, controls } = thermia.account.snapshot(id)!;
      expect(identity.model, id).not.toBeNull();
      expect(readings.activity?.value, id).toBeDefined();
      expect(readings['temperature.outdoor']?.freshness, id).toBe('current');
      expect(controls.has('heating_target'), id).toBe(true);
    }
  });

  it('switches hot water off: sent once, seen at the pump, and the poll agrees', async () => {
    await start();
    await watchAll();
    const id = withRegister(HOT_WATER);
    const value = thermia.account.snapshot(id)!.readings.hot_water!.value;
    const write = thermia.account.write(id, 'hot_water', !value);
    await rig.advance(2 * SECOND);
    await rig.finish(write.accepted);
    expect(thermia.account.snapshot(id)!.readings.hot_water).toMatchObject({ value: !value, pending: true });
    expect(await rig.finish(write.settled)).toEqual({ state: 'confirmed' });
    expect(rig.sim.control.getRegister(Number(id), HOT_WATER)).toBe(value ? 0 : 1);
    expect(rig.count('write')).toBe(1);
    await rig.advance(HOUR);
    expect(thermia.account.snapshot(id)!.readings.hot_water).toMatchObject({ value: !value });
  });

  it('stops asking when the sign-in has ended, and goes on after a new one', async () => {
    await start();
    const [id] = await watchAll();
    rig.sim.control.revokeRefreshTokens();
    rig.sim.control.expireAccessTokens();
    await rig.advance(5 * MINUTE);
    expect(thermia.account.paused()).toBe('sign_in_needed');
    expect(thermia.account.availability(id!)).toMatchObject({ reason: 'sign_in_needed' });
    const sent = rig.sent.length;
    await rig.advance(3 * HOUR);
    expect(rig.sent.length).toBe(sent);
    const refused = rejectionOf(thermia.account.write(id!, 'heating_target', 20).accepted);
    await rig.advance(2 * SECOND);
    expect(await rig.finish(refused)).toMatchObject({ kind: 'sign_in_needed' });
    const { username, password } = rig.sim;
    await rig.finish(thermia.online.signIn({ username, password }, { keepPassword: false }));
    await rig.advance(20 * SECOND);
    expect(thermia.account.paused()).toBeNull();
    expect(thermia.account.availability(id!)).toEqual({ state: 'available' });
  });

  it('keeps within the budget over a day, sign-in included, whatever the pump has', async () => {
    const size = ({ registers }: PumpData): number => Object.values(registers).flat().length;
    await start(builtInPumps.toSorted((one, other) => size(other) - size(one)).slice(0, 1));
    await watchAll();
    await rig.advance(DAY);
    const { total } = thermia.account.budget();
    expect(total).toBeLessThanOrEqual(DAILY_REQUESTS);
    expect(rig.sent.length).toBeLessThanOrEqual(DAILY_REQUESTS);
    expect(total).toBeGreaterThan(1000);
  });
});
