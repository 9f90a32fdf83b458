import { afterEach, describe, expect, it } from 'vitest';
import { CADENCE } from '../../../../lib/thermia/account/index.js';
import { ThermiaError } from '../../../../lib/thermia/errors.js';
import { rejectionOf } from '../../../support/thrown.js';
import {
  createRig,
  failing,
  HOUR,
  MINUTE,
  SECOND,
  startRig,
  timersLeft,
  times,
  well,
  type Rig,
} from './rig.js';

let rig: Rig;
afterEach(async () => {
  expect(await timersLeft(rig)).toBe(0);
});

const FIRST = 'doing temperatures hot_water status mode';
const FAST = 'doing temperatures';
describe('the first poll', () => {
  it('lesson 36: on a source that is no Thermia Online, asks nothing before a pump is watched, then the list, what is shown first, and the rest', async () => {
    rig = createRig();
    await rig.clock.advance(HOUR);
    expect(rig.asked()).toEqual([]);
    expect(rig.clock.pending()).toBe(0);
    rig.account.watch('1');
    await rig.clock.advance(CADENCE.firstJitterMs);
    expect(rig.asked()).toEqual(['list', `1: ${FIRST}`, '1: hours settings profile']);
    expect(rig.availability).toEqual(['1 starting', '1 available']);
    expect(rig.snapshots.at(-1)?.identity).toMatchObject({ name: 'Pump 1', firmware: '1.0' });
  });

  it('comes at another moment for each account', async () => {
    const moments: number[] = [];
    for (const seed of [1, 2, 3]) {
      rig = createRig(['1'], { seed });
      const start = rig.clock.now();
      rig.account.watch('1');
      await rig.clock.advance(CADENCE.firstJitterMs);
      moments.push((rig.bus.calls[0]?.at ?? 0) - start);
      expect(await timersLeft(rig)).toBe(0);
    }
    expect(new Set(moments).size).toBe(3);
    expect(Math.max(...moments)).toBeLessThan(CADENCE.firstJitterMs);
  });

  it('is one for several watchers and pumps, and ends with the last of them', async () => {
    rig = createRig(['1', '2']);
    const ends = ['1', '1', '2'].map((id) => rig.account.watch(id));
    await rig.clock.advance(10 * SECOND);
    expect(times(rig.asked(), FIRST)).toBe(2);
    ends[0]?.();
    ends[0]?.();
    await rig.clock.advance(5 * MINUTE);
    expect(times(rig.asked(), '1: doing')).toBeGreaterThan(0);
    ends[1]?.();
    await rig.clock.advance(5 * MINUTE);
    const later = rig.asked();
    expect([times(later, '1:'), times(later, '2:')]).toEqual([0, 2]);
    expect(rig.account.snapshot('1')).toBeNull();
    expect(rig.account.availability('1')).toEqual({ state: 'starting' });
    ends[2]?.();
    expect(rig.clock.pending()).toBe(0);
  });
});

describe('the cadence', () => {
  it('reads what moves fast every three minutes, late or early by a tenth', async () => {
    rig = await startRig();
    const before = rig.clock.now();
    await rig.clock.advance(HOUR);
    const fast = rig.bus.calls.filter(({ what }) => what.startsWith(FAST)).map(({ at }) => at);
    expect(fast.length).toBeGreaterThanOrEqual(19);
    expect(fast.length).toBeLessThanOrEqual(21);
    const gaps = fast.map((at, index) => at - (fast[index - 1] ?? before));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3.3 * MINUTE);
    expect(new Set(gaps).size).toBeGreaterThan(5);
  });

  it('follows the interval that was set, and refuses others', async () => {
    rig = await startRig();
    rig.account.setInterval(30);
    await rig.clock.advance(7 * MINUTE);
    expect(times(rig.asked(), FAST)).toBe(1);
    await rig.clock.advance(5 * HOUR);
    const slow = rig.asked();
    expect(times(slow, FAST)).toBe(10);
    expect(times(slow, 'hot_water')).toBe(10);
    rig.account.setInterval(1);
    await rig.clock.advance(MINUTE + 10 * SECOND);
    rig.asked();
    await rig.clock.advance(10 * MINUTE);
    expect(times(rig.asked(), FAST)).toBeGreaterThanOrEqual(9);
    for (const minutes of [0, 31, Number.NaN]) {
      expect(() => rig.account.setInterval(minutes)).toThrow('1 to 30');
    }
  });

  it('reads slow topics together with fast ones, and rarely', async () => {
    rig = await startRig();
    await rig.clock.advance(4 * HOUR);
    const asked = rig.asked();
    expect(times(asked, 'list')).toBe(16);
    expect(times(asked, 'hot_water')).toBe(16);
    expect(times(asked, 'status')).toBe(8);
    expect(times(asked, 'hours')).toBe(4);
    expect(times(asked, 'settings')).toBe(1);
    expect(times(asked, 'profile')).toBe(0);
  });

  it('learns what a pump has nothing under, and looks everything up anew once a day', async () => {
    rig = createRig();
    for (const topic of ['mode', 'hot_water'] as const) rig.bus.pump('1').empty.add(topic);
    rig.account.watch('1');
    await rig.clock.advance(23 * HOUR);
    const asked = rig.asked();
    expect([times(asked, 'mode'), times(asked, 'hot_water')]).toEqual([3, 3]);
    expect(rig.bus.forgotten).toEqual([]);
    await rig.clock.advance(2 * HOUR);
    const relearned = rig.asked();
    expect([times(relearned, 'mode'), times(relearned, 'hot_water'), times(relearned, 'profile')]).toEqual([
      1, 1, 1,
    ]);
    expect(rig.bus.forgotten).toEqual(['1']);
  });

  it('reads an offline pump rarely, asks the list more often, and reads all when it is back', async () => {
    rig = createRig();
    rig.bus.pump('1').online = false;
    rig.account.watch('1');
    await rig.clock.advance(5 * SECOND);
    expect(rig.availability).toContain('1 unavailable pump_offline');
    expect(rig.snapshots.at(-1)?.readings['temperature.supply']).toMatchObject({
      value: 11,
      freshness: 'stale',
    });
    rig.asked();
    await rig.clock.advance(HOUR);
    const offline = rig.asked();
    expect([times(offline, FAST), times(offline, 'list')]).toEqual([4, 12]);
    rig.bus.pump('1').online = true;
    await rig.clock.advance(6 * MINUTE);
    expect(rig.asked()).toContain(`1: ${FIRST}`);
    expect(rig.availability.at(-1)).toBe('1 available');
  });

  it('takes a value of two topics from the one about it', async () => {
    rig = await startRig();
    expect(rig.account.snapshot('1')?.readings['temperature.outdoor']?.value).toBe(10);
  });
});

describe('alarms', () => {
  it('are read when their counter moves, at the start where there are any, and each hour while there are', async () => {
    rig = createRig();
    rig.bus.pump('1').alarms = 2;
    rig.account.watch('1');
    await rig.clock.advance(10 * SECOND);
    expect(times(rig.asked(), 'alarms')).toBe(1);
    expect(rig.account.snapshot('1')?.readings.alarms?.value).toBe(2);
    expect(rig.account.snapshot('1')?.readings.alarm_texts?.value).toEqual(['Low pressure']);
    await rig.clock.advance(3 * HOUR);
    expect(times(rig.asked(), 'alarms')).toBe(3);
    rig.bus.pump('1').alarms = 1;
    await rig.clock.advance(20 * MINUTE);
    expect(times(rig.asked(), 'alarms')).toBe(1);
    rig.bus.pump('1').alarms = 0;
    await rig.clock.advance(20 * MINUTE);
    expect(times(rig.asked(), 'alarms')).toBe(1);
    await rig.clock.advance(5 * HOUR);
    expect(times(rig.asked(), 'alarms')).toBe(0);
  });

  it('of which one takes the place of another are noticed within the hour, and by a refresh', async () => {
    rig = createRig();
    const pump = rig.bus.pump('1');
    const known = (): unknown => rig.account.snapshot('1')?.readings.alarm_texts?.value;
    pump.alarms = 1;
    rig.account.watch('1');
    await rig.clock.advance(10 * SECOND);
    pump.alarmTexts = ['High pressure'];
    await rig.clock.advance(HOUR + 4 * MINUTE);
    expect(known()).toEqual(['High pressure']);
    pump.alarmTexts = ['Sensor'];
    await rig.account.refresh('1');
    expect(known()).toEqual(['Sensor']);
  });

  it('are as current as the counter that confirms them', async () => {
    rig = createRig();
    rig.bus.pump('1').alarms = 1;
    rig.account.watch('1');
    await rig.clock.advance(MINUTE);
    rig.bus.pump('1').alarms = 0;
    await rig.clock.advance(12 * HOUR);
    expect(rig.account.snapshot('1')?.readings.alarm_texts?.freshness).toBe('current');
    rig.bus.before = ({ what }) => (what === 'list' ? failing('network')() : undefined);
    await rig.clock.advance(HOUR);
    expect(rig.account.snapshot('1')?.readings.alarm_texts?.freshness).toBe('stale');
  });

  it('are asked for each hour where nobody counts', async () => {
    rig = createRig();
    rig.bus.pump('1').alarms = null;
    rig.account.watch('1');
    await rig.clock.advance(3 * HOUR + MINUTE);
    expect(times(rig.asked(), 'alarms')).toBe(4);
  });

  it('that could not be read are tried again', async () => {
    rig = createRig();
    const pump = rig.bus.pump('1');
    pump.alarms = 1;
    pump.broken.set('alarms', new ThermiaError('service_down', 'no'));
    rig.account.watch('1');
    await rig.clock.advance(10 * MINUTE);
    pump.broken.clear();
    expect(times(rig.asked(), 'alarms')).toBeGreaterThan(1);
    await rig.clock.advance(10 * MINUTE);
    expect(rig.account.snapshot('1')?.readings.alarm_texts?.value).toEqual(['Low pressure']);
  });
});

describe('a refresh', () => {
  it('reads everything at once, and is one for all who ask meanwhile', async () => {
    rig = await startRig();
    await rig.clock.advance(MINUTE);
    rig.asked();
    await Promise.all([rig.account.refresh('1'), rig.account.refresh('1')]);
    expect(rig.asked()).toEqual(['list', `1: ${FIRST}`, '1: hours settings alarms profile']);
    await rig.clock.advance(2 * MINUTE);
    expect(rig.asked()).toEqual([]);
  });

  it('works for a pump that nobody watches, with its alarms', async () => {
    rig = createRig();
    rig.bus.pump('1').alarms = 1;
    await rig.account.refresh('1');
    expect(rig.account.snapshot('1')?.readings.hot_water?.value).toBe(false);
    expect(rig.account.snapshot('1')?.readings.alarm_texts?.value).toEqual(['Low pressure']);
    expect(rig.clock.pending()).toBe(0);
  });

  it('says why it failed', async () => {
    rig = await startRig();
    rig.bus.before = failing('service_down');
    expect(await rejectionOf(rig.account.refresh('1'))).toMatchObject({ kind: 'service_down' });
    rig.bus.before = well;
    rig.bus.pump('1').listed = false;
    expect(await rejectionOf(rig.account.refresh('1'))).toMatchObject({ kind: 'pump_gone' });
  });

  it('keeps the poll from reading the same pump meanwhile', async () => {
    rig = await startRig(['1']);
    let release = (): void => undefined;
    rig.bus.before = ({ what, pumpId }) =>
      what === FIRST && pumpId === '1' ? new Promise<void>((resolve) => (release = resolve)) : undefined;
    const refreshed = rig.account.refresh('1');
    await rig.clock.advance(30 * SECOND);
    rig.account.watch('2');
    await rig.clock.advance(10 * SECOND);
    expect(times(rig.asked(), '1:')).toBe(1);
    release();
    await refreshed;
    rig.bus.before = well;
  });
});

it('the list is asked for pairing without anything being watched', async () => {
  rig = createRig(['1', '2']);
  expect((await rig.account.list()).map(({ identity }) => identity.id)).toEqual(['1', '2']);
  rig.bus.before = failing('network');
  expect(await rejectionOf(rig.account.list())).toMatchObject({ kind: 'network' });
});

it('a source that delivers nothing is not one that works', async () => {
  rig = await startRig();
  rig.bus.pump('1').silent = true;
  await rig.clock.advance(HOUR);
  expect(rig.account.availability('1')).toMatchObject({ reason: 'unexpected_answer' });
});

it('a pump is offline since it was last connected, or since that was seen', async () => {
  rig = await startRig(['1', '2']);
  for (const [id, lastOnline] of [
    ['1', 5],
    ['2', null],
  ] as const) {
    Object.assign(rig.bus.pump(id), { online: false, lastOnline });
  }
  const seen = rig.clock.now();
  await rig.account.list();
  await rig.clock.advance(MINUTE);
  expect(rig.account.availability('1')).toMatchObject({ since: 5, reason: 'pump_offline' });
  expect(rig.account.availability('2')).toMatchObject({ since: seen, reason: 'pump_offline' });
});

it('a listener that throws harms nobody else', async () => {
  rig = createRig();
  rig.account.on('snapshot', () => {
    throw new Error('mine');
  });
  const endListening = rig.account.on('availability', () => {
    throw new TypeError('mine too');
  });
  const seen: string[] = [];
  rig.account.on('snapshot', ({ identity }) => seen.push(identity.id));
  rig.account.watch('1');
  await rig.clock.advance(10 * SECOND);
  endListening();
  expect(seen.length).toBeGreaterThan(0);
  expect(rig.logged.filter(({ level }) => level === 'error').map(({ fields }) => fields['error'])).toContain(
    'mine',
  );
});
