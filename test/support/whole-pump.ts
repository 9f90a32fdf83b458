import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPump, type PumpTable } from '../../sandbox/thermia-online/pumps/build.js';
import { KIND, VALUES } from '../../sandbox/thermia-online/pumps/kinds.js';
import { unknownPump } from '../../sandbox/thermia-online/pumps/unknown.js';

const DEFAULTS: Omit<PumpTable, 'id' | 'name' | 'groups' | 'registers'> = {
  deviceId: 8_800_001,
  macAddress: '02:00:00:00:00:01',
  zone: 'W. Europe Standard Time',
  profile: { id: 1001, icon: 1, name: 'Everything', thermiaName: 'Everything' },
  model: '',
  firmware: '1.0.0',
  gateway: '2.0.0',
  heatingEffect: { value: 20, registerId: 500 },
  reducedEffect: { value: 17, registerId: 501 },
  roomFactor: 2,
  roomSensor: true,
  indoorSentinel: 20,
  plant: unknownPump.plant!,
};

const TEMPERATURES = [
  'REG_HOT_WATER_TEMPERATURE',
  'REG_OUTDOOR_TEMPERATURE',
  'REG_INDOOR_TEMPERATURE',
  'REG_SUPPLY_LINE',
  'REG_DESIRED_SUPPLY_LINE',
  'REG_RETURN_LINE',
  'REG_BRINE_IN',
  'REG_BRINE_OUT',
  'REG_OPER_DATA_BUFFER_TANK',
  'REG_DESIRED_BUFFRER_TANK',
  'REG_ACTUAL_POOL_TEMP',
  'REG_COOL_SENSOR_TANK',
  'REG_COOL_SENSOR_SUPPLY',
  'REG_SENSOR_CALIB_DEFROST_SENSOR',
];
const HOURS = ['COMPRESSOR', 'HEATING', 'COOLING', 'HOT_WATER', 'IMM1', 'IMM2', 'IMM3'];

const WHOLE: PumpTable = {
  ...DEFAULTS,
  id: 2_200_001,
  name: 'Allt',
  groups: [
    'REG_GROUP_OPERATIONAL_OPERATION',
    'REG_GROUP_OPERATIONAL_STATUS',
    'REG_GROUP_TEMPERATURES',
    'REG_GROUP_OPERATIONAL_TIME',
    'REG_GROUP_HEATING_CURVE',
    'REG_GROUP_HOT_WATER',
    'REG_GROUP_COOLING',
    'REG_GROUP_DEFROSTING',
  ],
  registers: {
    REG_GROUP_OPERATIONAL_OPERATION: [
      [100, 100, 'REG_OPERATIONMODE', 1, KIND.choice(VALUES.modeClassic)],
      // A group that comes back empty is not believed at once; one that lacks a register is.
      [101, 101, 'COMP_HAS_LINK', 0, KIND.hiddenComputed],
    ],
    REG_GROUP_OPERATIONAL_STATUS: [
      // Heating, so that a component that starts is not the beginning of an activity.
      [110, 110, 'COMP_STATUS', 32, KIND.computedFlags(VALUES.statusClassic)],
      [111, 111, 'COMP_POWER_STATUS', 0, KIND.computedFlags(VALUES.steps)],
      [112, 112, 'REG_INTEGRAL_LSD', 0, KIND.integral],
      [113, 113, 'REG_PID', 10, KIND.integral],
      [114, 114, 'REG_CURRENT_LIMITER_EXP_PORT203_1', 5, KIND.count],
    ],
    REG_GROUP_TEMPERATURES: [
      ...TEMPERATURES.map((name, index) => [200 + index, 200 + index, name, 20, KIND.temperature] as const),
      // The wheel and its lowered value, under the ids that the status names.
      [500, 500, 'REG_DESIRED_INDOOR_TEMPERATURE', 20, { ...KIND.temperature, minValue: 10, maxValue: 30 }],
      [501, 501, 'REG_DESIRED_INDOOR_TEMPERATURE_REDUCED', 17, KIND.temperature],
    ],
    REG_GROUP_OPERATIONAL_TIME: HOURS.map(
      (name, index) => [300 + index, 300 + index, `REG_OPER_TIME_${name}`, 100, KIND.hours] as const,
    ),
    REG_GROUP_HEATING_CURVE: [
      [400, 400, 'REG_HEATING_HEAT_CURVE', 34, KIND.slider(22, 56)],
      [401, 401, 'REG_HEATING_STOP', 16, KIND.slider(0, 40, 0)],
    ],
    REG_GROUP_HOT_WATER: [
      [410, 410, 'REG_HOT_WATER_STATUS', 1, KIND.choice(VALUES.onOff, KIND.binary)],
      [411, 411, 'REG__HOT_WATER_BOOST', 0, KIND.choice(VALUES.onOff, KIND.binary)],
    ],
    REG_GROUP_COOLING: [[420, 420, 'REG_ACTIVATE_COOLING', 0, KIND.choice(VALUES.onOff)]],
    REG_GROUP_DEFROSTING: [
      [430, 430, 'REG_DEFROSTS_MA_SA', 50, KIND.count],
      [431, 431, 'REG_DEFROSTS_BETW2DEFR_MA_SA', 60, KIND.count],
      [432, 432, 'REG_DEFROST_TIME_LAST_DEFROST_MA_SA', 30, KIND.count],
    ],
  },
};

/** A pump with little: its mode can only be read, nothing tells of components, nothing but the wheel can be set. */
const PLAIN: PumpTable = {
  ...DEFAULTS,
  id: 2_200_002,
  name: 'Litet',
  groups: ['REG_GROUP_OPERATIONAL_STATUS', 'REG_GROUP_TEMPERATURES'],
  registers: {
    REG_GROUP_OPERATIONAL_STATUS: [
      [600, 600, 'REG_OPERATIONMODE', 3, KIND.choice(VALUES.modeGenesis, KIND.readOnly)],
      [601, 601, 'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 8, KIND.flags(VALUES.statusGenesis)],
    ],
    REG_GROUP_TEMPERATURES: [[610, 610, 'REG_OUTDOOR_TEMPERATURE', 20, KIND.limited]],
  },
  reducedEffect: null,
};

export const WHOLE_PUMP = WHOLE.id;
export const PLAIN_PUMP = PLAIN.id;

/** Writes two pumps that hold still until they are turned: one with everything that there is, and one with little. */
export const stillPumps = (folder: string): string[] =>
  [WHOLE, PLAIN].map((table) => {
    const { installation, detail, status, groups, registers } = buildPump(table);
    const file = join(folder, `${table.id}.json`);
    // The status repeats what the registers say; it must not say something else.
    const same = { ...status, outdoorTemperature: 20, hotWaterTemperature: 20, indoorTemperature: 20 };
    writeFileSync(file, JSON.stringify({ installation, detail, status: same, groups, registers }));
    return file;
  });
