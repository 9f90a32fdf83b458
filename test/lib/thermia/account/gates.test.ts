import { afterEach, describe, expect, it } from 'vitest';
import { deferred } from '../../../../lib/thermia/account/deadline.js';
import { rejectionOf } from '../../../support/thrown.js';
import { failing, HOUR, MINUTE, never, SECOND, startRig, timersLeft, times, well, type Rig } from './rig.js';

let rig: Rig;
afterEach(async () => {
  expect(await timersLeft(rig)).toBe(0);
});

describe('a service that throttles', () => {
  it('is left alone by the whole account for as long as it says, whatever is asked', async () => {
    rig = await startRig(['1', '2']);
    rig.bus.before = failing('throttled', { retryAfterMs: 40 * MINUTE });
    await rig.clock.advance(4 * MINUTE);
    expect(rig.asked()).toHaveLength(1);
    rig.bus.before = well;
    await rig.clock.advance(30 * MINUTE);
    expect(await rejectionOf(rig.account.refresh('2'))).toMatchObject({ kind: 'throttled' });
    expect(await rejectionOf(rig.account.list())).toMatchObject({ kind: 'throttled' });
    const { accepted } = rig.account.write('1', 'hot_water', true);
    await rig.clock.advance(2 * SECOND);
    expect(await rejectionOf(accepted)).toMatchObject({ kind: 'throttled' });
    rig.account.wake();
    await rig.clock.advance(SECOND);
    expect(rig.asked()).toEqual([]);
    await rig.clock.advance(12 * MINUTE);
    expect(times(rig.asked(), 'doing')).toBeGreaterThanOrEqual(2);
  });

  it('and does not say for how long is asked ever more rarely', async () => {
    rig = await startRig();
    rig.bus.before = failing('throttled');
    await rig.clock.advance(HOUR);
    const at = rig.bus.calls.map((call) => call.at);
    const gaps = at.slice(1).map((each, index) => each - (at[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(3);
    for (const [index, gap] of gaps.entries()) {
      expect(gap).toBeGreaterThanOrEqual(Math.min(15, 2 ** index) * MINUTE);
      expect(gap).toBeLessThan(16 * MINUTE);
    }
    rig.bus.before = well;
    await rig.clock.advance(30 * MINUTE);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
  });

  it('is not asked sooner because an answer that was under way still came', async () => {
    rig = await startRig(['1', '2']);
    let release = well;
    rig.bus.before = ({ pumpId }) => {
      if (pumpId === '1') return new Promise<void>((resolve) => (release = resolve));
      return pumpId === '2' ? failing('throttled')() : undefined;
    };
    const first = rig.account.refresh('1');
    await rig.clock.settle();
    expect(await rejectionOf(rig.account.refresh('2'))).toMatchObject({ kind: 'throttled' });
    release();
    expect(await rejectionOf(first)).toMatchObject({ kind: 'throttled' });
    rig.asked();
    await rig.clock.advance(59 * SECOND);
    expect(rig.asked()).toEqual([]);
    rig.bus.before = well;
  });
});

describe('a session that has ended', () => {
  it('ends all polling until somebody has signed in', async () => {
    rig = await startRig(['1', '2']);
    rig.bus.before = failing('sign_in_needed');
    await rig.clock.advance(4 * MINUTE);
    expect(rig.asked()).toHaveLength(1);
    expect(rig.pauses).toEqual(['sign_in_needed']);
    expect(rig.account.paused()).toBe('sign_in_needed');
    // Both are told so, though only one was asked for.
    expect(rig.availability.slice(-2).toSorted()).toEqual([
      '1 unavailable sign_in_needed',
      '2 unavailable sign_in_needed',
    ]);
    rig.account.watch('3');
    expect(rig.account.availability('3')).toMatchObject({ state: 'unavailable', reason: 'sign_in_needed' });
    await rig.clock.advance(5 * HOUR);
    expect(rig.asked()).toEqual([]);
    rig.bus.before = well;
    rig.account.wake();
    await rig.clock.advance(5 * SECOND);
    expect(rig.pauses).toEqual(['sign_in_needed', null]);
    expect(rig.account.paused()).toBeNull();
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
    expect(rig.account.availability('2')).toEqual({ state: 'available' });
  });

  it('that is back shows in a refresh too, and polling goes on', async () => {
    rig = await startRig();
    rig.bus.before = failing('consent_needed');
    await rig.clock.advance(4 * MINUTE);
    rig.bus.before = well;
    await rig.account.refresh('1');
    expect(rig.account.paused()).toBeNull();
    rig.asked();
    await rig.clock.advance(4 * MINUTE);
    expect(times(rig.asked(), 'doing')).toBe(1);
  });
});

describe('an account that was signed out', () => {
  it('knows nothing of its pumps any more and asks nothing until somebody has signed in', async () => {
    rig = await startRig(['1', '2']);
    expect(rig.account.snapshot('1')).not.toBeNull();
    await rig.account.forget();
    expect([rig.account.snapshot('1'), rig.account.snapshot('2')]).toEqual([null, null]);
    expect(rig.availability.slice(-2)).toEqual([
      '1 unavailable sign_in_needed',
      '2 unavailable sign_in_needed',
    ]);
    expect(rig.account.availability('1')).toMatchObject({ state: 'unavailable', reason: 'sign_in_needed' });
    await rig.clock.advance(5 * HOUR);
    expect(rig.asked()).toEqual([]);
    rig.account.wake();
    await rig.clock.advance(5 * SECOND);
    expect(rig.account.availability('2')).toEqual({ state: 'available' });
    expect(rig.account.snapshot('1')?.readings.hot_water).toMatchObject({ freshness: 'current' });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['list', () => rig.account.list()],
    ['doing', () => rig.account.refresh('1')],
    ['write', () => rig.account.write('1', 'hot_water', true).accepted],
  ])('takes no late answer: %s', async (what, act) => {
    rig = await startRig();
    const open = deferred<null>();
    rig.bus.before = async (call) => {
      if (call.what.includes(what)) await open.promise;
    };
    const failed = rejectionOf(act());
    await rig.clock.advance(2 * SECOND);
    expect(rig.asked().at(-1)).toContain(what);
    await rig.account.forget();
    open.resolve(null);
    expect(await failed).toMatchObject({ kind: 'stopped' });
    await rig.clock.advance(10 * SECOND);
    expect(rig.account.snapshot('1')).toBeNull();
    expect(rig.account.paused()).toBe('sign_in_needed');
  });
});

describe('the watchdog', () => {
  it('ends a cycle that goes on for too long, and the next one starts', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => String(index));
    rig = await startRig(ids);
    rig.bus.before = ({ pumpId }) => (pumpId === null ? undefined : never());
    await rig.clock.advance(4 * MINUTE);
    const started = rig.clock.now();
    await rig.clock.advance(9 * MINUTE);
    rig.bus.before = well;
    rig.asked();
    await rig.clock.advance(4 * MINUTE);
    expect(rig.clock.now() - started).toBeLessThan(14 * MINUTE);
    expect(new Set(rig.bus.calls.map(({ pumpId }) => pumpId)).size).toBeGreaterThan(10);
  });
});

describe('the end', () => {
  it('leaves no timer, and nothing is told any more', async () => {
    rig = await startRig();
    rig.bus.before = never;
    const refreshed = rejectionOf(rig.account.refresh('1'));
    const listed = rejectionOf(rig.account.list());
    await rig.clock.advance(SECOND);
    rig.snapshots.length = 0;
    await rig.account.stop();
    expect(await refreshed).toMatchObject({ kind: 'stopped' });
    expect(await listed).toMatchObject({ kind: 'stopped' });
    expect(rig.clock.pending()).toBe(0);
    expect(rig.snapshots).toEqual([]);
    expect(rig.logged).toEqual([]);
    expect(await rejectionOf(rig.account.refresh('1'))).toMatchObject({ kind: 'stopped' });
    expect(await rejectionOf(rig.account.list())).toMatchObject({ kind: 'stopped' });
    rig.account.wake();
    rig.account.watch('1');
    expect(rig.clock.pending()).toBe(0);
  });

  it('comes in the midst of a poll, which then asks, tells and plans nothing more', async () => {
    rig = await startRig(['1', '2']);
    rig.bus.before = ({ pumpId }) => (pumpId === null ? undefined : never());
    await rig.clock.advance(4 * MINUTE);
    expect(rig.asked().length).toBeGreaterThan(0);
    rig.snapshots.length = 0;
    expect(await timersLeft(rig)).toBe(0);
    await rig.clock.advance(HOUR);
    expect([rig.asked(), rig.snapshots, rig.clock.pending()]).toEqual([[], [], 0]);
  });
});
