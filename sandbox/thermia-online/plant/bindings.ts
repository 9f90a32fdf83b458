import type { PlantSpec, ValueName } from '../pump-data.js';
import { usualControls, type Mode, type PlantControls, type PlantState } from './physics.js';

/** Which register shows what of the plant, and which sets what. One row a name. */

interface Binding {
  readonly get: (plant: PlantState) => number;
  /** What turning the value on the pump itself does to the plant; without it the value is held as it was set. */
  readonly put?: (plant: PlantState, value: number) => PlantState;
}

const field = (
  name:
    | 'tank'
    | 'supply'
    | 'returnLine'
    | 'brineIn'
    | 'brineOut'
    | 'coil'
    | 'room'
    | 'buffer'
    | 'pool'
    | 'integral',
): Binding => ({ get: (plant) => plant[name], put: (plant, value) => ({ ...plant, [name]: value }) });

const hours = (name: keyof PlantSpec['hours']): Binding => ({
  get: (plant) => Math.floor(plant.hours[name] + 1e-6),
  put: (plant, value) => ({ ...plant, hours: { ...plant.hours, [name]: value } }),
});

const outdoor: Binding = { get: (plant) => plant.outdoor };
const desired: Binding = { get: (plant) => plant.desired };

export const READINGS: Readonly<Record<string, Binding>> = {
  REG_OUTDOOR_TEMPERATURE: outdoor,
  REG_OPER_DATA_OUTDOOR_TEMP_MA_SA: outdoor,
  REG_INDOOR_TEMPERATURE: field('room'),
  REG_HOT_WATER_TEMPERATURE: field('tank'),
  REG_SUPPLY_LINE: field('supply'),
  REG_OPER_DATA_SUPPLY_MA_SA: field('supply'),
  REG_RETURN_LINE: field('returnLine'),
  REG_OPER_DATA_RETURN: field('returnLine'),
  REG_OPER_DATA_RETURN_MA_SA: field('returnLine'),
  REG_DESIRED_SUPPLY_LINE: desired,
  REG_DESIRED_SUPPLY_LINE_TEMP: desired,
  REG_DESIRED_SYS_SUPPLY_LINE_TEMP: desired,
  REG_DESIRED_DISTR_CIR1: desired,
  REG_BRINE_IN: field('brineIn'),
  REG_BRINE_OUT: field('brineOut'),
  REG_SENSOR_CALIB_DEFROST_SENSOR: field('coil'),
  REG_OPER_DATA_BUFFER_TANK: field('buffer'),
  OPER_DATA_TANK: field('buffer'),
  REG_ACTUAL_POOL_TEMP: field('pool'),
  REG_COOL_SENSOR_SUPPLY: { get: (plant) => (plant.duty === 'cooling' ? plant.supply : 18) },
  REG_INTEGRAL_LSD: field('integral'),
  REG_PID: { get: (plant) => (plant.compressor ? Math.min(100, 40 + Math.abs(plant.integral) / 10) : 0) },
  REG_CURRENT_LIMITER_EXP_PORT203_1: { get: (plant) => (plant.compressor ? 9 : 1) + plant.steps * 4 },
  REG_OPER_TIME_COMPRESSOR: hours('compressor'),
  REG_OPER_TIME_HEATING: hours('heating'),
  REG_OPER_TIME_HOT_WATER: hours('hotWater'),
  REG_OPER_TIME_COOLING: hours('cooling'),
  REG_OPER_TIME_IMM1: hours('step1'),
  REG_OPER_TIME_IMM2: hours('step2'),
  REG_OPER_TIME_IMM3: hours('step3'),
  REG_DEFROSTS_MA_SA: {
    get: (plant) => plant.defrosts,
    put: (plant, value) => ({ ...plant, defrosts: value }),
  },
  REG_DEFROST_TIME_LAST_DEFROST_MA_SA: { get: (plant) => plant.sinceDefrost },
  REG__HOT_WATER_BOOST: {
    get: (plant) => (plant.boost ? 1 : 0),
    put: (plant, value) => ({ ...plant, boost: value === 1 }),
  },
};

const charging = ({ duty }: PlantState): boolean => duty === 'hot_water' || duty === 'legionella';
const cooling = ({ duty }: PlantState): boolean => duty === 'cooling';
const resting = ({ duty }: PlantState): boolean => duty === 'idle';
const stepsAtLeast =
  (count: number) =>
  ({ steps }: PlantState): boolean =>
    steps >= count;

/** When a bit is set, by the end of its name. */
const BITS: readonly (readonly [end: string, set: (plant: PlantState) => boolean])[] = [
  ['_COMPR', ({ compressor }) => compressor],
  ['_BRINEPUMP', ({ compressor }) => compressor],
  ['_RADIATORPUMP', ({ duty }) => duty === 'heating' || duty === 'idle' || duty === 'cooling'],
  ['_HOT_WATER', charging],
  ['_HOTWATER', charging],
  ['_LEGIONELLA', ({ duty }) => duty === 'legionella'],
  ['_HEATING', ({ duty }) => duty === 'heating'],
  ['_HEAT', ({ duty }) => duty === 'heating'],
  ['_DEFROST', ({ duty }) => duty === 'defrost'],
  ['_COOLING', cooling],
  ['_PASSIVE_COOL', () => false],
  ['_COOL', cooling],
  ['_POOL', ({ duty }) => duty === 'pool'],
  ['_STANDBY', () => false],
  ['_NO_DEMAND', resting],
  ['_MODE_OFF', ({ duty }) => duty === 'off'],
  ['_STEP_3KW', stepsAtLeast(1)],
  ['_STEP_6KW', stepsAtLeast(2)],
];

const setBy = (name: string, plant: PlantState): boolean =>
  BITS.find(([end]) => name.endsWith(end))?.[1](plant) ?? false;

const STATUS = /^(?:COMP_STATUS(?:_[A-Z]+)?|REG_OPERATIONAL_STATUS_PRIORITY_BITMASK)$/;

/** What a register shows of the plant; undefined for one that has nothing to do with it. */
export const readingOf = (
  register: { readonly name: string; readonly valueNames: readonly ValueName[] },
  plant: PlantState,
  spec: PlantSpec,
): number | undefined => {
  const { name, valueNames } = register;
  if (name === 'REG_INDOOR_TEMPERATURE') return spec.room ? Math.round(plant.room * 10) / 10 : undefined;
  const bound = READINGS[name];
  if (bound !== undefined) return Math.round(bound.get(plant)) + 0;
  const isStatus = STATUS.test(name);
  if (isStatus || name === 'COMP_POWER_STATUS') {
    const bits = valueNames.reduce((sum, bit) => (setBy(bit.name, plant) ? sum + bit.value : sum), 0);
    return isStatus ? bits + spec.strayBits : bits;
  }
  if (name === 'REG_OPERATIONAL_STATUS_PRIO1') {
    return (valueNames.find((one) => setBy(one.name, plant)) ?? valueNames[0])?.value ?? 0;
  }
  return undefined;
};

const MODES: readonly (readonly [end: string, mode: Mode])[] = [
  ['_OFF', 'off'],
  ['_AUTO', 'auto'],
  ['_COMPRESSOR', 'compressor'],
  ['_AUXILIARY', 'auxiliary'],
  ['_AUX_HEATER_ONLY', 'auxiliary'],
  ['_HOT_WATER', 'hot_water'],
];

const SETTINGS: Readonly<Record<string, keyof PlantControls>> = {
  REG_HEATING_HEAT_CURVE: 'curve',
  REG_HEATING_HEAT_CURVE_MIN: 'curveMin',
  REG_HEATING_HEAT_CURVE_MAX: 'curveMax',
  REG_HEATING_CURVE_PLUS5: 'plus5',
  REG_HEATING_CURVE_0: 'zero',
  REG_CURVE_MINUS_5: 'minus5',
  REG_HEATING_CURVE_MINUS5: 'minus5',
  REG_HEATING_STOP: 'heatStop',
  REG_HEATING_HEAT_STOP: 'heatStop',
  REG_SER_HEATING_INTEGRALA1: 'integralStart',
};

/** What the registers ask of the plant. */
export const controlsFrom = (
  registers: Iterable<{
    readonly name: string;
    readonly value: number | null;
    readonly valueNames: readonly ValueName[];
  }>,
  heatingEffect: number | null,
): PlantControls => {
  const controls: { -readonly [Key in keyof PlantControls]: PlantControls[Key] } = { ...usualControls };
  if (heatingEffect !== null) controls.heatingEffect = heatingEffect;
  for (const { name, value, valueNames } of registers) {
    if (value === null) continue;
    const setting = SETTINGS[name];
    if (setting !== undefined) Object.assign(controls, { [setting]: value });
    else if (name === 'REG_HOT_WATER_STATUS') controls.hotWater = value !== 0;
    else if (name === 'REG_ACTIVATE_COOLING') controls.cooling = value !== 0;
    else if (name === 'REG_OPERATIONMODE') {
      const chosen = valueNames.filter((one) => one.value === value).map((one) => one.name);
      controls.mode = MODES.find(([end]) => chosen.some((one) => one.endsWith(end)))?.[1] ?? controls.mode;
    }
  }
  return controls;
};
