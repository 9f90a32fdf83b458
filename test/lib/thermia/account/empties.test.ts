import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, startRig, timersLeft, times, type Rig } from './rig.js';

let rig: Rig;
afterEach(async () => {
  expect(await timersLeft(rig)).toBe(0);
});

const FAST = 'doing temperatures';

describe('what came back empty', () => {
  it('is read as often as before where it moves fast', async () => {
    rig = await startRig();
    for (const topic of ['doing', 'temperatures'] as const) rig.bus.pump('1').empty.add(topic);
    await rig.clock.advance(12 * HOUR);
    expect(times(rig.asked(), FAST)).toBeGreaterThan(230);
    expect(rig.account.snapshot('1')?.readings.activity).toMatchObject({
      value: 'heating',
      freshness: 'stale',
    });
    expect(rig.account.availability('1')).toMatchObject({
      state: 'unavailable',
      reason: 'unexpected_answer',
    });
    rig.bus.pump('1').empty.clear();
    await rig.clock.advance(4 * MINUTE);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
  });

  it('is taken for gone after an hour', async () => {
    rig = await startRig();
    rig.bus.pump('1').empty.add('hot_water');
    await rig.clock.advance(HOUR - MINUTE);
    expect(rig.account.snapshot('1')?.controls.has('hot_water')).toBe(true);
    await rig.clock.advance(30 * MINUTE);
    expect(rig.account.snapshot('1')?.controls.has('hot_water')).toBe(false);
    rig.asked();
    await rig.clock.advance(12 * HOUR);
    expect(times(rig.asked(), 'hot_water')).toBe(0);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
  });
});
