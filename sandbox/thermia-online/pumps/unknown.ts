import { buildPump } from './build.js';
import { KIND, VALUES } from './kinds.js';

/** A pump that nobody has seen: unknown names, bits and groups beside some that are known; a room sensor, a pool. */
export const unknownPump = buildPump({
  id: 2100967,
  name: null,
  deviceId: 8800967,
  macAddress: '02:00:00:10:09:67',
  zone: 'FLE Standard Time',
  profile: { id: 1077, icon: 9, name: 'NCP 1077', thermiaName: '' },
  model: '',
  firmware: '21.0.0-rc1',
  gateway: null,
  groups: [
    'REG_GROUP_QUANTUM',
    'REG_GROUP_OPERATIONAL_OPERATION',
    'REG_GROUP_OPERATIONAL_STATUS',
    'REG_GROUP_TEMPERATURES',
    'REG_GROUP_OPERATIONAL_TIME',
    'REG_GROUP_POOL',
    'REG_GROUP_HOT_WATER',
    'REG_GROUP_ROOM_SENSOR',
    'REG_GROUP_BUFFER_TANK',
  ],
  registers: {
    REG_GROUP_QUANTUM: [
      [240_001, 9001, 'REG_QUANTUM_LEVEL', 7.25, { modifier: 33, step: 0.05, presentation: 'Gauge' }],
      [240_002, 9002, 'REG_QUANTUM_NAME', null, { stringRegisterValue: 'alpha', presentation: 'Text' }],
      [240_003, 9003, 'REG_QUANTUM_LIMIT', 40, KIND.slider(0, 100)],
    ],
    REG_GROUP_OPERATIONAL_OPERATION: [
      [240_010, 151, 'REG_OPERATIONMODE', 3, KIND.choice(VALUES.modeGenesis, { minValue: 1, maxValue: 5 })],
    ],
    REG_GROUP_OPERATIONAL_STATUS: [
      [240_020, 1988, 'REG_OPERATIONAL_STATUS_PRIO1', 0, KIND.choice(VALUES.priorities, KIND.readOnly)],
      [240_021, 1987, 'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 0, KIND.flags(VALUES.statusGenesis)],
    ],
    REG_GROUP_TEMPERATURES: [
      [240_030, 2000, 'REG_OUTDOOR_TEMPERATURE', 0, KIND.limited],
      [240_031, 2001, 'REG_INDOOR_TEMPERATURE', 21, KIND.temperature, { step: 0.1 }],
      [240_032, 5, 'REG_SUPPLY_LINE', 0, KIND.line],
      [240_033, 2003, 'REG_HOT_WATER_TEMPERATURE', 0, KIND.limited],
      [240_034, 2004, 'REG_SENSOR_NOT_FITTED', 200, KIND.limited],
      [240_035, 2005, 'REG_COOL_SENSOR_TANK', 200, KIND.limited],
      [240_036, 2006, 'REG_COOL_SENSOR_SUPPLY', 0, KIND.limited],
    ],
    REG_GROUP_OPERATIONAL_TIME: [
      [240_040, 2160, 'REG_OPER_TIME_COMPRESSOR', 0, KIND.longHours],
      [240_041, 2199, 'REG_OPER_TIME_FLUX', 12, KIND.longHours],
    ],
    REG_GROUP_POOL: [[240_050, 2300, 'REG_ACTUAL_POOL_TEMP', 0, KIND.temperature]],
    REG_GROUP_HOT_WATER: [
      // Boost first: who takes the first one switches the wrong thing.
      [240_060, 926, 'REG__HOT_WATER_BOOST', 0, KIND.choice(VALUES.onOff, KIND.binary)],
      [240_061, 1059, 'REG_HOT_WATER_STATUS', 1, KIND.choice(VALUES.onOff, KIND.binary)],
    ],
    REG_GROUP_ROOM_SENSOR: [
      [240_070, 122, 'REG_ROOM_SENSOR_ENABLE', 1, KIND.choice(VALUES.onOff, KIND.readOnly, KIND.binary)],
    ],
    REG_GROUP_BUFFER_TANK: [[240_080, 2400, 'REG_OPER_DATA_BUFFER_TANK', 0, KIND.temperature]],
  },
  heatingEffect: { value: 22, registerId: 240_090 },
  reducedEffect: null,
  roomFactor: 2,
  roomSensor: true,
  indoorSentinel: 21,
  plant: {
    source: 'ground',
    climate: { yearMean: 6, yearSwing: 10, daySwing: 4 },
    tank: { startAt: 45, stopAt: 52, boostTo: 60 },
    hours: { compressor: 77, heating: 60, hotWater: 17, cooling: 0, step1: 0, step2: 0, step3: 0 },
    defrosts: 0,
    cooling: false,
    pool: true,
    legionella: true,
    room: true,
    strayBits: 256,
  },
});
