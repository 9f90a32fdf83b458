import { afterEach, describe, expect, it } from 'vitest';
import { createNoticingClock } from '../../../../lib/thermia/account/noticing-clock.js';
import { emptyRecord, movedBack } from '../../../../lib/thermia/pump/index.js';
import {
  DAY,
  failing,
  HOUR,
  MINUTE,
  outcomeOf,
  SECOND,
  startRig,
  timersLeft,
  times,
  well,
  type Rig,
} from './rig.js';

describe('a clock that is looked at', () => {
  it.each([
    ['goes on', [100, 200, 200, 300], []],
    ['is set back', [100, 40, 50, 60], [60]],
    ['is set back twice', [100, 40, 90, 10], [60, 80]],
    ['is set forward, and back', [100, 9000, 9100, 200], [8900]],
  ] as const)('%s', (_name, moments, expected) => {
    const told: number[] = [];
    const shown: number[] = [0, ...moments];
    const clock = createNoticingClock(
      { now: () => shown.shift() ?? 0, after: () => () => undefined },
      (byMs) => told.push(byMs),
    );
    expect(moments.map(() => clock.now())).toEqual(moments);
    expect(told).toEqual(expected);
  });
});

it('what was never listed or read is not moved back', () => {
  expect(movedBack(emptyRecord('1'), HOUR)).toEqual(emptyRecord('1'));
});

let rig: Rig;
const now = (): number => rig.clock.now() + rig.skew.ms;
const start = async (): Promise<void> => {
  rig = await startRig();
  await rig.clock.advance(20 * MINUTE);
  rig.asked();
};
describe('with a clock', () => {
  afterEach(async () => {
    expect(await timersLeft(rig)).toBe(0);
  });

  it('that was set back, polling goes on, and values are as old as they are', async () => {
    await start();
    rig.skew.ms = -6 * HOUR;
    await rig.clock.advance(HOUR);
    const asked = rig.asked();
    expect(times(asked, 'doing')).toBeGreaterThanOrEqual(18);
    expect(times(asked, 'doing')).toBeLessThanOrEqual(22);
    expect(times(asked, 'list')).toBe(4);
    expect(times(asked, 'hot_water')).toBe(4);
    for (const { at, freshness } of Object.values(rig.account.snapshot('1')!.readings)) {
      expect(freshness).toBe('current');
      expect(at).toBeLessThanOrEqual(now());
      expect(at).toBeGreaterThan(now() - 5 * HOUR);
    }
    rig.bus.before = failing('network');
    await rig.clock.advance(20 * MINUTE);
    expect(rig.account.availability('1')).toMatchObject({ state: 'stale', reason: 'network' });
    expect(rig.account.snapshot('1')?.readings.activity?.freshness).toBe('stale');
  });

  it('that was set back, what is asked for by hand counts', async () => {
    await start();
    rig.skew.ms = -6 * HOUR;
    rig.bus.pump('1').cells.set('supply', 55);
    await rig.account.refresh('1');
    expect(rig.account.snapshot('1')?.readings['temperature.supply']).toMatchObject({
      value: 55,
      at: now(),
      freshness: 'current',
    });
  });

  it('that was set back, a write is sent and seen, also under way', async () => {
    await start();
    rig.skew.ms = -6 * HOUR;
    const first = rig.account.write('1', 'hot_water', true);
    await rig.clock.advance(30 * SECOND);
    expect(await outcomeOf(rig, first)).toBe('confirmed');
    const second = rig.account.write('1', 'hot_water', false);
    await rig.clock.advance(2 * SECOND);
    rig.skew.ms = -12 * HOUR;
    await rig.clock.advance(30 * SECOND);
    expect(await outcomeOf(rig, second)).toBe('confirmed');
  });

  it('that was set back, a throttle lasts no longer, and one that is gone stays gone', async () => {
    await start();
    rig.bus.pump('1').listed = false;
    await rig.account.list();
    const gone = rig.account.availability('1');
    expect(gone).toMatchObject({ reason: 'pump_gone', since: now() });
    rig.bus.before = failing('throttled', { retryAfterMs: 20 * MINUTE });
    await rig.clock.advance(16 * MINUTE);
    rig.bus.before = well;
    rig.skew.ms = -6 * HOUR;
    await rig.clock.advance(MINUTE);
    expect(rig.account.availability('1')).toMatchObject({ reason: 'pump_gone' });
    expect((rig.account.availability('1') as { since: number }).since).toBeLessThan(now());
    rig.bus.pump('1').listed = true;
    await rig.clock.advance(25 * MINUTE);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
  });

  it('that was set back, an offline pump was last seen before now', async () => {
    await start();
    Object.assign(rig.bus.pump('1'), { online: false, lastOnline: null });
    rig.bus.pump('1').empty.add('hot_water');
    await rig.account.refresh('1');
    rig.skew.ms = -6 * HOUR;
    await rig.clock.advance(2 * MINUTE);
    const { since } = rig.account.availability('1') as { since: number };
    expect(since).toBeLessThanOrEqual(now());
  });

  it('that was set forward, everything is read once and not again and again', async () => {
    await start();
    rig.skew.ms = 3 * DAY;
    await rig.clock.advance(10 * MINUTE);
    const asked = rig.asked();
    expect(times(asked, 'list')).toBe(1);
    expect(times(asked, 'profile')).toBe(1);
    expect(times(asked, 'settings')).toBe(1);
    expect(times(asked, 'doing')).toBeLessThanOrEqual(4);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
    rig.skew.ms = 0;
    await rig.clock.advance(10 * MINUTE);
    expect(times(rig.asked(), 'doing')).toBeGreaterThanOrEqual(3);
  });
});
