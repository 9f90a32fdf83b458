import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampToStep,
  isOld,
  mainReadingOf,
  planSentenceOf,
  quickActionOf,
  raisedAlarmsOf,
  stateWordsOf,
  stepsOf,
  viewOf,
} from '../../../sandbox/web/src/pure/device-view.js';
import { device } from './make.js';

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

describe('what a device shows', () => {
  it('sorts capabilities by what is done with them', () => {
    const view = viewOf(
      device([
        { id: 'onoff', type: 'boolean', setable: true },
        { id: 'mode', type: 'enum', setable: true, values: [{ id: 'auto', title: 'Auto' }] },
        { id: 'target_temperature.indoor', setable: true },
        { id: 'measure_temperature.indoor', value: 21 },
        { id: 'alarm_problem', type: 'boolean' },
        { id: 'button.read_now', type: 'boolean', setable: true, options: { maintenanceAction: true } },
      ]),
    );
    expect(view.controls.map(({ kind, capability }) => [kind, capability.id])).toEqual([
      ['toggle', 'onoff'],
      ['picker', 'mode'],
      ['slider', 'target_temperature.indoor'],
    ]);
    expect(view.controls[2]?.measured?.id).toBe('measure_temperature.indoor');
    expect(ids(view.sensors)).toEqual(['measure_temperature.indoor']);
    expect(ids(view.alarms)).toEqual(['alarm_problem']);
    expect(ids(view.maintenance)).toEqual(['button.read_now']);
  });

  it('takes the component that the Homey names, and hides what none shows', () => {
    const view = viewOf(
      device(
        [
          { id: 'target_temperature', setable: true },
          { id: 'internal_text', type: 'string' },
        ],
        { ui: { components: [{ id: 'thermostat', capabilities: ['target_temperature'] }] } },
      ),
    );
    expect(view.controls.map(({ kind }) => kind)).toEqual(['thermostat']);
    expect(view.sensors).toEqual([]);
  });

  it('offers a quick action only where it can be switched', () => {
    expect(quickActionOf(device([{ id: 'onoff', type: 'boolean', setable: false }]))).toBeNull();
    expect(quickActionOf(device([{ id: 'measure_temperature' }]))).toBeNull();
    expect(quickActionOf(device([{ id: 'onoff', type: 'boolean', setable: true }]))?.id).toBe('onoff');
  });

  it('reads the hot water first and names activities by their titles', () => {
    const pump = device([
      { id: 'measure_temperature.outdoor', value: 3 },
      { id: 'measure_temperature', value: 51 },
      { id: 'activity', type: 'enum', value: 'idle', values: [{ id: 'idle', title: 'At rest' }] },
      { id: 'alarm_problem', type: 'boolean', value: true },
      { id: 'alarm_connectivity', type: 'boolean', value: null },
    ]);
    expect(mainReadingOf(pump)?.id).toBe('measure_temperature');
    expect(stateWordsOf(pump)).toEqual(['At rest']);
    expect(ids(raisedAlarmsOf(pump))).toEqual(['alarm_problem']);
  });
});

describe('the age of values', () => {
  const MINUTE = 60_000;
  const heard = (minutesAgo: number, fields: Readonly<Record<string, unknown>> = {}) =>
    isOld(
      device([{ id: 'measure_temperature', value: 51, lastUpdated: 1 }], {
        lastSeenAt: 1000 * MINUTE,
        ...fields,
      }),
      (1000 + minutesAgo) * MINUTE,
    );

  it('matters where the pump is not heard, not where a value stays the same', () => {
    expect(heard(3)).toBe(false);
    expect(heard(60)).toBe(true);
    expect(heard(3, { available: false })).toBe(true);
    expect(heard(20, { warningMessage: 'The values are from 12:00.' })).toBe(true);
    expect(heard(3, { warningMessage: 'The mode could not be set.' })).toBe(false);
  });
});

describe('the sentence of the plan', () => {
  const pump = (plan_mode: string) =>
    device([{ id: 'hot_water_plan', type: 'string', value: 'Off until 22:00' }], { settings: { plan_mode } });

  it('is told once there is a plan', () => {
    expect(planSentenceOf(pump('fixed'))).toBe('Off until 22:00');
    expect(planSentenceOf(pump('none'))).toBeNull();
    expect(planSentenceOf(device([]))).toBeNull();
  });
});

describe('steps', () => {
  it('always answers an allowed value, without dust behind the comma', () => {
    const limits = fc
      .record({
        min: fc.integer({ min: -50, max: 50 }),
        count: fc.integer({ min: 1, max: 100 }),
        step: fc.constantFrom(0.1, 0.25, 0.5, 1, 2),
      })
      .map(({ min, count, step }) => ({ min, step, max: Number((min + count * step).toFixed(6)) }));
    fc.assert(
      fc.property(limits, fc.double({ min: -500, max: 500, noNaN: true }), (range, wish) => {
        const value = clampToStep(wish, range);
        expect(value).toBeGreaterThanOrEqual(range.min);
        expect(value).toBeLessThanOrEqual(range.max);
        const steps = (value - range.min) / range.step;
        expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-4);
        expect(String(value).length).toBeLessThan(9);
      }),
    );
  });

  it('has a step even where the capability names none', () => {
    const [capability] = Object.values(device([{ id: 'target_temperature', setable: true }]).capabilitiesObj);
    expect(capability && stepsOf(capability)).toEqual({ min: 0, max: 40, step: 1 });
  });
});
