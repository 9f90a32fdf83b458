import type { InstallationStatus, Register } from '../cloud/wire.js';
import type { Topic } from '../source.js';
import type { CurveId, HoursId, ReadingId, ReadingValues, TemperatureId, Unit } from './model.js';
import {
  isCount,
  isNumber,
  isTemperature,
  registerNamed,
  type KnownRegisters,
  type Validity,
} from './registers.js';
import { FAMILIES, POWER_STEPS } from './status.js';

export type NumberId = {
  [K in ReadingId]: ReadingValues[K] extends number ? K : never;
}[ReadingId];
export type SwitchId = 'hot_water' | 'hot_water_boost' | 'cooling';

export interface NumberRow {
  readonly id: NumberId;
  /** The service names no units; these are deduced. */
  readonly unit: Unit | null;
  /** Where families differ. */
  readonly unitOf?: (register: Register) => Unit;
  readonly topics: readonly Topic[];
  /** The first that is there and valid wins. */
  readonly names: readonly string[];
  readonly valid: Validity;
  /** The same quantity in the status answer. */
  readonly inStatus?: (status: InstallationStatus) => number | null;
  /** What must hold for the value to mean anything. */
  readonly when?: (known: KnownRegisters) => boolean;
}

const temperature = (
  id: TemperatureId,
  names: readonly string[],
  topics: readonly Topic[] = ['temperatures'],
  rest: Pick<NumberRow, 'inStatus' | 'when'> = {},
): NumberRow => ({ id: `temperature.${id}`, unit: '°C', topics, names, valid: isTemperature, ...rest });

const hours = (id: HoursId, name: string): NumberRow => ({
  id: `hours.${id}`,
  unit: 'h',
  topics: ['hours'],
  names: [name],
  valid: isCount,
});

export const ROOM_SENSOR = 'REG_ROOM_SENSOR_ENABLE';
/** The comfort wheel as a register: tells its limits where a pump delivers it. */
export const TARGET_LIMITS = 'REG_DESIRED_INDOOR_TEMPERATURE';

/**
 * Without a room sensor the service answers 20 or 200, and both with the flag off. Families that answer 200, which is
 * refused anyway, also have a register that says whether a sensor is in use; its yes is as good as the flag's.
 */
const hasRoomSensor = ({ groups, status }: KnownRegisters): boolean =>
  status?.hasIndoorTempSensor === true || registerNamed(ROOM_SENSOR, groups)?.registerValue === 1;

const hasOutdoorSensor = ({ status }: KnownRegisters): boolean =>
  status?.isOutdoorTempSensorFunctioning !== false;

export const NUMBERS: readonly NumberRow[] = [
  temperature(
    'hot_water',
    ['REG_HOT_WATER_TEMPERATURE', 'REG_WEIGHTED_HOT_WATER_TEMP', 'REG_OPER_DATA_HOT_WATER'],
    ['temperatures', 'status', 'hot_water'],
    { inStatus: (status) => status.hotWaterTemperature },
  ),
  temperature(
    'outdoor',
    ['REG_OUTDOOR_TEMPERATURE', 'REG_OPER_DATA_OUTDOOR_TEMP_MA_SA'],
    ['temperatures', 'status'],
    { inStatus: (status) => status.outdoorTemperature, when: hasOutdoorSensor },
  ),
  temperature('indoor', ['REG_INDOOR_TEMPERATURE'], ['temperatures', 'status'], {
    inStatus: (status) => status.indoorTemperature,
    when: hasRoomSensor,
  }),
  temperature('supply', ['REG_SUPPLY_LINE', 'REG_OPER_DATA_SUPPLY_MA_SA']),
  temperature(
    'desired_supply',
    [
      'REG_DESIRED_SUPPLY_LINE',
      'REG_DESIRED_SUPPLY_LINE_TEMP',
      'REG_DESIRED_SYS_SUPPLY_LINE_TEMP',
      'REG_DESIRED_DISTR_CIR1',
      'REG_DESIRED_DISTR_CIR2',
    ],
    ['temperatures', 'settings'],
  ),
  temperature('return', ['REG_RETURN_LINE', 'REG_OPER_DATA_RETURN', 'REG_OPER_DATA_RETURN_MA_SA']),
  temperature('brine_in', ['REG_BRINE_IN']),
  temperature('brine_out', ['REG_BRINE_OUT']),
  temperature('buffer_tank', ['REG_OPER_DATA_BUFFER_TANK', 'OPER_DATA_TANK'], ['temperatures', 'settings']),
  temperature('desired_buffer_tank', ['REG_DESIRED_BUFFRER_TANK'], ['temperatures', 'settings']),
  temperature('pool', ['REG_ACTUAL_POOL_TEMP'], ['temperatures', 'settings']),
  temperature('cooling_tank', ['REG_COOL_SENSOR_TANK'], ['temperatures', 'settings']),
  temperature('cooling_supply', ['REG_COOL_SENSOR_SUPPLY'], ['temperatures', 'settings']),
  temperature('defrost', ['REG_SENSOR_CALIB_DEFROST_SENSOR']),
  hours('compressor', 'REG_OPER_TIME_COMPRESSOR'),
  hours('heating', 'REG_OPER_TIME_HEATING'),
  hours('cooling', 'REG_OPER_TIME_COOLING'),
  hours('hot_water', 'REG_OPER_TIME_HOT_WATER'),
  hours('aux_heater_1', 'REG_OPER_TIME_IMM1'),
  hours('aux_heater_2', 'REG_OPER_TIME_IMM2'),
  hours('aux_heater_3', 'REG_OPER_TIME_IMM3'),
  { id: 'integral', unit: '°C·min', topics: ['doing'], names: ['REG_INTEGRAL_LSD'], valid: isNumber },
  { id: 'pid', unit: '%', topics: ['doing'], names: ['REG_PID'], valid: isNumber },
  {
    id: 'current',
    unit: 'A',
    topics: ['doing'],
    names: ['REG_CURRENT_LIMITER_EXP_PORT203_1'],
    valid: isCount,
  },
  { id: 'defrosts', unit: null, topics: ['settings'], names: ['REG_DEFROSTS_MA_SA'], valid: isCount },
  {
    id: 'defrost_interval',
    unit: null,
    // Some families count whole minutes, others hours in steps of a sixtieth.
    unitOf: ({ step }) => (step !== null && step > 0 && step < 1 ? 'h' : 'min'),
    topics: ['settings'],
    names: ['REG_DEFROSTS_BETW2DEFR_MA_SA'],
    valid: isCount,
  },
  {
    id: 'last_defrost',
    unit: null,
    topics: ['settings'],
    names: ['REG_DEFROST_TIME_LAST_DEFROST_MA_SA'],
    valid: isCount,
  },
  {
    id: 'heating_target',
    unit: '°C',
    topics: ['status'],
    names: [],
    valid: isTemperature,
    inStatus: (status) => status.heatingEffect,
  },
  {
    id: 'reduced_heating_target',
    unit: '°C',
    topics: ['status'],
    names: [],
    valid: isTemperature,
    inStatus: (status) => status.reducedHeatingEffect,
  },
];

export interface SwitchRow {
  readonly id: SwitchId;
  readonly topic: Topic;
  readonly name: string;
}

/** Also controls, where the register can be written. */
export const SWITCHES: readonly SwitchRow[] = [
  { id: 'hot_water', topic: 'hot_water', name: 'REG_HOT_WATER_STATUS' },
  { id: 'hot_water_boost', topic: 'hot_water', name: 'REG__HOT_WATER_BOOST' },
  { id: 'cooling', topic: 'settings', name: 'REG_ACTIVATE_COOLING' },
];

/** In its own group where it can be set, among the status where it can only be read. */
export const MODE = { topics: ['mode', 'doing'], name: 'REG_OPERATIONMODE' } as const;

export interface CurveRow {
  readonly id: CurveId;
  readonly unit: Unit | null;
  readonly names: readonly string[];
}

/** Numbers of the heating curve: controls with the limits that the pump delivers. */
export const CURVES: readonly CurveRow[] = [
  { id: 'level', unit: '°C', names: ['REG_HEATING_HEAT_CURVE'] },
  { id: 'min', unit: '°C', names: ['REG_HEATING_HEAT_CURVE_MIN'] },
  { id: 'max', unit: '°C', names: ['REG_HEATING_HEAT_CURVE_MAX'] },
  { id: 'plus_5', unit: '°C', names: ['REG_HEATING_CURVE_PLUS5'] },
  { id: 'zero', unit: '°C', names: ['REG_HEATING_CURVE_0'] },
  { id: 'minus_5', unit: '°C', names: ['REG_HEATING_CURVE_MINUS5', 'REG_CURVE_MINUS_5'] },
  { id: 'heat_stop', unit: '°C', names: ['REG_HEATING_HEAT_STOP', 'REG_HEATING_STOP'] },
  { id: 'room_factor', unit: null, names: ['REG_HEATING_ROOM_FACTOR', 'REG_ROOM_FACTOR'] },
];

export interface TargetRow {
  readonly id: 'heating_target' | 'reduced_heating_target';
  readonly value: (status: InstallationStatus) => number | null;
  /** Register ids to write to; the first that is not null. Whether that register calls itself read-only is wrong. */
  readonly registers: (status: InstallationStatus) => readonly (number | null)[];
}

/** Controls that come with the status and not as a register of a group. */
export const TARGETS: readonly TargetRow[] = [
  {
    id: 'heating_target',
    value: (status) => status.heatingEffect,
    registers: (status) => status.heatingEffectRegisters,
  },
  {
    id: 'reduced_heating_target',
    value: (status) => status.reducedHeatingEffect,
    registers: (status) => status.reducedHeatingEffectRegisters,
  },
];

/**
 * Every name that a table understands; what else is delivered is kept raw. Numbers of the curve are not among them: as
 * controls they are told anyway, and where they can only be read nothing else tells them.
 */
export const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...NUMBERS.flatMap(({ names }) => names),
  ...SWITCHES.map(({ name }) => name),
  ...FAMILIES.map(({ register }) => register),
  POWER_STEPS.register,
  MODE.name,
  ROOM_SENSOR,
  TARGET_LIMITS,
  'COMP_HAS_LINK',
]);
