import { describe, expect, it } from 'vitest';
import { CAPABILITIES, MAINTENANCE } from '../../../lib/homey/capabilities.js';
import {
  DAYS_BEFORE_REMOVAL,
  initialCapabilities,
  optionsToSet,
  planCapabilities,
  valuesToSet,
  type Absence,
} from '../../../lib/homey/plan.js';
import type { PumpSnapshot } from '../../../lib/thermia/pump/model.js';
import { boost, hotWater, manifest, mode, snapshot, target } from './fakes.js';

const ground = snapshot(
  {
    hot_water: true,
    'temperature.hot_water': 52,
    'temperature.outdoor': 0,
    'component.compressor': false,
    activity: 'idle',
    activities: ['idle'],
    operation_mode: 'auto',
    alarms: 0,
    alarm_texts: [],
    integral: -80,
    aux_heater_steps: [],
  },
  [hotWater(true)],
);

const shown = (pump: PumpSnapshot): string[] =>
  initialCapabilities(pump).filter((id) => !MAINTENANCE.some((one) => one === id));

describe('the capabilities of a new device', () => {
  it('are what the pump reports and nothing else', () => {
    expect(shown(ground)).toEqual([
      'onoff',
      'measure_temperature',
      'measure_temperature.outdoor',
      'heat_pump_mode_status',
      'hot_water_plan',
      'hot_water_rescue',
      'heat_pump_activity',
      'compressor_running',
      'alarm_problem',
      'problem_text',
      'alarm_connectivity',
    ]);
  });

  it('are the buttons alone where nothing is known', () => {
    expect(initialCapabilities(null)).toEqual([...MAINTENANCE]);
    expect(shown(snapshot({}, [], { online: null }))).toEqual([]);
  });

  it.each([
    ['without a hot water register', snapshot({ 'temperature.hot_water': 50 }), 'onoff', false],
    ['without a hot water switch', snapshot({ hot_water: true }), 'hot_water_plan', false],
    ['with a hot water switch', snapshot({}, [hotWater(true)]), 'hot_water_plan', true],
    ['with boost', snapshot({ hot_water_boost: false }, [boost(false)]), 'hot_water_boost', true],
    [
      'with a mode to pick',
      snapshot({ operation_mode: 'auto' }, [mode('auto', 'off', 'auto')]),
      'heat_pump_mode',
      true,
    ],
    [
      'with a mode to pick',
      snapshot({ operation_mode: 'auto' }, [mode('auto', 'off', 'auto')]),
      'heat_pump_mode_status',
      false,
    ],
    ['with a mode to read', snapshot({ operation_mode: 'auto' }), 'heat_pump_mode', false],
    ['with a heater step on', snapshot({ aux_heater_steps: ['6kw'] }), 'aux_heater_step.6kw', true],
    ['with a heater step on', snapshot({ aux_heater_steps: ['6kw'] }), 'aux_heater_step.3kw', false],
    ['at zero degrees', snapshot({ 'temperature.outdoor': 0 }), 'measure_temperature.outdoor', true],
  ])('%s: %#', (_, pump, capability, expected) => {
    expect(shown(pump).includes(capability)).toBe(expected);
  });
});

describe('a device that lives on', () => {
  const plan = (
    pump: PumpSnapshot,
    present: readonly string[],
    rest: { expert?: boolean; absence?: Absence; today?: number; settled?: boolean } = {},
  ) =>
    planCapabilities({
      snapshot: pump,
      present,
      expert: false,
      absence: {},
      today: 100,
      settled: true,
      ...rest,
    });

  it('gets what its pump begins to report', () => {
    const with2 = snapshot({ hot_water: true, hot_water_boost: false }, [hotWater(true), boost(false)]);
    expect(plan(with2, ['onoff', 'alarm_connectivity', ...MAINTENANCE])).toEqual({
      add: ['hot_water_boost', 'hot_water_plan', 'hot_water_rescue'],
      remove: [],
      absence: {},
    });
  });

  it('loses what stays away, but only after days', () => {
    const present = ['hot_water_boost', 'alarm_connectivity', ...MAINTENANCE];
    const without = snapshot({});
    let absence: Absence = {};
    const removedOn: number[] = [];
    for (let today = 100; today < 110 && removedOn.length === 0; today += 1) {
      for (let read = 0; read < 400; read += 1) {
        const next = plan(without, present, { absence, today });
        absence = next.absence;
        if (next.remove.length > 0) removedOn.push(today);
      }
    }
    expect(removedOn[0]).toBe(100 + DAYS_BEFORE_REMOVAL);
  });

  it('forgets the days when it is back, and does not count before everything was read', () => {
    const present = ['hot_water_boost', 'alarm_connectivity', ...MAINTENANCE];
    const before = { hot_water_boost: { days: 2, last: 99 } };
    expect(plan(snapshot({ hot_water_boost: true }), present, { absence: before }).absence).toEqual({});
    expect(plan(snapshot({}), present, { absence: before, settled: false })).toEqual({
      add: [],
      remove: [],
      absence: before,
    });
  });

  it('shows expert readings at once, and hides them at once', () => {
    const present = ['alarm_connectivity', ...MAINTENANCE];
    const pump = snapshot({ integral: -80 });
    expect(plan(pump, present, { expert: true }).add).toEqual(['measure_integral']);
    expect(plan(pump, [...present, 'measure_integral']).remove).toEqual(['measure_integral']);
    expect(plan(snapshot({}), [...present, 'measure_integral']).remove).toEqual(['measure_integral']);
  });

  const readable = snapshot({ operation_mode: 'auto' });
  const writable = snapshot({ operation_mode: 'auto' }, [mode('auto', 'auto', 'off')]);
  it.each<[string, PumpSnapshot, string, string]>([
    [
      'the sensor to the picker when it becomes writable',
      writable,
      'heat_pump_mode_status',
      'heat_pump_mode',
    ],
    ['the picker to the sensor when it is no more', readable, 'heat_pump_mode', 'heat_pump_mode_status'],
  ])('moves the mode from %s, but only after days, and never has both', (_, pump, from, to) => {
    let absence: Absence = {};
    let device = [from, 'alarm_connectivity', ...MAINTENANCE];
    const movedOn: number[] = [];
    for (let today = 100; today < 110; today += 1) {
      const next = plan(pump, device, { absence, today });
      absence = next.absence;
      if (next.add.length > 0) movedOn.push(today);
      device = [...device.filter((id) => !next.remove.includes(id)), ...next.add];
      expect(device.filter((id) => id.startsWith('heat_pump_mode'))).toHaveLength(1);
    }
    expect(movedOn).toEqual([100 + DAYS_BEFORE_REMOVAL]);
    expect(device).toContain(to);
  });

  it('takes one odd answer for what it is', () => {
    const device = ['heat_pump_mode', 'alarm_connectivity', ...MAINTENANCE];
    const odd = plan(readable, device);
    expect([odd.add, odd.remove]).toEqual([[], []]);
    expect(plan(writable, device, { absence: odd.absence, today: 101 })).toEqual({
      add: [],
      remove: [],
      absence: {},
    });
    expect(plan(readable, device, { settled: false })).toEqual({ add: [], remove: [], absence: {} });
  });

  it('keeps a heater step that was once on, and capabilities that are not from a pump', () => {
    const present = ['aux_heater_step.6kw', 'alarm_connectivity', 'something_else', ...MAINTENANCE];
    expect(plan(snapshot({ aux_heater_steps: [] }), present)).toEqual({ add: [], remove: [], absence: {} });
  });
});

describe('options', () => {
  it('are the limits of this pump, and are set only when they differ', () => {
    const pump = snapshot({ heating_target: 20 }, [target(20, 15, 25, 1)]);
    const options = { min: 15, max: 25, step: 1 };
    const current = { title: { en: 'Heating target' }, min: 10, max: 30, step: 1 };
    expect(optionsToSet('target_temperature.indoor', pump, manifest, current)).toEqual(options);
    expect(optionsToSet('target_temperature.indoor', pump, manifest, { ...current, ...options })).toBeNull();
  });

  it('name the modes of this pump in every language there is, also modes nobody has named', () => {
    const pump = snapshot({ operation_mode: 'eco_plus' }, [mode('eco_plus', 'auto', 'eco_plus')]);
    const options = optionsToSet('heat_pump_mode', pump, manifest, {});
    const auto = manifest.capabilities['heat_pump_mode']?.values?.find(({ id }) => id === 'auto');
    expect(auto?.title).toMatchObject({ en: 'Automatic' });
    expect(options).toEqual({
      values: [
        { id: 'auto', title: auto?.title },
        { id: 'eco_plus', title: { en: 'Eco plus' } },
      ],
    });
  });

  it('of a mode that cannot be written for the moment stay as they are', () => {
    const pump = snapshot({ operation_mode: 'auto' });
    const current = { values: [{ id: 'auto', title: { en: 'Automatic' } }] };
    expect(optionsToSet('heat_pump_mode', pump, manifest, current)).toBeNull();
    expect(optionsToSet('heat_pump_mode_status', pump, manifest, current)).not.toBeNull();
  });

  it('are left alone where the pump says nothing', () => {
    expect(
      optionsToSet('target_temperature.indoor', snapshot({ heating_target: 20 }), manifest, {}),
    ).toBeNull();
    expect(optionsToSet('onoff', ground, manifest, {})).toBeNull();
  });
});

describe('values', () => {
  const set = (
    pump: PumpSnapshot,
    current: Readonly<Record<string, unknown>>,
    { pending = [], settled = true }: { pending?: string[]; settled?: boolean } = {},
  ) =>
    valuesToSet({
      snapshot: pump,
      present: Object.keys(current),
      current: (id) => current[id],
      pending: new Set(pending),
      settled,
    }).map(({ capability, value }) => [capability, value]);

  it('are set only when they changed; zero and false are values', () => {
    const pump = snapshot({ hot_water: false, 'temperature.outdoor': 0 });
    expect(set(pump, { onoff: true, 'measure_temperature.outdoor': null })).toEqual([
      ['onoff', false],
      ['measure_temperature.outdoor', 0],
    ]);
    expect(set(pump, { onoff: false, 'measure_temperature.outdoor': 0 })).toEqual([]);
  });

  it('become unknown, not zero, when the pump no longer reports them', () => {
    expect(set(snapshot({}), { measure_temperature: 50 })).toEqual([['measure_temperature', null]]);
    expect(set(snapshot({}), { measure_temperature: 50 }, { settled: false })).toEqual([]);
  });

  it('are left alone while a person is changing them', () => {
    const pump = snapshot({ hot_water: true });
    expect(set(pump, { onoff: false }, { pending: ['hot_water'] })).toEqual([]);
  });

  it.each([
    [
      { alarms: 0, alarm_texts: [] },
      [
        ['alarm_problem', false],
        ['problem_text', '–'],
      ],
    ],
    [
      { alarms: 2, alarm_texts: ['Sensor', 'Brine'] },
      [
        ['alarm_problem', true],
        ['problem_text', 'Sensor; Brine'],
      ],
    ],
    [{ alarms: 1 }, [['alarm_problem', true]]],
    [
      { alarm_texts: ['Sensor'] },
      [
        ['alarm_problem', true],
        ['problem_text', 'Sensor'],
      ],
    ],
  ])('alarms %j', (values, expected) => {
    expect(set(snapshot(values), { alarm_problem: null, problem_text: null })).toEqual(expected);
  });

  it.each([
    [true, [['alarm_connectivity', false]]],
    [false, [['alarm_connectivity', true]]],
    [null, []],
  ])('online %s', (online, expected) => {
    expect(set(snapshot({}, [], { online }), { alarm_connectivity: null })).toEqual(expected);
  });
});

it('the table names each capability once', () => {
  const ids = CAPABILITIES.map(({ capability }) => capability);
  expect(new Set(ids).size).toBe(ids.length);
});
