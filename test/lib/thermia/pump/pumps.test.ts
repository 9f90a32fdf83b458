import { describe, expect, it } from 'vitest';
import type { Control } from '../../../../lib/thermia/pump/index.js';
import type { Topic } from '../../../../lib/thermia/source.js';
import { classic, genesis, itec, legend, unseen } from './families.js';
import { untold } from './by-eye.js';
import { captures, decodeAll, parsePump, valuesOf, type WirePump } from './wire-pumps.js';

interface Expected {
  readonly readings: Record<string, unknown>;
  /** Control ids with their value. */
  readonly controls: Record<string, unknown>;
  readonly empty: readonly Topic[];
  readonly unknown?: Record<string, number>;
}

const OWN: Record<string, readonly [WirePump, Expected]> = {
  classic: [
    classic,
    {
      readings: {
        activity: 'heating',
        activities: ['heating'],
        'component.compressor': true,
        'component.brine_pump': true,
        'component.circulation_pump': true,
        'component.aux_heater': true,
        aux_heater_steps: ['3kw'],
        integral: -140,
        operation_mode: 'auto',
        'temperature.hot_water': 48,
        'temperature.outdoor': -7,
        'temperature.indoor': 21.4,
        'temperature.supply': 41,
        'temperature.desired_supply': 43,
        'temperature.return': 35,
        'temperature.brine_in': 0,
        'temperature.brine_out': -3,
        'hours.compressor': 12_001,
        'hours.aux_heater_1': 0,
        heating_target: 21,
        reduced_heating_target: 17,
      },
      controls: {
        operation_mode: 'auto',
        heating_target: 21,
        reduced_heating_target: 17,
        'curve.level': 38,
        'curve.minus_5': -1,
        'curve.heat_stop': 17,
        'curve.room_factor': 0,
      },
      empty: ['hot_water'],
    },
  ],
  genesis: [
    genesis,
    {
      readings: {
        activity: 'hot_water',
        activities: ['hot_water', 'heating'],
        operation_mode: 'aux_heater_only',
        hot_water: false,
        hot_water_boost: true,
        'temperature.hot_water': 44,
        'temperature.outdoor': 0,
        'temperature.supply': 33,
        'temperature.return': 28,
        'hours.hot_water': 77,
        heating_target: 20,
      },
      controls: { hot_water: false, hot_water_boost: true, heating_target: 20 },
      empty: ['mode'],
      unknown: { REG_OPERATIONAL_STATUS_PRIORITY_BITMASK: 256 },
    },
  ],
  itec: [
    itec,
    {
      readings: {
        activity: 'defrost',
        activities: ['defrost', 'heating'],
        'component.compressor': true,
        'component.circulation_pump': true,
        pid: 62,
        current: 14,
        operation_mode: 'hot_water',
        hot_water: true,
        'temperature.hot_water': 51,
        'temperature.outdoor': 2,
        'temperature.supply': 36,
        'temperature.desired_supply': 37,
        'temperature.return': 31,
        'temperature.buffer_tank': 34,
        defrosts: 12,
        defrost_interval: 0.75,
        last_defrost: 90,
        heating_target: 19,
      },
      controls: { operation_mode: 'hot_water', hot_water: true, heating_target: 19 },
      empty: ['hours'],
      unknown: { COMP_STATUS_ITEC: 4 },
    },
  ],
  legend: [
    legend,
    {
      readings: {
        activity: 'hot_water',
        activities: ['hot_water'],
        'component.compressor': true,
        'component.brine_pump': true,
        'component.circulation_pump': false,
        'temperature.hot_water': 39,
        'temperature.outdoor': 6,
        'temperature.supply': 36,
        'temperature.return': 30,
        heating_target: 22,
      },
      controls: { heating_target: 22 },
      empty: ['hot_water', 'mode', 'hours', 'settings'],
    },
  ],
  'a model nobody has seen': [
    unseen,
    {
      readings: {
        activity: 'legionella',
        activities: ['legionella'],
        'temperature.pool': 26.5,
      },
      controls: {
        'register.REG_SMART_GRID_LEVEL': 3,
        'register.REG_SMART_GRID_ENABLE': true,
        'register.REG_SMART_GRID_PLAN': 'normal',
      },
      empty: ['hot_water', 'mode', 'hours'],
      unknown: { REG_SOMETHING_NEW: 17, REG_UNLIMITED: 4 },
    },
  ],
};

/** Every value that a person would read off the three captures. */
const CAPTURED: Record<string, Expected> = {
  'diplomat-duo': {
    readings: {
      activity: 'idle',
      activities: ['idle'],
      'component.compressor': false,
      'component.brine_pump': false,
      'component.circulation_pump': true,
      'component.aux_heater': false,
      aux_heater_steps: [],
      integral: -80,
      operation_mode: 'compressor',
      'temperature.hot_water': 53,
      'temperature.outdoor': 9,
      'temperature.supply': 19,
      'temperature.desired_supply': 20,
      'temperature.return': 19,
      'temperature.brine_in': 17,
      'temperature.brine_out': 15,
      'hours.compressor': 6267,
      'hours.hot_water': 1176,
      'hours.aux_heater_1': 173,
      'hours.aux_heater_2': 126,
      heating_target: 13,
      reduced_heating_target: 10,
    },
    controls: {
      operation_mode: 'compressor',
      heating_target: 13,
      reduced_heating_target: 10,
      'curve.level': 30,
      'curve.min': 20,
      'curve.max': 40,
      'curve.plus_5': 0,
      'curve.zero': 0,
      'curve.minus_5': 0,
      'curve.heat_stop': 15,
      'curve.room_factor': 2,
      'register.REG_LINK_INTEGRATION': null,
    },
    empty: ['hot_water'],
  },
  'atec-offline': {
    readings: {
      activity: 'idle',
      activities: ['idle'],
      'component.compressor': false,
      'component.circulation_pump': true,
      integral: 8,
      operation_mode: 'auto',
      cooling: false,
      'temperature.hot_water': 53,
      'temperature.outdoor': 3,
      'temperature.supply': 28,
      'temperature.return': 29,
      'temperature.desired_supply': 37,
      'temperature.desired_buffer_tank': 0,
      'temperature.defrost': -1,
      'hours.compressor': 1260,
      'hours.heating': 910,
      'hours.cooling': 17,
      'hours.hot_water': 331,
      'hours.aux_heater_1': 568,
      'hours.aux_heater_2': 104,
      'hours.aux_heater_3': 0,
      defrosts: 280,
      defrost_interval: 118,
      last_defrost: 41,
      heating_target: 20,
      reduced_heating_target: 18,
    },
    controls: {
      operation_mode: 'auto',
      cooling: false,
      heating_target: 20,
      reduced_heating_target: 18,
      'curve.level': 29,
      'curve.min': 21,
      'curve.max': 45,
      'curve.plus_5': 1,
      'curve.zero': -1,
      'curve.minus_5': 0,
      'curve.heat_stop': 18,
      'curve.room_factor': 2,
      'register.REG_LINK_INTEGRATION': 'reg_link_status_system',
      'register.REG_SER_HEATING_INTEGRALA1': -59,
    },
    empty: ['hot_water'],
  },
  'calibra-12-ncp1024': {
    readings: {
      activity: 'heating',
      activities: ['heating'],
      operation_mode: 'auto',
      hot_water: true,
      hot_water_boost: false,
      'temperature.hot_water': 50,
      'temperature.outdoor': 5,
      'temperature.supply': 27,
      'temperature.desired_supply': 26,
      'temperature.return': 24,
      'temperature.brine_in': 6,
      'temperature.brine_out': 4,
      'hours.compressor': 6927,
      'hours.hot_water': 1464,
      'hours.aux_heater_1': 1,
      'hours.aux_heater_2': 9,
      heating_target: 19,
    },
    controls: { hot_water: true, hot_water_boost: false, heating_target: 19 },
    empty: ['mode'],
  },
};

const controlsOf = (controls: readonly Control[]): Record<string, unknown> =>
  Object.fromEntries(controls.map(({ id, value }) => [id, value]));

const check = (pump: WirePump, expected: Expected): void => {
  const decoded = decodeAll(parsePump(pump));
  const all = [...decoded];
  expect(valuesOf(decoded)).toEqual(expected.readings);
  expect(controlsOf(all.flatMap(([, { controls }]) => controls))).toEqual(expected.controls);
  expect(all.filter(([, { empty }]) => empty).map(([topic]) => topic)).toEqual(expected.empty);
  expect(Object.fromEntries(all.flatMap(([, { unknown }]) => [...unknown]))).toEqual(expected.unknown ?? {});
};

describe('everything that a pump says and can do', () => {
  for (const [name, [pump, expected]] of Object.entries(OWN)) {
    it(`of ours: ${name}`, () => check(pump, expected));
  }

  it.each(Object.entries(OWN))('of ours, seen by eye: %s', (_name, [pump]) => {
    const parsed = parsePump(pump);
    expect(untold(parsed, decodeAll(parsed))).toEqual([]);
  });

  it('is noticed where it is missing', () => {
    const parsed = parsePump(genesis);
    const decoded = decodeAll(parsed);
    decoded.delete('doing');
    decoded.delete('hours');
    expect(untold(parsed, decoded)).toEqual(
      expect.arrayContaining(['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 'REG_OPER_TIME_HOT_WATER']),
    );
  });
});

const found = captures();
describe.runIf(found !== null)('of real pumps', () => {
  it.each(Object.entries(CAPTURED))('captured: %s', (name, expected) => {
    const pump = found?.get(name);
    if (pump === undefined) throw new Error(`There is no ${name} among the captures.`);
    check(pump, expected);
  });

  it.each([...(found ?? [])])('captured, seen by eye: %s', (_name, pump) => {
    const parsed = parsePump(pump);
    expect(untold(parsed, decodeAll(parsed))).toEqual([]);
  });
});
