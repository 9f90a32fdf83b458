import { afterEach, describe, expect, it } from 'vitest';
import { CADENCE } from '../../../../lib/thermia/account/index.js';
import { ThermiaError } from '../../../../lib/thermia/errors.js';
import { rejectionOf } from '../../../support/thrown.js';
import {
  createRig,
  failing,
  HOUR,
  MINUTE,
  never,
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

const supply = (id: string): unknown => rig.account.snapshot(id)?.readings['temperature.supply'];

describe('an outage', () => {
  it('keeps values, calls them stale, then the pump unavailable, and asks ever more rarely', async () => {
    rig = await startRig();
    rig.bus.before = failing('service_down');
    await rig.clock.advance(9 * MINUTE);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
    expect(supply('1')).toMatchObject({ value: 11, freshness: 'current' });
    await rig.clock.advance(3 * MINUTE);
    expect(rig.availability.at(-1)).toBe('1 stale service_down');
    expect(rig.snapshots.at(-1)?.readings['temperature.supply']).toMatchObject({
      value: 11,
      freshness: 'stale',
    });
    await rig.clock.advance(HOUR);
    expect(rig.availability.at(-1)).toBe('1 unavailable service_down');
    rig.asked();
    await rig.clock.advance(2 * HOUR);
    const asked = rig.asked();
    expect(times(asked, 'doing')).toBeGreaterThanOrEqual(7);
    expect(times(asked, 'doing')).toBeLessThanOrEqual(9);
    rig.bus.before = well;
    await rig.clock.advance(17 * MINUTE);
    expect(rig.availability.at(-1)).toBe('1 available');
  });

  it("is logged at its edges only, without the pump's id", async () => {
    rig = await startRig(['1234567']);
    rig.bus.before = failing('network');
    await rig.clock.advance(2 * HOUR);
    rig.bus.before = well;
    await rig.clock.advance(20 * MINUTE);
    expect(rig.logged.map(({ level, message }) => `${level}: ${message}`).toSorted()).toEqual([
      'info: A pump can be read again',
      'info: The list of pumps can be read again',
      'warn: A pump cannot be read',
      'warn: The list of pumps cannot be read',
    ]);
    expect(JSON.stringify(rig.logged)).not.toContain('1234567');
  });

  it('ends on demand', async () => {
    rig = await startRig();
    rig.bus.before = failing('network');
    await rig.clock.advance(HOUR);
    rig.bus.before = well;
    rig.asked();
    rig.account.wake();
    await rig.clock.advance(CADENCE.firstJitterMs + SECOND);
    expect(rig.asked()[0]).toBe('list');
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
  });

  it('that is none is not made one by ending it', async () => {
    rig = await startRig();
    rig.account.wake();
    await rig.clock.advance(MINUTE);
    expect(rig.asked()).toEqual([]);
  });

  it('at the start is not the end of a start', async () => {
    rig = createRig();
    rig.bus.before = failing('network');
    rig.account.watch('1');
    await rig.clock.advance(MINUTE);
    expect(rig.availability).toEqual(['1 starting']);
    await rig.clock.advance(5 * MINUTE);
    expect(rig.availability.at(-1)).toBe('1 unavailable network');
    expect(rig.account.snapshot('1')).toBeNull();
    rig.bus.before = well;
    await rig.clock.advance(10 * MINUTE);
    expect(rig.availability.at(-1)).toBe('1 available');
  });

  it('of the list alone leaves the pumps be', async () => {
    rig = createRig();
    rig.bus.before = ({ what }) => {
      if (what === 'list') failing('service_down')();
    };
    rig.account.watch('1');
    await rig.clock.advance(HOUR);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
    expect(rig.account.snapshot('1')?.online).toBeNull();
    expect(times(rig.asked(), 'list')).toBeLessThan(8);
  });

  it('whose errors are not ours is an unexpected answer', async () => {
    rig = await startRig();
    const thrown: readonly unknown[] = [new TypeError('x is undefined'), 'odd'];
    for (const [index, error] of thrown.entries()) {
      rig.bus.before = () => {
        throw error;
      };
      expect(await rejectionOf(rig.account.list())).toMatchObject({
        kind: 'unexpected_answer',
        message: index === 0 ? 'x is undefined' : 'odd',
      });
    }
    rig.bus.before = well;
  });

  it('leaves its last errors to be looked at, redacted and not too many', async () => {
    rig = await startRig();
    rig.bus.before = () => {
      throw new Error('for somebody@example.org with password=hunter2');
    };
    for (let round = 0; round < 30; round += 1) await rejectionOf(rig.account.list());
    expect(rig.account.errors()).toHaveLength(20);
    expect(rig.account.errors().at(-1)).toMatchObject({
      kind: 'unexpected_answer',
      during: 'list',
      pumpId: null,
    });
    expect(JSON.stringify(rig.account.errors())).not.toMatch(/somebody|hunter2/);
  });
});

describe('one pump that fails', () => {
  it('does not spoil the others', async () => {
    rig = await startRig(['1', '2']);
    rig.bus.before = ({ pumpId }) => {
      if (pumpId === '1') failing('service_down')();
    };
    await rig.clock.advance(2 * HOUR);
    expect(rig.account.availability('1')).toMatchObject({ state: 'unavailable', reason: 'service_down' });
    expect(rig.account.availability('2')).toEqual({ state: 'available' });
    expect(times(rig.asked(), '2: doing')).toBeGreaterThan(36);
  });

  it('or hangs, and hears no signal, is left after its deadline and comes last from then on', async () => {
    rig = await startRig(['1', '2']);
    const aborted: boolean[] = [];
    rig.bus.before = ({ pumpId }, signal) => {
      if (pumpId !== '1') return undefined;
      signal.addEventListener('abort', () => aborted.push(true));
      return never();
    };
    await rig.clock.advance(HOUR);
    expect(aborted.length).toBeGreaterThan(2);
    expect(rig.account.availability('1')).toMatchObject({ reason: 'timeout' });
    expect(rig.account.availability('2')).toEqual({ state: 'available' });
    const order = rig.asked().slice(-3);
    expect(order.at(-1)).toContain('1:');
  });

  it('with some topics only keeps what they said, and the rest goes on', async () => {
    rig = await startRig();
    rig.bus.pump('1').broken.set('doing', new ThermiaError('service_down', 'no'));
    rig.bus.pump('1').broken.set('hot_water', new ThermiaError('unexpected_answer', 'no'));
    await rig.clock.advance(HOUR + 5 * MINUTE);
    const { readings } = rig.account.snapshot('1')!;
    expect(readings.activity).toMatchObject({ value: 'heating', freshness: 'stale' });
    expect(readings['temperature.supply']).toMatchObject({ freshness: 'current' });
    expect(readings.hot_water).toMatchObject({ value: false, freshness: 'stale' });
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
    expect(rig.account.errors().map(({ during }) => during)).toContain('doing');
  });

  it('is unavailable when both that it does and its temperatures fail for long', async () => {
    rig = await startRig();
    for (const topic of ['doing', 'temperatures'] as const) {
      rig.bus.pump('1').broken.set(topic, new ThermiaError('service_down', 'no'));
    }
    await rig.clock.advance(2 * HOUR);
    expect(rig.account.availability('1')).toMatchObject({ state: 'unavailable', reason: 'service_down' });
  });
});

describe('what the service does not know any more', () => {
  it('is looked up anew, at most once in an hour, and the list is asked', async () => {
    rig = await startRig();
    await rig.clock.advance(2 * HOUR);
    rig.asked();
    rig.bus.before = ({ pumpId }) => {
      if (pumpId !== null) failing('not_found')();
    };
    await rig.clock.advance(30 * MINUTE);
    expect(rig.bus.forgotten).toEqual(['1']);
    const asked = rig.asked();
    expect(times(asked, 'list')).toBeGreaterThanOrEqual(3);
    rig.bus.before = well;
    await rig.clock.advance(20 * MINUTE);
    expect(times(rig.asked(), 'profile')).toBe(1);
  });

  it('does not cost the pump: only a good list says that it is gone', async () => {
    rig = await startRig(['1', '2']);
    rig.bus.before = failing('not_found');
    await rig.clock.advance(3 * HOUR);
    expect(rig.account.availability('1')).toMatchObject({ reason: 'not_found' });
    rig.bus.before = well;
    rig.bus.pump('1').listed = false;
    await rig.clock.advance(20 * MINUTE);
    expect(rig.availability).toContain('1 unavailable pump_gone');
    expect(rig.account.availability('2')).toEqual({ state: 'available' });
    rig.asked();
    await rig.clock.advance(HOUR);
    expect(times(rig.asked(), '1:')).toBe(0);
    const { since } = rig.account.availability('1') as { since: number };
    expect(rig.clock.now() - since).toBeGreaterThan(HOUR);
    rig.bus.pump('1').listed = true;
    await rig.clock.advance(16 * MINUTE);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
  });

  it('while it is out of order, is asked for again as soon as after any other outage', async () => {
    rig = await startRig();
    const topics = ['doing', 'temperatures', 'hot_water', 'status', 'mode'] as const;
    const broken = new ThermiaError('not_found', 'no such thing');
    for (const topic of topics) rig.bus.pump('1').broken.set(topic, broken);
    await rig.clock.advance(13 * HOUR);
    rig.bus.pump('1').broken.clear();
    await rig.clock.advance(17 * MINUTE);
    expect(rig.account.availability('1')).toEqual({ state: 'available' });
    const { readings } = rig.account.snapshot('1')!;
    const freshness = Object.values(readings).map((reading) => reading.freshness);
    expect(new Set(freshness)).toEqual(new Set(['current']));
  });

  it('of a slow topic does not keep it away when the pump was out of reach meanwhile', async () => {
    rig = await startRig();
    rig.bus.pump('1').broken.set('hot_water', new ThermiaError('not_found', 'no such group'));
    await rig.clock.advance(8 * HOUR);
    rig.bus.before = failing('network');
    await rig.clock.advance(HOUR);
    rig.bus.before = well;
    rig.bus.pump('1').broken.clear();
    await rig.clock.advance(17 * MINUTE);
    expect(rig.account.snapshot('1')?.readings.hot_water?.freshness).toBe('current');
  });

  it('of one topic only is asked for ever more rarely', async () => {
    rig = await startRig();
    rig.bus.pump('1').broken.set('hot_water', new ThermiaError('not_found', 'no such group'));
    await rig.clock.advance(8 * HOUR);
    expect(times(rig.asked(), 'hot_water')).toBeLessThanOrEqual(5);
    expect(rig.bus.forgotten).toEqual([]);
  });
});
