import { buildPump } from './build.js';
import { KIND, VALUES } from './kinds.js';

/** A newer ground source pump that still reports the classic status bits; boost, but no switch for hot water. */
export const legendPump = buildPump({
  id: 2100856,
  name: 'Lillstugan',
  deviceId: 8800856,
  macAddress: '02:00:00:10:08:56',
  zone: 'W. Europe Standard Time',
  profile: { id: 1031, icon: 1, name: 'Legend', thermiaName: 'Legend' },
  model: 'Legend 8',
  firmware: '5.1.2',
  gateway: '2.1.0',
  groups: [
    'REG_GROUP_OPERATIONAL_OPERATION',
    'REG_GROUP_OPERATIONAL_STATUS',
    'REG_GROUP_TEMPERATURES',
    'REG_GROUP_OPERATIONAL_TIME',
    'REG_GROUP_HEATING_CURVE',
    'REG_GROUP_HOT_WATER',
    'REG_GROUP_SOFTWARE_VERSIONS',
  ],
  registers: {
    REG_GROUP_OPERATIONAL_OPERATION: [[194013, 51, 'REG_OPERATIONMODE', 1, KIND.choice(VALUES.modeClassic)]],
    REG_GROUP_OPERATIONAL_STATUS: [
      [9402, 9402, 'COMP_STATUS', 0, KIND.computedFlags(VALUES.statusClassic)],
      [9401, 9401, 'COMP_POWER_STATUS', 0, KIND.computedFlags(VALUES.steps)],
      [194017, 25, 'REG_INTEGRAL_LSD', 0, KIND.integral],
    ],
    REG_GROUP_TEMPERATURES: [
      [194000, 0, 'REG_OUTDOOR_TEMPERATURE', 0, KIND.temperature],
      [194002, 5, 'REG_SUPPLY_LINE', 0, KIND.line],
      [194003, 6, 'REG_RETURN_LINE', 0, KIND.line],
      [194009, 14, 'REG_DESIRED_SUPPLY_LINE', 0, KIND.temperature],
      [194004, 7, 'REG_HOT_WATER_TEMPERATURE', 0, KIND.line],
      [194006, 9, 'REG_BRINE_IN', 0, KIND.line],
      [194005, 8, 'REG_BRINE_OUT', 0, KIND.line],
    ],
    REG_GROUP_OPERATIONAL_TIME: [
      [194019, 37, 'REG_OPER_TIME_COMPRESSOR', 0, KIND.hours],
      [194020, 41, 'REG_OPER_TIME_HOT_WATER', 0, KIND.hours],
      [194023, 39, 'REG_OPER_TIME_IMM1', 0, KIND.hours],
    ],
    REG_GROUP_HEATING_CURVE: [
      [194025, 52, 'REG_HEATING_HEAT_CURVE', 32, KIND.slider(22, 56)],
      [194031, 58, 'REG_HEATING_STOP', 17, KIND.slider(0, 40, 0)],
    ],
    REG_GROUP_HOT_WATER: [[194073, 926, 'REG__HOT_WATER_BOOST', 0, KIND.choice(VALUES.onOff, KIND.binary)]],
  },
  heatingEffect: { value: 21, registerId: 194010 },
  reducedEffect: null,
  roomFactor: 2,
  roomSensor: false,
  indoorSentinel: 20,
  plant: {
    source: 'ground',
    climate: { yearMean: 8, yearSwing: 9, daySwing: 4 },
    tank: { startAt: 46, stopAt: 53, boostTo: 60 },
    hours: { compressor: 4021, heating: 3300, hotWater: 721, cooling: 0, step1: 55, step2: 0, step3: 0 },
    defrosts: 0,
    cooling: false,
    pool: false,
    legionella: false,
    room: false,
    strayBits: 0,
  },
});
