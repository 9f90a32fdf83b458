import { afterEach, describe, expect, it } from 'vitest';
import type { Thermia } from '../../../../lib/thermia/index.js';
import { builtInPumps, type PumpData } from '../../../../sandbox/thermia-online/index.js';
import { HOUR, MINUTE, SECOND } from './rig.js';
import { startThermiaRig, type ThermiaRig } from './thermia-rig.js';

const HOT_WATER = 'REG_HOT_WATER_STATUS';
const data = builtInPumps.find(({ registers }) =>
  registers['REG_GROUP_HOT_WATER']?.some(({ registerName }) => registerName === HOT_WATER),
)!;
/** The same device under another number. */
const renumbered = ({ id, installation, detail, ...rest }: PumpData): PumpData => ({
  ...rest,
  id: id + 1_000_000,
  installation: { ...installation, id: id + 1_000_000 },
  detail: { ...detail, id: id + 1_000_000 },
});
const old = data.id;
const now = data.id + 1_000_000;
const id = String(old);
const other = builtInPumps.find((each) => each !== data)!;

let rig: ThermiaRig;
let thermia: Thermia;
const start = async (): Promise<void> => {
  rig = await startThermiaRig([data, other, renumbered(data)]);
  ({ thermia } = rig);
  rig.sim.control.setListed(now, false);
};
const renumber = (): void => {
  rig.sim.control.setListed(old, false);
  rig.sim.control.setListed(now, true);
};
const restart = async (): Promise<void> => {
  await thermia.stop();
  thermia = rig.another();
};
afterEach(async () => {
  await thermia.stop();
  await rig.end();
  expect(rig.clock.pending()).toBe(0);
});

describe('lesson 12: an installation that has another number', () => {
  it('is found by its second key, and goes by the number that it had', async () => {
    await start();
    thermia.account.watch(id);
    thermia.account.watch(String(other.id));
    await rig.advance(20 * SECOND);
    renumber();
    await rig.advance(20 * MINUTE);
    expect(thermia.account.availability(id)).toEqual({ state: 'available' });
    const { identity, readings } = thermia.account.snapshot(id)!;
    expect(identity.id).toBe(id);
    expect(rig.clock.now() - readings.activity!.at).toBeLessThan(5 * MINUTE);
    const listed = await rig.finish(thermia.account.list());
    expect(listed.map((each) => each.identity.id)).toEqual([String(other.id), id]);

    const value = readings.hot_water!.value;
    const write = thermia.account.write(id, 'hot_water', !value);
    expect(await rig.finish(write.settled)).toEqual({ state: 'confirmed' });
    expect(rig.sim.control.counters().writes).toMatchObject([{ pumpId: now, accepted: true }]);
    expect(rig.logger.text()).not.toContain(id);
  });

  it('is found after a restart as well', async () => {
    await start();
    thermia.account.watch(id);
    await rig.advance(20 * SECOND);
    await restart();
    renumber();
    thermia.account.watch(id);
    await rig.advance(20 * SECOND);
    expect(thermia.account.availability(id)).toEqual({ state: 'available' });
    expect(thermia.account.snapshot(id)?.identity.id).toBe(id);
  });

  it('is not known any more after signing out', async () => {
    await start();
    thermia.account.watch(id);
    await rig.advance(20 * SECOND);
    expect(rig.store.values.has('pumps')).toBe(true);
    await rig.finish(thermia.online.signOut());
    await rig.advance(SECOND);
    expect([...rig.store.values.keys()]).toEqual([]);
    expect(thermia.account.snapshot(id)).toBeNull();
  });

  it('leaves its device address in the cloud', async () => {
    await start();
    const listed = JSON.stringify(await rig.finish(thermia.account.list()));
    const { macAddress, deviceId } = data.installation;
    expect(listed).toContain('"key"');
    expect(listed).not.toContain(JSON.stringify(macAddress));
    expect(listed).not.toContain(JSON.stringify(deviceId));
    expect(listed).not.toContain('macAddress');
  });
});

it('a list with an item that cannot be read says of no pump that it is gone', async () => {
  await start();
  thermia.account.watch(id);
  await rig.advance(20 * SECOND);
  const text = JSON.stringify([{ ...data.installation, id: 'broken' }, other.installation]);
  rig.sim.control.addFault({ kind: 'status', status: 200, text, match: 'installations' });
  await rig.advance(HOUR);
  expect(thermia.account.availability(id)).toEqual({ state: 'available' });
  rig.sim.control.clearFaults();
  rig.sim.control.setListed(old, false);
  await rig.advance(20 * MINUTE);
  expect(thermia.account.availability(id)).toMatchObject({ reason: 'pump_gone' });
});
