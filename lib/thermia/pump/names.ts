import type { ValueName } from '../cloud/wire.js';
import type { Activity, ComponentId } from './model.js';

/** Longest first: a shorter one is the beginning of a longer one. */
const PREFIXES = [
  'REG_VALUE_OPERATION_MODE_',
  'REG_VALUE_STATUS_',
  'COMP_VALUE_STEP_',
  'COMP_VALUE_',
  'REG_VALUE_',
] as const;

/** What a value is called, without the service's prefix and in lower case; a name without a prefix passes. */
export const plainName = (wireName: string): string => {
  const prefix = PREFIXES.find((each) => wireName.startsWith(each) && wireName.length > each.length);
  return wireName.slice(prefix?.length ?? 0).toLowerCase();
};

/** What a name stands for, by plain name. A name that is not here is kept raw. */
const ACTIVITY_NAMES: ReadonlyMap<string, Activity> = new Map([
  ['heating', 'heating'],
  ['heat', 'heating'],
  ['hot_water', 'hot_water'],
  ['hotwater', 'hot_water'],
  ['cooling', 'cooling'],
  ['cool', 'cooling'],
  ['active_cool', 'cooling'],
  ['passive_cool', 'passive_cooling'],
  ['passive_cooling', 'passive_cooling'],
  ['defrost', 'defrost'],
  ['pool', 'pool'],
  ['legionella', 'legionella'],
  ['manual', 'manual'],
  ['standby', 'idle'],
  ['no_demand', 'idle'],
  ['idle', 'idle'],
  ['off', 'off'],
]);

const COMPONENT_NAMES: ReadonlyMap<string, ComponentId> = new Map([
  ['compr', 'compressor'],
  ['compressor', 'compressor'],
  ['brinepump', 'brine_pump'],
  ['brine_pump', 'brine_pump'],
  ['radiatorpump', 'circulation_pump'],
  ['circulation_pump', 'circulation_pump'],
]);

export type Meaning =
  | { readonly activity: Activity }
  | { readonly component: ComponentId }
  /** The service names it, this table does not. */
  | { readonly unnamed: string };

export const meaningOf = (wireName: string): Meaning => {
  const name = plainName(wireName);
  const activity = ACTIVITY_NAMES.get(name);
  if (activity !== undefined) return { activity };
  const component = COMPONENT_NAMES.get(name);
  return component === undefined ? { unnamed: wireName } : { component };
};

/** How good a name is for a value that has several: the service's own mode loses, then what its pages hide. */
const rank = ({ name, visible }: ValueName): number =>
  (plainName(name) === 'service' ? 2 : 0) + (visible === false ? 1 : 0);

/** One name for each value, in the order of delivery. `visible` only decides between names of the same value. */
export const distinctValues = (valueNames: readonly ValueName[] | null): readonly ValueName[] => {
  const best = new Map<number, ValueName>();
  for (const each of valueNames ?? []) {
    const held = best.get(each.value);
    if (held === undefined || rank(each) < rank(held)) best.set(each.value, each);
  }
  return [...best.values()];
};

/** Whether a register takes exactly off and on, as 0 and 1. Without names its limits may say so. */
export const isSwitch = (register: {
  readonly valueNames: readonly ValueName[] | null;
  readonly minValue: number | null;
  readonly maxValue: number | null;
}): boolean => {
  const values = new Set((register.valueNames ?? []).map(({ value }) => value));
  if (values.size === 0) return register.minValue === 0 && register.maxValue === 1;
  return values.size === 2 && values.has(0) && values.has(1);
};
