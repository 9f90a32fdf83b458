import { anyBit, bit, duty, firstOf, mode, onOff, register, status, when } from '../../support/facts.js';
import { hours, PLANNED, type Offer } from './built-in-pumps.js';

/** What a capability shows on a pump of any kind. */
export const ANY: Offer = {
  onoff: onOff('REG_HOT_WATER_STATUS'),
  ...PLANNED,
  measure_temperature: register('REG_HOT_WATER_TEMPERATURE'),
  'measure_temperature.outdoor': register('REG_OUTDOOR_TEMPERATURE', 'REG_OPER_DATA_OUTDOOR_TEMP_MA_SA'),
  'measure_temperature.indoor': when('hasIndoorTempSensor', register('REG_INDOOR_TEMPERATURE')),
  'measure_temperature.supply': register('REG_SUPPLY_LINE', 'REG_OPER_DATA_SUPPLY_MA_SA'),
  'measure_temperature.desired_supply': register(
    'REG_DESIRED_SUPPLY_LINE',
    'REG_DESIRED_SUPPLY_LINE_TEMP',
    'REG_DESIRED_SYS_SUPPLY_LINE_TEMP',
    'REG_DESIRED_DISTR_CIR1',
  ),
  'measure_temperature.return': register(
    'REG_RETURN_LINE',
    'REG_OPER_DATA_RETURN',
    'REG_OPER_DATA_RETURN_MA_SA',
  ),
  'measure_temperature.brine_in': register('REG_BRINE_IN'),
  'measure_temperature.brine_out': register('REG_BRINE_OUT'),
  'measure_temperature.buffer_tank': register('REG_OPER_DATA_BUFFER_TANK', 'OPER_DATA_TANK'),
  'measure_temperature.pool': register('REG_ACTUAL_POOL_TEMP'),
  'measure_temperature.cooling_supply': register('REG_COOL_SENSOR_SUPPLY'),
  'measure_temperature.defrost': register('REG_SENSOR_CALIB_DEFROST_SENSOR'),
  'target_temperature.indoor': status('heatingEffect'),
  heat_pump_mode: mode(true),
  heat_pump_mode_status: mode(false),
  hot_water_boost: onOff('REG__HOT_WATER_BOOST'),
  cooling_allowed: onOff('REG_ACTIVATE_COOLING'),
  heat_pump_activity: firstOf(
    duty('COMP_STATUS_ATEC'),
    duty('COMP_STATUS_ITEC'),
    duty('REG_OPERATIONAL_STATUS_PRIORITY_BITMASK'),
    duty('COMP_STATUS'),
  ),
  ...Object.fromEntries(
    (
      [
        ['compressor_running', '_COMPR'],
        ['brine_pump_running', '_BRINEPUMP'],
        ['circulation_pump_running', '_RADIATORPUMP'],
      ] as const
    ).map(([id, ending]) => [
      id,
      firstOf(...['COMP_STATUS_ATEC', 'COMP_STATUS_ITEC', 'COMP_STATUS'].map((name) => bit(name, ending))),
    ]),
  ),
  aux_heater_running: anyBit('COMP_POWER_STATUS'),
  ...hours(
    ['compressor', 'COMPRESSOR'],
    ['heating', 'HEATING'],
    ['cooling', 'COOLING'],
    ['hot_water', 'HOT_WATER'],
    ['aux_heater_1', 'IMM1'],
    ['aux_heater_2', 'IMM2'],
    ['aux_heater_3', 'IMM3'],
  ),
};
