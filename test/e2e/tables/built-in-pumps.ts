import { anyBit, bit, duty, mode, onOff, register, status, type Source } from '../../support/facts.js';

export type Offer = Readonly<Record<string, Source>>;

/** Every pump has these, whatever it reports. */
export const ALWAYS: Offer = {
  alarm_problem: ({ alarms }) => alarms > 0,
  problem_text: ({ alarms }) => (alarms > 0 ? undefined : '–'),
  alarm_connectivity: ({ online }) => !online,
};

const withSwitch =
  (value: boolean | string): Source =>
  ({ registers }) =>
    registers.some(({ name, writable }) => name === 'REG_HOT_WATER_STATUS' && writable) ? value : undefined;
/** What the hot water plan shows while there is none. */
export const PLANNED: Offer = { hot_water_plan: withSwitch('No plan'), hot_water_rescue: withSwitch(false) };

export const hours = (...parts: readonly (readonly [part: string, register: string])[]): Offer =>
  Object.fromEntries(
    parts.map(([part, name]) => [`meter_operating_hours.${part}`, register(`REG_OPER_TIME_${name}`)]),
  );

export interface BuiltIn {
  readonly offer: Offer;
  /** Only for those who asked for expert readings. */
  readonly expert: Offer;
  /** What the operation mode may be set to, in English; empty where it can only be read. */
  readonly modes: readonly string[];
}

const CLASSIC_MODES = ['Off', 'Automatic', 'Compressor only', 'Auxiliary heater', 'Hot water only'];

/** What each built-in pump's registers offer. */
export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  'Villa Björkbacken': {
    offer: {
      onoff: onOff('REG_HOT_WATER_STATUS'),
      ...PLANNED,
      measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
      'measure_temperature.outdoor': register('REG_OUTDOOR_TEMPERATURE'),
      'measure_temperature.supply': register('REG_SUPPLY_LINE'),
      'measure_temperature.desired_supply': register('REG_DESIRED_SYS_SUPPLY_LINE_TEMP'),
      'measure_temperature.return': register('REG_OPER_DATA_RETURN'),
      'measure_temperature.brine_in': register('REG_BRINE_IN'),
      'measure_temperature.brine_out': register('REG_BRINE_OUT'),
      'target_temperature.indoor': status('heatingEffect'),
      heat_pump_mode_status: mode(false),
      hot_water_boost: onOff('REG__HOT_WATER_BOOST'),
      heat_pump_activity: duty('REG_OPERATIONAL_STATUS_PRIORITY_BITMASK'),
      ...hours(
        ['compressor', 'COMPRESSOR'],
        ['hot_water', 'HOT_WATER'],
        ['aux_heater_1', 'IMM1'],
        ['aux_heater_2', 'IMM2'],
      ),
    },
    expert: {},
    modes: [],
  },
  Sommarstugan: {
    offer: {
      measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
      'measure_temperature.outdoor': register('REG_OUTDOOR_TEMPERATURE'),
      'measure_temperature.supply': register('REG_SUPPLY_LINE'),
      'measure_temperature.desired_supply': register('REG_DESIRED_SUPPLY_LINE'),
      'measure_temperature.return': register('REG_RETURN_LINE'),
      'measure_temperature.brine_in': register('REG_BRINE_IN'),
      'measure_temperature.brine_out': register('REG_BRINE_OUT'),
      'target_temperature.indoor': status('heatingEffect'),
      heat_pump_mode: mode(true),
      heat_pump_activity: duty('COMP_STATUS'),
      compressor_running: bit('COMP_STATUS', '_COMPR'),
      brine_pump_running: bit('COMP_STATUS', '_BRINEPUMP'),
      circulation_pump_running: bit('COMP_STATUS', '_RADIATORPUMP'),
      aux_heater_running: anyBit('COMP_POWER_STATUS'),
      ...hours(
        ['compressor', 'COMPRESSOR'],
        ['hot_water', 'HOT_WATER'],
        ['aux_heater_1', 'IMM1'],
        ['aux_heater_2', 'IMM2'],
      ),
    },
    expert: {
      measure_integral: register('REG_INTEGRAL_LSD'),
      'target_temperature.reduced': status('reducedHeatingEffect'),
    },
    modes: CLASSIC_MODES,
  },
  Radhuset: {
    offer: {
      measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
      'measure_temperature.outdoor': register('REG_OPER_DATA_OUTDOOR_TEMP_MA_SA'),
      'measure_temperature.supply': register('REG_OPER_DATA_SUPPLY_MA_SA'),
      'measure_temperature.desired_supply': register('REG_DESIRED_DISTR_CIR1'),
      'measure_temperature.return': register('REG_OPER_DATA_RETURN_MA_SA'),
      'measure_temperature.defrost': register('REG_SENSOR_CALIB_DEFROST_SENSOR'),
      'target_temperature.indoor': status('heatingEffect'),
      heat_pump_mode: mode(true),
      cooling_allowed: onOff('REG_ACTIVATE_COOLING'),
      heat_pump_activity: duty('COMP_STATUS_ATEC'),
      compressor_running: bit('COMP_STATUS_ATEC', '_COMPR'),
      circulation_pump_running: bit('COMP_STATUS_ATEC', '_RADIATORPUMP'),
      ...hours(
        ['compressor', 'COMPRESSOR'],
        ['heating', 'HEATING'],
        ['cooling', 'COOLING'],
        ['hot_water', 'HOT_WATER'],
        ['aux_heater_1', 'IMM1'],
        ['aux_heater_2', 'IMM2'],
        ['aux_heater_3', 'IMM3'],
      ),
    },
    expert: {
      'measure_temperature.desired_buffer_tank': register('REG_DESIRED_BUFFRER_TANK'),
      'target_temperature.reduced': status('reducedHeatingEffect'),
      measure_integral: register('REG_INTEGRAL_LSD'),
      meter_defrosts: register('REG_DEFROSTS_MA_SA'),
      measure_defrost_interval: register('REG_DEFROSTS_BETW2DEFR_MA_SA'),
      measure_last_defrost: register('REG_DEFROST_TIME_LAST_DEFROST_MA_SA'),
    },
    modes: CLASSIC_MODES,
  },
  Kontoret: {
    offer: {
      onoff: onOff('REG_HOT_WATER_STATUS'),
      ...PLANNED,
      measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
      'measure_temperature.outdoor': register('REG_OPER_DATA_OUTDOOR_TEMP_MA_SA'),
      'measure_temperature.supply': register('REG_OPER_DATA_SUPPLY_MA_SA'),
      'measure_temperature.desired_supply': register('REG_DESIRED_SUPPLY_LINE_TEMP'),
      'measure_temperature.return': register('REG_OPER_DATA_RETURN_MA_SA'),
      'measure_temperature.buffer_tank': register('OPER_DATA_TANK'),
      'target_temperature.indoor': status('heatingEffect'),
      heat_pump_mode: mode(true),
      heat_pump_activity: duty('COMP_STATUS_ITEC'),
      compressor_running: bit('COMP_STATUS_ITEC', '_COMPR'),
      circulation_pump_running: bit('COMP_STATUS_ITEC', '_RADIATORPUMP'),
      ...hours(
        ['compressor', 'COMPRESSOR'],
        ['heating', 'HEATING'],
        ['cooling', 'COOLING'],
        ['hot_water', 'HOT_WATER'],
        ['aux_heater_1', 'IMM1'],
        ['aux_heater_2', 'IMM2'],
      ),
    },
    expert: {
      'target_temperature.reduced': status('reducedHeatingEffect'),
      measure_pid: register('REG_PID'),
      measure_current: register('REG_CURRENT_LIMITER_EXP_PORT203_1'),
      meter_defrosts: register('REG_DEFROSTS_MA_SA'),
      measure_defrost_interval: register('REG_DEFROSTS_BETW2DEFR_MA_SA'),
      measure_last_defrost: register('REG_DEFROST_TIME_LAST_DEFROST_MA_SA'),
    },
    modes: CLASSIC_MODES,
  },
  Lillstugan: {
    offer: {
      measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
      'measure_temperature.outdoor': register('REG_OUTDOOR_TEMPERATURE'),
      'measure_temperature.supply': register('REG_SUPPLY_LINE'),
      'measure_temperature.desired_supply': register('REG_DESIRED_SUPPLY_LINE'),
      'measure_temperature.return': register('REG_RETURN_LINE'),
      'measure_temperature.brine_in': register('REG_BRINE_IN'),
      'measure_temperature.brine_out': register('REG_BRINE_OUT'),
      'target_temperature.indoor': status('heatingEffect'),
      heat_pump_mode: mode(true),
      hot_water_boost: onOff('REG__HOT_WATER_BOOST'),
      heat_pump_activity: duty('COMP_STATUS'),
      compressor_running: bit('COMP_STATUS', '_COMPR'),
      brine_pump_running: bit('COMP_STATUS', '_BRINEPUMP'),
      circulation_pump_running: bit('COMP_STATUS', '_RADIATORPUMP'),
      aux_heater_running: anyBit('COMP_POWER_STATUS'),
      ...hours(['compressor', 'COMPRESSOR'], ['hot_water', 'HOT_WATER'], ['aux_heater_1', 'IMM1']),
    },
    expert: { measure_integral: register('REG_INTEGRAL_LSD') },
    modes: CLASSIC_MODES,
  },
  // Its own name is not known to the service; the device is called after its profile. A cooling tank of 200 °C, two
  // temperatures without a sensor and everything of the group that nobody knows are not to be seen.
  'NCP 1077': {
    offer: {
      onoff: onOff('REG_HOT_WATER_STATUS'),
      ...PLANNED,
      measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
      'measure_temperature.outdoor': register('REG_OUTDOOR_TEMPERATURE'),
      'measure_temperature.indoor': register('REG_INDOOR_TEMPERATURE'),
      'measure_temperature.supply': register('REG_SUPPLY_LINE'),
      'measure_temperature.buffer_tank': register('REG_OPER_DATA_BUFFER_TANK'),
      'measure_temperature.pool': register('REG_ACTUAL_POOL_TEMP'),
      'measure_temperature.cooling_supply': register('REG_COOL_SENSOR_SUPPLY'),
      'target_temperature.indoor': status('heatingEffect'),
      heat_pump_mode: mode(true),
      hot_water_boost: onOff('REG__HOT_WATER_BOOST'),
      heat_pump_activity: duty('REG_OPERATIONAL_STATUS_PRIO1', 'one'),
      ...hours(['compressor', 'COMPRESSOR']),
    },
    expert: {},
    modes: ['Auxiliary heater only', 'Automatic'],
  },
};
