import { afterEach, describe, expect, it } from 'vitest';
import type { Write } from '../../../../lib/thermia/account/index.js';
import type { ControlValue } from '../../../../lib/thermia/pump/index.js';
import {
  acceptanceOf,
  createRig,
  failing,
  HOUR,
  hotWaterOf,
  MINUTE,
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

describe('a write', () => {
  it('is sent once, shown as pending, and confirmed when the pump shows it', async () => {
    rig = await startRig();
    const made = write(true);
    expect(hotWaterOf(rig)).toEqual([false, false, false]);
    await rig.clock.advance(999);
    expect(rig.asked()).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.asked()).toEqual(['1: write hot_water=true']);
    expect([await accepted(made), await outcome(made)]).toEqual(['yes', 'open']);
    expect(hotWaterOf(rig)).toEqual([true, true, true]);
    expect(rig.snapshots.at(-1)?.readings.hot_water).toMatchObject({ value: true, pending: true });
    await rig.clock.advance(4 * SECOND);
    expect(rig.asked()).toEqual(['1: hot_water']);
    expect(await outcome(made)).toBe('open');
    expect(hotWaterOf(rig)).toEqual([true, true, true]);
    await rig.clock.advance(5 * SECOND);
    expect(rig.asked()).toEqual(['1: hot_water']);
    expect(await outcome(made)).toBe('confirmed');
    expect(hotWaterOf(rig)).toEqual([true, true, false]);
    expect(rig.writes).toEqual(['hot_water=true confirmed']);
  });

  it('of a number is put on the step, of a choice goes by name', async () => {
    rig = await startRig();
    write(21.4, 'heating_target');
    write('manual', 'operation_mode');
    write(20, 'curve.level');
    await rig.clock.advance(20 * SECOND);
    expect(writesSent(rig)).toEqual([
      'write heating_target=21',
      'write operation_mode=manual',
      'write curve.level=20',
    ]);
    expect(rig.writes.toSorted()).toEqual([
      'curve.level=20 confirmed',
      'heating_target=21 confirmed',
      'operation_mode=manual confirmed',
    ]);
  });

  it('that the pump does not take fails after a minute, and what the pump says is shown again', async () => {
    rig = await startRig();
    rig.bus.pump('1').takesMs = null;
    const made = write(true);
    await rig.clock.advance(60 * SECOND);
    expect(await outcome(made)).toBe('open');
    expect(hotWaterOf(rig)).toEqual([true, true, true]);
    await rig.clock.advance(3 * SECOND);
    expect([await accepted(made), await outcome(made)]).toEqual(['yes', 'not_confirmed']);
    expect(hotWaterOf(rig)).toEqual([false, false, false]);
    expect(rig.snapshots.at(-1)?.readings.hot_water?.value).toBe(false);
    expect(rig.bus.calls.filter(({ what }) => what === 'hot_water')).toHaveLength(5);
    expect(writesSent(rig)).toHaveLength(1);
  });

  it('that a pump does not take because it went offline says so', async () => {
    rig = await startRig();
    rig.bus.pump('1').takesMs = null;
    const made = write(true);
    await rig.clock.advance(10 * SECOND);
    rig.bus.pump('1').online = false;
    await rig.clock.advance(MINUTE);
    expect(await outcome(made)).toBe('pump_offline');
  });

  it('is decided without the list where that cannot be had', async () => {
    rig = await startRig();
    rig.bus.pump('1').takesMs = null;
    const made = write(true);
    rig.bus.before = ({ what }) => {
      if (what === 'list') failing('network')();
    };
    await rig.clock.advance(70 * SECOND);
    expect(await outcome(made)).toBe('not_confirmed');
    rig.bus.before = well;
  });

  it('survives reads that fail meanwhile', async () => {
    rig = await startRig();
    const made = write(true);
    await rig.clock.advance(2 * SECOND);
    rig.bus.before = failing('network');
    await rig.clock.advance(20 * SECOND);
    rig.bus.before = well;
    expect(hotWaterOf(rig)).toEqual([true, true, true]);
    await rig.clock.advance(20 * SECOND);
    expect(await outcome(made)).toBe('confirmed');
  });

  it('is not read back while somebody has to sign in, and not confirmed then', async () => {
    rig = await startRig();
    const made = write(true);
    await rig.clock.advance(2 * SECOND);
    rig.bus.before = failing('sign_in_needed');
    await rig.clock.advance(70 * SECOND);
    expect(rig.bus.calls.filter(({ what }) => what === 'hot_water')).toHaveLength(1);
    expect(await outcome(made)).toBe('not_confirmed');
    rig.bus.before = well;
  });

  it('can be confirmed by the poll as well', async () => {
    rig = await startRig();
    rig.bus.pump('1').takesMs = 10 * SECOND;
    await rig.clock.advance(HOUR);
    const made = write(true);
    await rig.clock.advance(12 * SECOND);
    await rig.account.refresh('1');
    expect(await outcome(made)).toBe('confirmed');
  });

  it('goes on when nobody watches the pump any more', async () => {
    rig = createRig();
    const end = rig.account.watch('1');
    await rig.clock.advance(5 * SECOND);
    const made = write(true);
    await rig.clock.advance(2 * SECOND);
    end();
    rig.snapshots.length = 0;
    await rig.clock.advance(20 * SECOND);
    expect(await outcome(made)).toBe('confirmed');
    expect(rig.snapshots).toEqual([]);
  });
});

describe('writes of one control', () => {
  it('within a second become one, whose last value wins; who wanted another one hears so', async () => {
    rig = await startRig();
    const all = [22, 20, 22, 22].map((value) => write(value, 'heating_target'));
    await rig.clock.advance(20 * SECOND);
    expect(writesSent(rig)).toEqual(['write heating_target=22']);
    const ends = await Promise.all(all.map(async (each) => [await accepted(each), await outcome(each)]));
    expect(ends).toEqual([
      ['superseded', 'superseded'],
      ['superseded', 'superseded'],
      ['yes', 'confirmed'],
      ['yes', 'confirmed'],
    ]);
    expect(rig.writes).toEqual(['heating_target=22 confirmed']);
  });

  it('there and back again within a second are no write at all', async () => {
    rig = await startRig();
    const all = [true, false].map((value) => write(value));
    await rig.clock.advance(2 * SECOND);
    expect(writesSent(rig)).toEqual([]);
    expect(await Promise.all(all.map(outcome))).toEqual(['superseded', 'unchanged']);
  });

  it('one after the other: the later takes the place of the earlier', async () => {
    rig = await startRig();
    const first = write(20, 'heating_target');
    await rig.clock.advance(2 * SECOND);
    const second = write(25, 'heating_target');
    await rig.clock.advance(2 * SECOND);
    expect([await accepted(first), await outcome(first)]).toEqual(['yes', 'superseded']);
    expect(rig.account.snapshot('1')?.readings.heating_target).toMatchObject({ value: 25, pending: true });
    await rig.clock.advance(20 * SECOND);
    expect(await outcome(second)).toBe('confirmed');
    expect(rig.writes).toEqual(['heating_target=25 confirmed']);
  });

  it('one after the other, to the same value: the later takes over who waits for the earlier', async () => {
    rig = await startRig();
    const first = write(20, 'heating_target');
    await rig.clock.advance(2 * SECOND);
    const second = write(20, 'heating_target');
    await rig.clock.advance(2 * SECOND);
    expect([await outcome(first), await outcome(second)]).toEqual(['open', 'open']);
    await rig.clock.advance(20 * SECOND);
    expect([await outcome(first), await outcome(second)]).toEqual(['confirmed', 'confirmed']);
    expect(rig.writes).toEqual(['heating_target=20 confirmed']);
  });

  it('back to the old value while the new one is pending is sent, for the pump may have taken it', async () => {
    rig = await startRig();
    write(true);
    await rig.clock.advance(2 * SECOND);
    const back = write(false);
    await rig.clock.advance(30 * SECOND);
    expect(writesSent(rig)).toEqual(['write hot_water=true', 'write hot_water=false']);
    expect(await outcome(back)).toBe('confirmed');
    expect(rig.bus.pump('1').cells.get('hot_water')).toBe(0);
  });

  it('that was refused leaves an earlier one to be confirmed', async () => {
    rig = await startRig();
    const first = write(20, 'heating_target');
    await rig.clock.advance(2 * SECOND);
    rig.bus.before = onWrite(failing('rejected'));
    const second = write(25, 'heating_target');
    await rig.clock.advance(20 * SECOND);
    expect([await outcome(first), await outcome(second)]).toEqual(['confirmed', 'rejected']);
    rig.bus.before = well;
  });

  it('of an account are sent one by one', async () => {
    rig = await startRig(['1', '2']);
    const release: (() => void)[] = [];
    rig.bus.before = onWrite(() => new Promise<void>((resolve) => release.push(resolve)));
    const first = write(true);
    const second = rig.account.write('2', 'hot_water', true);
    await rig.clock.advance(3 * SECOND);
    expect(writesSent(rig)).toHaveLength(1);
    const third = write(false);
    release[0]?.();
    await rig.clock.advance(2 * SECOND);
    expect([await accepted(first), await accepted(second), await accepted(third)]).toEqual([
      'yes',
      'open',
      'open',
    ]);
    release[1]?.();
    await rig.clock.advance(2 * SECOND);
    expect(writesSent(rig)).toHaveLength(3);
    rig.bus.before = well;
    release[2]?.();
    await rig.clock.advance(20 * SECOND);
    expect([await outcome(second), await outcome(third)]).toEqual(['confirmed', 'confirmed']);
  });
});
