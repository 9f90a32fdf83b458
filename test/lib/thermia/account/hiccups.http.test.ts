import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PumpSnapshot } from '../../../../lib/thermia/index.js';
import { builtInPumps } from '../../../../sandbox/thermia-online/index.js';
import { HOUR, MINUTE } from './rig.js';
import { startThermiaRig, type ThermiaRig } from './thermia-rig.js';

const HOT_WATER = 'REG_GROUP_HOT_WATER';
const BOOST = 'REG__HOT_WATER_BOOST';
const GROUPS = ['REG_GROUP_OPERATIONAL_STATUS', 'REG_GROUP_TEMPERATURES', HOT_WATER];

let rig: ThermiaRig;
let id: string;
beforeEach(async () => {
  const boosted = builtInPumps.find(({ registers }) =>
    registers[HOT_WATER]?.some(({ registerName }) => registerName === BOOST),
  );
  rig = await startThermiaRig([boosted!]);
  id = rig.withRegister(BOOST);
});
afterEach(async () => {
  await rig.end();
  expect(rig.clock.pending()).toBe(0);
});

const seen = (): PumpSnapshot => rig.thermia.account.snapshot(id)!;
const pathOf = (group: string): string => `/api/v1/Registers/Installations/${id}/Groups/${group}`;
/** A group answers that it has nothing, so many times. */
const empty = (group: string, times?: number): number =>
  rig.sim.control.addFault({ kind: 'status', status: 200, text: '[]', match: pathOf(group), times });
const read = (): Promise<void> => rig.finish(rig.thermia.account.refresh(id));
const askedFor = (group: string): number => rig.count(`registers/${group}`);

describe('a filled group that answers empty once', () => {
  it('lesson 16: costs neither values nor pace', async () => {
    await rig.watchAll();
    const before = seen();
    for (const group of GROUPS) empty(group, 1);
    await rig.advance(16 * MINUTE);
    rig.sent.length = 0;
    await rig.advance(HOUR);
    expect(askedFor('REG_GROUP_OPERATIONAL_STATUS')).toBeGreaterThan(18);
    expect(askedFor(HOT_WATER)).toBeGreaterThan(3);
    expect(Object.keys(seen().readings)).toEqual(Object.keys(before.readings));
    expect([...seen().controls.keys()]).toEqual([...before.controls.keys()]);
    expect(Object.values(seen().readings).every(({ freshness }) => freshness === 'current')).toBe(true);
  });

  it('keeps what it said at its age', async () => {
    await rig.watchAll();
    const { at } = seen().readings['temperature.supply']!;
    for (const group of GROUPS) empty(group);
    await rig.advance(9 * MINUTE);
    expect(rig.thermia.account.availability(id)).toEqual({ state: 'available' });
    await rig.advance(3 * MINUTE);
    expect(seen().readings['temperature.supply']).toMatchObject({ at, freshness: 'stale' });
    expect(rig.thermia.account.availability(id)).toMatchObject({
      state: 'stale',
      reason: 'unexpected_answer',
    });
  });

  it('lesson 19: at the start is there when it comes', async () => {
    for (const group of GROUPS) empty(group, 1);
    await rig.watchAll();
    expect(seen().controls.has('hot_water_boost')).toBe(false);
    await rig.advance(20 * MINUTE);
    expect(seen().controls.has('hot_water_boost')).toBe(true);
    expect(seen().readings.activity?.freshness).toBe('current');
  });

  it('lesson 35: is no firmware that takes a function away; one that stays empty is', async () => {
    await rig.watchAll();
    empty(HOT_WATER, 1);
    await read();
    expect(seen().controls.has('hot_water_boost')).toBe(true);
    rig.sim.control.removeGroup(Number(id), HOT_WATER);
    await rig.advance(30 * MINUTE);
    expect(seen().controls.has('hot_water_boost')).toBe(true);
    await rig.advance(HOUR);
    expect(seen().controls.has('hot_water_boost')).toBe(false);
    const refused = rig.thermia.account.write(id, 'hot_water_boost', true);
    expect(await rig.finish(refused.settled)).toMatchObject({
      state: 'failed',
      error: { kind: 'not_supported' },
    });
  });
});

it.each([
  ['problem', 404],
  ['text', 500],
] as const)('an outage that answers %s %i for half a day is over when it is over', async (body, status) => {
  await rig.watchAll();
  const fault = rig.sim.control.addFault({ kind: 'status', status, body, match: '/api/v1/' });
  await rig.advance(13 * HOUR);
  expect(rig.thermia.account.availability(id).state).toBe('unavailable');
  rig.sim.control.removeFault(fault);
  await rig.advance(17 * MINUTE);
  expect(rig.thermia.account.availability(id)).toEqual({ state: 'available' });
  expect(Object.values(seen().readings).filter(({ freshness }) => freshness === 'stale')).toEqual([]);
});
