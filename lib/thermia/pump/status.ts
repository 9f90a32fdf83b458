import type { Register } from '../cloud/wire.js';
import { ACTIVITIES, type Activity, type ComponentId } from './model.js';
import { distinctValues, meaningOf } from './names.js';
import { firstValid, type Filled } from './registers.js';

/** A bit and its name, for families that were seen; used only where the service delivers no names. */
type Bits = readonly (readonly [bit: number, name: string])[];

interface Family {
  readonly register: string;
  readonly kind: 'enumeration' | 'bits';
  readonly fallback: Bits;
}

/**
 * What tells what the pump is doing, in the order of trust; the first that holds a value is used. The same bit means
 * different things in each.
 */
export const FAMILIES: readonly Family[] = [
  { register: 'REG_OPERATIONAL_STATUS_PRIO1', kind: 'enumeration', fallback: [] },
  {
    register: 'COMP_STATUS_ATEC',
    kind: 'bits',
    fallback: [
      [1, 'COMPR'],
      [2, 'RADIATORPUMP'],
      [4, 'COOLING'],
      [8, 'HOT_WATER'],
      [16, 'HEATING'],
      [32, 'DEFROST'],
      [64, 'POOL'],
    ],
  },
  {
    register: 'COMP_STATUS_ITEC',
    kind: 'bits',
    fallback: [
      [1, 'COMPR'],
      [2, 'RADIATORPUMP'],
      [8, 'HOT_WATER'],
      [16, 'HEATING'],
      [32, 'DEFROST'],
      [64, 'POOL'],
      [128, 'COOLING'],
    ],
  },
  {
    register: 'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK',
    kind: 'bits',
    fallback: [
      [1, 'MANUAL'],
      [2, 'DEFROST'],
      [4, 'HOTWATER'],
      [8, 'HEAT'],
      [16, 'COOL'],
      [32, 'POOL'],
      [64, 'LEGIONELLA'],
      [128, 'PASSIVE_COOL'],
      [512, 'STANDBY'],
      [1024, 'NO_DEMAND'],
      [2048, 'OFF'],
    ],
  },
  {
    register: 'COMP_STATUS',
    kind: 'bits',
    fallback: [
      [1, 'COMPR'],
      [2, 'BRINEPUMP'],
      [4, 'RADIATORPUMP'],
      [8, 'COOLING'],
      [16, 'HOT_WATER'],
      [32, 'HEATING'],
    ],
  },
];

/** Steps of the auxiliary heater; where this register is missing nothing is known of the heater. */
export const POWER_STEPS = {
  register: 'COMP_POWER_STATUS',
  fallback: [
    [1, 'COMP_VALUE_STEP_3KW'],
    [2, 'COMP_VALUE_STEP_6KW'],
    [4, 'COMP_VALUE_STEP_9KW'],
    [8, 'COMP_VALUE_STEP_12KW'],
    [16, 'COMP_VALUE_STEP_15KW'],
  ] satisfies Bits,
};

export interface Flags {
  /** Names of the bits that are set, in the order of delivery. */
  readonly set: readonly string[];
  /** Names of all bits that the register can report. */
  readonly reported: readonly string[];
  /** Bits that are set and have no name. */
  readonly nameless: number;
}

const isBits = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Every name whose bits are all set: `(value & bit) === bit`. Wider than the 32 bits of JavaScript's own `&`. */
export const decodeFlags = (register: Filled, fallback: Bits): Flags => {
  const delivered = distinctValues(register.valueNames)
    .filter(({ value }) => isBits(value) && value !== 0)
    .map(({ value, name }) => [value, name] as const);
  const bits = (delivered.length > 0 ? delivered : fallback).map(
    ([bit, name]) => [BigInt(bit), name] as const,
  );
  const value = BigInt(register.registerValue);
  const named = bits.reduce((all, [bit]) => all | bit, 0n);
  return {
    set: bits.filter(([bit]) => (value & bit) === bit).map(([, name]) => name),
    reported: bits.map(([, name]) => name),
    nameless: Number(value - (value & named)),
  };
};

/** In the order in which one names them; there is always one. */
export type Activities = readonly [Activity, ...Activity[]];

export interface Doing {
  readonly register: Register;
  readonly activities: Activities;
  /** Only what this family reports at all. */
  readonly components: ReadonlyMap<ComponentId, boolean>;
  /** What was reported and has no name here. */
  readonly unknown: ReadonlyMap<string, number>;
}

/**
 * Waiting counts only when nothing else is going on, being switched off is more
 * than waiting, and an unnamed bit matters only where no other bit tells anything.
 */
const activitiesFrom = (
  activities: ReadonlySet<Activity>,
  components: ReadonlyMap<ComponentId, boolean>,
  knowsNothing: boolean,
): Activities => {
  const [first, ...rest] = ACTIVITIES.filter((each) => each !== 'idle' && activities.has(each));
  if (first !== undefined) return [first, ...rest];
  if (activities.has('idle')) return ['idle'];
  // A compressor does not run for nothing: what for is not told.
  return knowsNothing || components.get('compressor') === true ? ['unknown'] : ['idle'];
};

const interpret = (
  register: Filled,
  set: readonly string[],
  reported: readonly string[],
  nameless: number,
): Doing => {
  const activities = new Set<Activity>();
  const components = new Map<ComponentId, boolean>();
  const unknown = new Map<string, number>();
  for (const name of reported) {
    const meaning = meaningOf(name);
    const isSet = set.includes(name);
    if ('component' in meaning) components.set(meaning.component, isSet);
    else if (isSet && 'activity' in meaning) activities.add(meaning.activity);
    else if (isSet && 'unnamed' in meaning) unknown.set(meaning.unnamed, register.registerValue);
  }
  const somethingOn = activities.size > 0 || [...components.values()].includes(true);
  const knowsNothing = !somethingOn && (nameless > 0 || unknown.size > 0);
  if (nameless > 0) unknown.set(register.registerName, nameless);
  return { register, activities: activitiesFrom(activities, components, knowsNothing), components, unknown };
};

const decodeFamily = (
  { register: name, kind, fallback }: Family,
  registers: ReadonlyMap<string, Register>,
): Doing | undefined => {
  const register = firstValid([name], registers, isBits);
  if (register === undefined) return undefined;
  if (kind === 'bits') {
    const { set, reported, nameless } = decodeFlags(register, fallback);
    return interpret(register, set, reported, nameless);
  }
  const value = register.registerValue;
  const named = distinctValues(register.valueNames).find((each) => each.value === value);
  if (named !== undefined) return interpret(register, [named.name], [named.name], 0);
  return {
    register,
    activities: ['unknown'],
    components: new Map(),
    unknown: new Map([[register.registerName, value]]),
  };
};

/**
 * What the pump does, from the first family that it has; undefined where it says nothing. Where that one knows nothing
 * of components, another may.
 */
export const decodeDoing = (registers: ReadonlyMap<string, Register>): Doing | undefined => {
  const all = FAMILIES.flatMap((family) => decodeFamily(family, registers) ?? []);
  const [first] = all;
  if (first === undefined) return undefined;
  return { ...first, components: all.find(({ components }) => components.size > 0)?.components ?? new Map() };
};

/** The steps of the auxiliary heater that are on, such as `3kw`. */
export const decodePower = (
  registers: ReadonlyMap<string, Register>,
): (Flags & { readonly register: Filled }) | undefined => {
  const register = firstValid([POWER_STEPS.register], registers, isBits);
  return register === undefined ? undefined : { register, ...decodeFlags(register, POWER_STEPS.fallback) };
};
