import type { InstallationStatus, Register, ValueName } from '../cloud/wire.js';
import type { Topic } from '../source.js';
import type { ChoiceControl, Control, ControlValue, NumberLimits, SwitchControl } from './model.js';
import { distinctValues, isSwitch, plainName } from './names.js';
import { isNumber, registerNamed, type KnownRegisters } from './registers.js';
import { CURVES, MODE, SWITCHES, TARGET_LIMITS, TARGETS, UNDERSTOOD } from './table.js';

/** A control and how a value of it is written. */
export interface Writable {
  readonly control: Control;
  readonly registerId: number;
  /** From a value that the control takes to the register's number. */
  readonly encode: (value: ControlValue) => number;
}

type Registers = ReadonlyMap<string, Register>;

/** Where a pump does not deliver limits: what the one family that does says. */
const TARGET_RANGE: NumberLimits = { min: 10, max: 30, step: 1 };

const limitsOf = ({ minValue, maxValue, step }: Register): NumberLimits | null =>
  minValue !== null && maxValue !== null && maxValue > minValue
    ? { min: minValue, max: maxValue, step: step !== null && step > 0 ? step : 1 }
    : null;

const isDeclaredWritable = (register: Register): boolean =>
  register.isReadOnly === false && register.isComputedRegister !== true;

const switchOf = (id: string, at: number, register: Register): Writable => {
  const control: SwitchControl = {
    id,
    kind: 'switch',
    at,
    freshness: 'current',
    value: register.registerValue === null ? null : register.registerValue === 1,
  };
  return { control, registerId: register.registerId, encode: (value) => (value === true ? 1 : 0) };
};

const numberOf = (
  id: string,
  at: number,
  value: number | null,
  registerId: number,
  limits: NumberLimits,
  unit: '°C' | null,
): Writable => ({
  control: { id, kind: 'number', at, freshness: 'current', value, limits, unit },
  registerId,
  encode: Number,
});

const isOffered = ({ name, isReadonly }: ValueName): boolean =>
  isReadonly !== true && plainName(name) !== 'service';

const choiceOf = (id: string, at: number, register: Register): Writable | null => {
  const values = distinctValues(register.valueNames);
  const options = new Map(
    values
      .filter(isOffered)
      .map(({ name, value, confirmation }) => [plainName(name), { value, confirmation }]),
  );
  if (options.size === 0) return null;
  const present = values.find(({ value }) => value === register.registerValue);
  const control: ChoiceControl = {
    id,
    kind: 'choice',
    at,
    freshness: 'current',
    value: present === undefined ? null : plainName(present.name),
    options: [...options].map(([value, { confirmation }]) => ({ value, warn: confirmation !== null })),
  };
  return {
    control,
    registerId: register.registerId,
    encode: (value) => Number(options.get(String(value))?.value),
  };
};

const switchesOf = (topic: Topic, at: number, registers: Registers): readonly Writable[] =>
  SWITCHES.flatMap(({ id, topic: home, name }) => {
    const register = home === topic ? registers.get(name) : undefined;
    return register !== undefined && register.isReadOnly !== true && isSwitch(register)
      ? [switchOf(id, at, register)]
      : [];
  });

const modeOf = (topic: Topic, at: number, registers: Registers): readonly Writable[] => {
  const register = topic === 'mode' || topic === 'doing' ? registers.get(MODE.name) : undefined;
  const writable =
    register !== undefined && isDeclaredWritable(register) ? choiceOf('operation_mode', at, register) : null;
  return writable === null ? [] : [writable];
};

const curvesOf = (topic: Topic, at: number, registers: Registers): readonly Writable[] =>
  topic !== 'settings'
    ? []
    : CURVES.flatMap(({ id, unit, names }) => {
        const register = names
          .map((name) => registers.get(name))
          .find((each) => each !== undefined && isDeclaredWritable(each) && limitsOf(each) !== null);
        const limits = register === undefined ? null : limitsOf(register);
        return register === undefined || limits === null
          ? []
          : [
              numberOf(
                `curve.${id}`,
                at,
                register.registerValue,
                register.registerId,
                limits,
                unit === '°C' ? unit : null,
              ),
            ];
      });

/** Written through ids that the status names. */
const targetsOf = (status: InstallationStatus, at: number, known: KnownRegisters): readonly Writable[] => {
  const delivered = registerNamed(TARGET_LIMITS, known.groups);
  return TARGETS.flatMap(({ id, value, registers }) => {
    const registerId = registers(status).find((each) => each !== null) ?? null;
    if (registerId === null) return [];
    const limits = (delivered === undefined ? null : limitsOf(delivered)) ?? TARGET_RANGE;
    return [numberOf(id, at, value(status), registerId, limits, '°C')];
  });
};

/** Whatever else can be written, for those who know what they do. */
const otherOf = (at: number, register: Register): Writable | null => {
  if (!isDeclaredWritable(register)) return null;
  const id = `register.${register.registerName}`;
  if (isSwitch(register) && registerNames(register).every((name) => name === 'off' || name === 'on')) {
    return switchOf(id, at, register);
  }
  if (register.valueNames !== null && register.valueNames.length > 0) return choiceOf(id, at, register);
  const limits = limitsOf(register);
  return limits === null ? null : numberOf(id, at, register.registerValue, register.registerId, limits, null);
};

const registerNames = ({ valueNames }: Register): readonly string[] =>
  distinctValues(valueNames).map(({ name }) => plainName(name));

/** Everything of a topic that can be written. */
export const writablesOf = (
  topic: Topic,
  at: number,
  registers: Registers,
  known: KnownRegisters,
): readonly Writable[] => {
  const named = [
    ...switchesOf(topic, at, registers),
    ...modeOf(topic, at, registers),
    ...curvesOf(topic, at, registers),
    ...(topic === 'status' && known.status !== null ? targetsOf(known.status, at, known) : []),
  ];
  const taken = new Set(named.map(({ registerId }) => registerId));
  const others = [...registers.values()].flatMap((register) => {
    if (taken.has(register.registerId) || register.registerName === TARGET_LIMITS) return [];
    const writable = otherOf(at, register);
    return writable === null ? [] : [writable];
  });
  return [...named, ...others];
};

/** Values of registers that no table understands and that are not controls either. */
export const leftovers = (
  registers: Registers,
  writables: readonly Writable[],
): readonly (readonly [string, number])[] => {
  const taken = new Set(writables.map(({ registerId }) => registerId));
  return [...registers.values()].flatMap(({ registerName, registerId, registerValue }) =>
    UNDERSTOOD.has(registerName) ||
    taken.has(registerId) ||
    registerValue === null ||
    !isNumber(registerValue)
      ? []
      : [[registerName, registerValue] as const],
  );
};
