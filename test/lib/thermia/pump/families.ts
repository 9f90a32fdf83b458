import { OFF_ON, slider, wire, type WirePump, type WireValueName } from './wire-pumps.js';

/** Pumps of our own making, one for each family, in the shape of the service's answers. */

const group = (name: string): string => `REG_GROUP_${name}`;
const hidden = { visible: false };

const CLASSIC_MODES: readonly WireValueName[] = ['OFF', 'AUTO', 'COMPRESSOR', 'AUXILIARY', 'HOT_WATER'].map(
  (name, value) => [value, `REG_VALUE_OPERATION_MODE_${name}`, { confirmation: 'UI_WARNING' }],
);

const status = (rest: Record<string, unknown>): Record<string, unknown> => ({
  programVersion: '1.50',
  dcmVersion: '2.0.20',
  hasIndoorTempSensor: false,
  indoorTemperature: 20,
  isOutdoorTempSensorFunctioning: true,
  isHotWaterActive: true,
  heatingEffectRegisters: [null, 204010],
  reducedHeatingEffectRegisters: [null, null],
  ...rest,
});

const CLASSIC_BITS: readonly WireValueName[] = [
  [1, 'COMP_VALUE_COMPR'],
  [2, 'COMP_VALUE_BRINEPUMP'],
  [4, 'COMP_VALUE_RADIATORPUMP', hidden],
  [8, 'COMP_VALUE_COOLING', hidden],
  [16, 'COMP_VALUE_HOT_WATER'],
  [32, 'COMP_VALUE_HEATING'],
];

/** Heats, with one step of its auxiliary heater, and has a room sensor. */
export const classic: WirePump = {
  status: status({
    hasIndoorTempSensor: true,
    indoorTemperature: 21.4,
    outdoorTemperature: -7,
    hotWaterTemperature: 48,
    heatingEffect: 21,
    reducedHeatingEffect: 17,
    reducedHeatingEffectRegisters: [204167, null],
  }),
  registers: {
    [group('OPERATIONAL_OPERATION')]: [
      wire('REG_OPERATIONMODE', 1, { isReadOnly: false, names: CLASSIC_MODES }),
    ],
    [group('OPERATIONAL_STATUS')]: [
      wire('COMP_POWER_STATUS', 1, {
        isComputedRegister: true,
        names: [
          [1, 'COMP_VALUE_STEP_3KW'],
          [2, 'COMP_VALUE_STEP_6KW'],
        ],
      }),
      wire('COMP_STATUS', 39, { isComputedRegister: true, names: CLASSIC_BITS }),
      wire('REG_INTEGRAL_LSD', -140),
    ],
    [group('TEMPERATURES')]: [
      wire('REG_OUTDOOR_TEMPERATURE', -7),
      wire('REG_INDOOR_TEMPERATURE', 21.4, { step: 0.1 }),
      wire('REG_SUPPLY_LINE', 41),
      wire('REG_DESIRED_SUPPLY_LINE', 43),
      wire('REG_RETURN_LINE', 35),
      wire('REG_HOT_WATER_TEMPERATURE', 48),
      wire('REG_BRINE_OUT', -3),
      wire('REG_BRINE_IN', 0),
      wire('REG_DESIRED_INDOOR_TEMPERATURE', 21, {
        registerId: 204010,
        minValue: 12,
        maxValue: 28,
        step: 1,
      }),
    ],
    [group('OPERATIONAL_TIME')]: [wire('REG_OPER_TIME_COMPRESSOR', 12_001), wire('REG_OPER_TIME_IMM1', 0)],
    [group('HOT_WATER')]: [],
    [group('HEATING_CURVE')]: [
      slider('REG_HEATING_HEAT_CURVE', 38, 22, 56),
      slider('REG_CURVE_MINUS_5', -1, -5, 5),
      slider('REG_HEATING_STOP', 17, 0, 40),
      slider('REG_ROOM_FACTOR', 0, 0, 4),
    ],
    [group('POOL')]: [],
  },
};

/** Makes hot water and heats at once, with the sentinel in place of a room sensor. */
export const genesis: WirePump = {
  status: status({
    dcmVersion: null,
    indoorTemperature: 200,
    outdoorTemperature: 0,
    hotWaterTemperature: 44,
    heatingEffect: 20,
    reducedHeatingEffect: null,
  }),
  registers: {
    [group('OPERATIONAL_OPERATION')]: [],
    [group('OPERATIONAL_STATUS')]: [
      wire('REG_OPERATIONMODE', 2, {
        minValue: 1,
        maxValue: 5,
        names: [
          [1, 'REG_VALUE_OPERATION_MODE_OFF', { isReadonly: true }],
          [2, 'REG_VALUE_OPERATION_MODE_SERVICE', hidden],
          [2, 'REG_VALUE_OPERATION_MODE_AUX_HEATER_ONLY', { confirmation: 'UI_WARNING' }],
          [3, 'REG_VALUE_OPERATION_MODE_AUTO'],
        ],
      }),
      wire('REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 4 + 8 + 256 + 1024, {
        names: [
          [1, 'REG_VALUE_STATUS_MANUAL'],
          [2, 'REG_VALUE_STATUS_DEFROST', hidden],
          [4, 'REG_VALUE_STATUS_HOTWATER'],
          [8, 'REG_VALUE_STATUS_HEAT'],
          [128, 'REG_VALUE_STATUS_PASSIVE_COOL'],
          [1024, 'REG_VALUE_STATUS_NO_DEMAND'],
          [2048, 'REG_VALUE_OPERATION_MODE_OFF'],
        ],
      }),
    ],
    [group('TEMPERATURES')]: [
      wire('REG_OUTDOOR_TEMPERATURE', 0),
      wire('REG_SUPPLY_LINE', 33),
      wire('REG_OPER_DATA_RETURN', 28),
      wire('REG_HOT_WATER_TEMPERATURE', 44),
      wire('REG_DESIRED_SYS_SUPPLY_LINE_TEMP', 200),
    ],
    [group('OPERATIONAL_TIME')]: [wire('REG_OPER_TIME_HOT_WATER', 77)],
    [group('ROOM_SENSOR')]: [wire('REG_ROOM_SENSOR_ENABLE', 0, { minValue: 0, maxValue: 1, names: OFF_ON })],
    [group('HOT_WATER')]: [
      wire('REG__HOT_WATER_BOOST', 1, { isReadOnly: false, names: OFF_ON }),
      wire('REG_HOT_WATER_STATUS', 0, { isReadOnly: false, names: OFF_ON }),
    ],
  },
};

/** Defrosts; its buffer tank's register lacks the usual prefix. */
export const itec: WirePump = {
  status: status({
    outdoorTemperature: 2,
    hotWaterTemperature: 51,
    heatingEffect: 19,
    heatingEffectRegisters: [205001, 205002],
  }),
  registers: {
    [group('OPERATIONAL_OPERATION')]: [
      wire('REG_OPERATIONMODE', 4, {
        isReadOnly: false,
        names: CLASSIC_MODES.map(([value, name, rest]) =>
          value === 4 ? [value, name, { ...rest, ...hidden }] : [value, name, rest ?? {}],
        ),
      }),
    ],
    [group('OPERATIONAL_STATUS')]: [
      wire('REG_PID', 62),
      wire('REG_CURRENT_LIMITER_EXP_PORT203_1', 14),
      wire('COMP_STATUS_ITEC', 1 + 2 + 4 + 16 + 32, {
        names: [
          [1, 'COMP_VALUE_COMPR'],
          [2, 'COMP_VALUE_RADIATORPUMP', hidden],
          [8, 'COMP_VALUE_HOT_WATER', hidden],
          [16, 'COMP_VALUE_HEATING'],
          [32, 'COMP_VALUE_DEFROST'],
        ],
      }),
    ],
    [group('TEMPERATURES')]: [
      wire('REG_OPER_DATA_OUTDOOR_TEMP_MA_SA', 2),
      wire('REG_OPER_DATA_SUPPLY_MA_SA', 36),
      wire('REG_OPER_DATA_RETURN_MA_SA', 31),
      wire('REG_DESIRED_SUPPLY_LINE_TEMP', 37),
      wire('OPER_DATA_TANK', 34),
    ],
    [group('HOT_WATER')]: [wire('REG_HOT_WATER_STATUS', 1, { isReadOnly: false, names: OFF_ON })],
    [group('DEFROSTING')]: [
      wire('REG_DEFROSTS_MA_SA', 12),
      wire('REG_DEFROSTS_BETW2DEFR_MA_SA', 0.75, { step: 0.0167 }),
      wire('REG_DEFROST_TIME_LAST_DEFROST_MA_SA', 90),
    ],
    [group('TEMPERATURES_SLAVE')]: [wire('REG_BRINE_IN', 5)],
  },
};

/** The value that others read as cooling: hot water, brine pump, compressor. */
export const legend: WirePump = {
  status: status({ outdoorTemperature: 6, hotWaterTemperature: 39, heatingEffect: 22 }),
  registers: {
    [group('OPERATIONAL_STATUS')]: [wire('COMP_STATUS', 19, { names: CLASSIC_BITS })],
    [group('TEMPERATURES')]: [wire('REG_RETURN_LINE', 30), wire('REG_SUPPLY_LINE', 36)],
  },
};

/** A model that nobody has seen: names of its own, an enumeration of states, numbers to turn in odd groups. */
export const unseen: WirePump = {
  status: status({ heatingEffect: null, heatingEffectRegisters: [null, null], hotWaterTemperature: 200 }),
  registers: {
    [group('OPERATIONAL_STATUS')]: [
      wire('REG_OPERATIONAL_STATUS_PRIO1', 7, {
        names: [
          [6, 'REG_VALUE_STATUS_HEAT'],
          [7, 'REG_VALUE_STATUS_LEGIONELLA'],
        ],
      }),
      wire('REG_SOMETHING_NEW', 17),
    ],
    [group('TEMPERATURES')]: [wire('REG_ACTUAL_POOL_TEMP', 26.5), wire('REG_SUPPLY_LINE', null)],
    [group('SMART_GRID')]: [
      slider('REG_SMART_GRID_LEVEL', 3, 0, 10),
      wire('REG_SMART_GRID_ENABLE', 1, { isReadOnly: false, names: OFF_ON }),
      wire('REG_SMART_GRID_PLAN', 2, {
        isReadOnly: false,
        names: [
          [1, 'REG_VALUE_ECO'],
          [2, 'REG_VALUE_NORMAL', { confirmation: 'UI_SURE' }],
        ],
      }),
      wire('REG_UNLIMITED', 4, { isReadOnly: false }),
    ],
  },
};
