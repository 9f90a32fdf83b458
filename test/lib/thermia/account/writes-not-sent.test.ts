import { afterEach, describe, expect, it } from 'vitest';
import type { Write } from '../../../../lib/thermia/account/index.js';
import type { ControlValue } from '../../../../lib/thermia/pump/index.js';
import { rejectionOf } from '../../../support/thrown.js';
import {
  acceptanceOf,
  createRig,
  failing,
  HOUR,
  hotWaterOf,
  MINUTE,
  never,
  onWrite,
  outcomeOf,
  SECOND,
  startRig,
  timersLeft,
  well,
  writesSent,
  type Rig,
} from './rig.js';

let rig: Rig;
afterEach(async () => {
  expect(await timersLeft(rig)).toBe(0);
});

const write = (value: ControlValue, controlId = 'hot_water'): Write =>
  rig.account.write('1', controlId, value);
const outcome = (made: Write): Promise<string> => outcomeOf(rig, made);
const accepted = (made: Write): Promise<string> => acceptanceOf(rig, made);

describe('a value that the pump stands at already', () => {
  it('is not sent', async () => {
    rig = await startRig();
    const made = write(false);
    expect([await accepted(made), await outcome(made)]).toEqual(['yes', 'unchanged']);
    expect(rig.asked()).toEqual([]);
    expect(rig.writes).toEqual(['hot_water=false unchanged']);
  });

  it('as far as was known some minutes ago is looked up first', async () => {
    rig = await startRig();
    await rig.clock.advance(9 * MINUTE);
    rig.asked();
    const made = write(false);
    await rig.clock.advance(2 * SECOND);
    expect(rig.asked()).toEqual(['1: hot_water']);
    expect(await outcome(made)).toBe('unchanged');
  });

  it('is sent where somebody has changed it meanwhile', async () => {
    rig = await startRig();
    await rig.clock.advance(9 * MINUTE);
    rig.bus.pump('1').cells.set('hot_water', 1);
    const made = write(false);
    await rig.clock.advance(20 * SECOND);
    expect(writesSent(rig)).toEqual(['write hot_water=false']);
    expect(await outcome(made)).toBe('confirmed');
  });

  it('is sent where that cannot be looked up', async () => {
    rig = await startRig();
    await rig.clock.advance(9 * MINUTE);
    rig.bus.before = ({ what }) => {
      if (what === 'hot_water') failing('timeout')();
    };
    write(false);
    await rig.clock.advance(2 * SECOND);
    expect(writesSent(rig)).toEqual(['write hot_water=false']);
    rig.bus.before = well;
    await rig.clock.advance(20 * SECOND);
  });
});

describe('what is refused before it is sent', () => {
  it.each([
    ['heating_target', 31, 'out_of_range'],
    ['heating_target', true, 'out_of_range'],
    ['operation_mode', 'party', 'out_of_range'],
    ['activity', 'heating', 'not_writable'],
    ['hot_water_boost', true, 'not_supported'],
    ['toString', true, 'not_supported'],
  ] as const)('%s = %s: %s', async (controlId, value, kind) => {
    rig = await startRig();
    const made = write(value, controlId);
    expect([await accepted(made), await outcome(made)]).toEqual([kind, kind]);
    await rig.clock.advance(5 * SECOND);
    expect(rig.asked()).toEqual([]);
    expect(rig.writes).toEqual([`${controlId}=${value} ${kind}`]);
  });

  it('a pump that nobody watches, or that is gone', async () => {
    rig = await startRig();
    expect(await outcome(rig.account.write('9', 'hot_water', true))).toBe('not_found');
    rig.bus.pump('1').listed = false;
    await rig.account.list();
    expect(await outcome(write(true))).toBe('pump_gone');
  });

  it('a pump that is offline, after asking whether it still is', async () => {
    rig = await startRig();
    rig.bus.pump('1').online = false;
    await rig.account.list();
    rig.asked();
    const refused = write(true);
    await rig.clock.advance(2 * SECOND);
    expect(rig.asked()).toEqual(['list']);
    expect([await accepted(refused), await outcome(refused)]).toEqual(['pump_offline', 'pump_offline']);
    rig.bus.pump('1').online = true;
    const sent = write(true);
    await rig.clock.advance(20 * SECOND);
    expect(await outcome(sent)).toBe('confirmed');
  });
});

describe('a pump that was never read', () => {
  it('is read first', async () => {
    rig = createRig();
    rig.account.watch('1');
    const made = write(true);
    await rig.clock.advance(20 * SECOND);
    expect(await outcome(made)).toBe('confirmed');
  });

  it('and cannot be cannot be written', async () => {
    rig = createRig();
    rig.bus.before = failing('service_down');
    rig.account.watch('1');
    const made = write(true);
    expect([await accepted(made), await outcome(made)]).toEqual(['service_down', 'service_down']);
    rig.bus.before = well;
  });
});

describe('a write that fails at the service', () => {
  it.each(['rejected', 'not_found'] as const)('as %s: ids are looked up anew', async (kind) => {
    rig = await startRig();
    await rig.clock.advance(2 * HOUR);
    rig.asked();
    rig.bus.before = onWrite(failing(kind));
    const made = write(true);
    await rig.clock.advance(2 * SECOND);
    expect([await accepted(made), await outcome(made)]).toEqual([kind, kind]);
    expect(rig.bus.forgotten).toEqual(['1']);
    rig.bus.before = well;
    await rig.clock.advance(2 * SECOND);
    expect(rig.asked().slice(1)).toEqual([
      expect.stringContaining('status'),
      expect.stringContaining('profile'),
    ]);
    expect(hotWaterOf(rig)).toEqual([false, false, false]);
  });

  it('without an answer is never sent again, but looked for, since it may have been done', async () => {
    rig = await startRig();
    rig.bus.before = onWrite(never);
    const made = write(true);
    await rig.clock.advance(31 * SECOND);
    expect([await accepted(made), await outcome(made)]).toEqual(['timeout', 'timeout']);
    rig.bus.before = well;
    rig.bus.pump('1').cells.set('hot_water', 1);
    await rig.clock.advance(30 * SECOND);
    expect(hotWaterOf(rig)).toEqual([true, true, false]);
    expect(writesSent(rig)).toHaveLength(1);
  });

  it('and may have been done keeps the old value from being taken for granted', async () => {
    rig = await startRig();
    rig.bus.before = onWrite(failing('network'));
    write(true);
    await rig.clock.advance(2 * SECOND);
    rig.bus.before = well;
    const back = write(false);
    await rig.clock.advance(20 * SECOND);
    expect(writesSent(rig)).toEqual(['write hot_water=true', 'write hot_water=false']);
    expect(await outcome(back)).toBe('confirmed');
  });

  it('because somebody has to sign in says so, and polling pauses', async () => {
    rig = await startRig();
    rig.bus.before = onWrite(failing('sign_in_needed'));
    const made = write(true);
    await rig.clock.advance(2 * SECOND);
    expect(await outcome(made)).toBe('sign_in_needed');
    expect(rig.account.paused()).toBe('sign_in_needed');
    rig.bus.before = well;
  });

  it('before the topic is known leaves nothing to look for', async () => {
    rig = await startRig();
    rig.bus.before = onWrite(failing('network'));
    const made = write(true);
    rig.bus.pump('1').empty.add('hot_water');
    await rig.account.refresh('1');
    await rig.clock.advance(2 * SECOND);
    expect(await outcome(made)).toBe('network');
    rig.bus.before = well;
  });
});

describe('the end', () => {
  it('comes also while the last look for a value is under way', async () => {
    rig = await startRig();
    rig.bus.pump('1').takesMs = null;
    const made = write(true);
    await rig.clock.advance(10 * SECOND);
    rig.bus.before = ({ what }) => (what === 'list' ? never() : undefined);
    await rig.clock.advance(55 * SECOND);
    expect(await outcome(made)).toBe('open');
    await rig.account.stop();
    expect(await outcome(made)).toBe('stopped');
    await rig.clock.settle();
    expect(rig.writes).toEqual([]);
  });

  it('fails what waits to be sent, what is under way and what waits to be seen', async () => {
    rig = await startRig();
    const seen = write(20, 'heating_target');
    await rig.clock.advance(2 * SECOND);
    rig.bus.before = onWrite(never);
    const underWay = write(true);
    await rig.clock.advance(2 * SECOND);
    const behind = write('manual', 'operation_mode');
    await rig.clock.advance(2 * SECOND);
    const waiting = write(15, 'curve.level');
    rig.writes.length = 0;
    await rig.account.stop();
    for (const each of [seen, underWay, behind, waiting]) expect(await outcome(each)).toBe('stopped');
    expect(await accepted(seen)).toBe('yes');
    expect(await accepted(underWay)).toBe('stopped');
    expect(rig.clock.pending()).toBe(0);
    expect(rig.writes).toEqual([]);
    expect(await rejectionOf(write(false).accepted)).toMatchObject({ kind: 'stopped' });
  });
});
