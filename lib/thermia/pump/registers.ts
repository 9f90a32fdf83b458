import type { InstallationStatus, Register } from '../cloud/wire.js';
import type { Topic } from '../source.js';

/** The register groups that make up a topic. What is not here belongs to `settings`. */
const TOPIC_GROUPS: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  doing: ['REG_GROUP_OPERATIONAL_STATUS'],
  temperatures: ['REG_GROUP_TEMPERATURES'],
  hot_water: ['REG_GROUP_HOT_WATER'],
  mode: ['REG_GROUP_OPERATIONAL_OPERATION'],
  hours: ['REG_GROUP_OPERATIONAL_TIME'],
};
const OTHERS: ReadonlySet<string> = new Set(Object.values(TOPIC_GROUPS).flat());

/** A second unit's registers: same names, another pump. */
const SECOND_UNIT: ReadonlySet<string> = new Set(['REG_GROUP_TEMPERATURES_SLAVE']);

/**
 * The groups that a topic is read from. `settings` answers none: it is every group of the profile that no other topic
 * names, which the caller knows.
 */
export const groupsOf = (topic: Topic): readonly string[] => TOPIC_GROUPS[topic] ?? [];

/** Whether a group of the profile belongs to `settings`. */
export const isSettingsGroup = (group: string): boolean => !OTHERS.has(group) && !SECOND_UNIT.has(group);

/** The last good registers of every group that was read, and the last good status. */
export interface KnownRegisters {
  readonly groups: ReadonlyMap<string, readonly Register[]>;
  readonly status: InstallationStatus | null;
}

/** Better first: a value, then what the service's own pages show. */
const rank = (register: Register): number =>
  (register.registerValue === null ? 2 : 0) + (register.isInvisible === true ? 1 : 0);

/** The registers of a topic by name. A name that occurs twice: one with a value first, then a visible one. */
export const registersOf = (
  topic: Topic,
  groups: ReadonlyMap<string, readonly Register[]>,
): ReadonlyMap<string, Register> => {
  const wanted = topic === 'settings' ? [...groups.keys()].filter(isSettingsGroup) : groupsOf(topic);
  const byName = new Map<string, Register>();
  for (const register of wanted.flatMap((group) => groups.get(group) ?? [])) {
    const held = byName.get(register.registerName);
    if (held === undefined || rank(register) < rank(held)) byName.set(register.registerName, register);
  }
  return byName;
};

/** A register of any group. */
export const registerNamed = (
  name: string,
  groups: ReadonlyMap<string, readonly Register[]>,
): Register | undefined =>
  [...groups.values()]
    .flat()
    .filter(({ registerName }) => registerName === name)
    .toSorted((one, other) => rank(one) - rank(other))[0];

export type Validity = (value: number) => boolean;

/** 200 °C is a missing sensor; the declared limits of families that declare any are -50 to 150. Zero is a temperature. */
export const isTemperature: Validity = (value) => Number.isFinite(value) && value > -50 && value < 150;
export const isCount: Validity = (value) => Number.isFinite(value) && value >= 0;
export const isNumber: Validity = (value) => Number.isFinite(value);

/** A register that holds a value. */
export type Filled = Register & { readonly registerValue: number };

/** The first of the names whose register is there and holds a value that can be one. */
export const firstValid = (
  names: readonly string[],
  registers: ReadonlyMap<string, Register>,
  valid: Validity,
): Filled | undefined =>
  names
    .map((name) => registers.get(name))
    .find(
      (register): register is Filled =>
        typeof register?.registerValue === 'number' && valid(register.registerValue),
    );

/** When the pump changed it. A computed register is stamped whenever it is asked for, which says nothing. */
export const changedAtOf = ({ changedAt, isComputedRegister }: Register): { changedAt?: number } =>
  changedAt === null || isComputedRegister === true ? {} : { changedAt };
