import { z } from 'zod';
import type { Capture } from './captures.js';
import type { Ready } from './sandbox.js';
import { ask } from './simulator.js';

const ValueName = z.looseObject({ value: z.number(), name: z.string() });
const Fields = z.looseObject({ isReadOnly: z.boolean(), valueNames: z.array(ValueName).nullish() });
const PumpView = z.looseObject({
  id: z.number(),
  name: z.string().nullable(),
  online: z.boolean(),
  status: z.record(z.string(), z.unknown()),
  activeAlarms: z.number(),
  registers: z.array(z.looseObject({ name: z.string(), value: z.number().nullable(), fields: Fields })),
});
const CapturedRegister = Fields.extend({ registerName: z.string(), registerValue: z.number().nullable() });

/** What a pump holds, from the simulator or from a file of captured answers; nothing of the product reads it. */
export interface Facts {
  readonly id: number;
  readonly name: string | null;
  readonly online: boolean;
  readonly alarms: number;
  readonly status: Readonly<Record<string, unknown>>;
  readonly registers: readonly Fact[];
}

export interface Fact {
  readonly name: string;
  readonly value: number | null;
  readonly writable: boolean;
  readonly valueNames: readonly { readonly value: number; readonly name: string }[];
}

/** All pumps of a running simulator as they are now, by id. */
export const factsOf = async (ready: Ready): Promise<ReadonlyMap<string, Facts>> =>
  new Map(
    z
      .array(PumpView)
      .parse(await ask(ready, '/pumps'))
      .map(({ id, name, online, status, activeAlarms, registers }) => [
        String(id),
        {
          id,
          name,
          online,
          alarms: activeAlarms,
          status,
          registers: registers.map((register) => ({
            name: register.name,
            value: register.value,
            writable: !register.fields.isReadOnly,
            valueNames: register.fields.valueNames ?? [],
          })),
        },
      ]),
  );

export const factsOfCapture = ({ installation, status, registers }: Capture): Facts => ({
  id: installation.id,
  name: installation.name,
  online: installation.isOnline,
  alarms: 0,
  status,
  registers: Object.values(registers)
    .flat()
    .map((register) => CapturedRegister.parse(register))
    .map(({ registerName, registerValue, isReadOnly, valueNames }) => ({
      name: registerName,
      value: registerValue,
      writable: !isReadOnly,
      valueNames: valueNames ?? [],
    })),
});

/** Where the value of a capability comes from; undefined where the pump does not have it. */
export type Source = (facts: Facts) => boolean | number | string | undefined;

const find = ({ registers }: Facts, name: string): (Fact & { readonly value: number }) | undefined => {
  const found = registers.find((register) => register.name === name);
  return found === undefined || found.value === null ? undefined : { ...found, value: found.value };
};

/** A number as it stands in the first of these registers; 200 °C is a sensor that is not there. */
export const register =
  (...names: readonly string[]): Source =>
  (facts) =>
    names.map((name) => find(facts, name)?.value).find((value) => value !== undefined && value !== 200);

export const onOff =
  (name: string): Source =>
  (facts) => {
    const value = find(facts, name)?.value;
    return value === undefined ? undefined : value === 1;
  };

/** One bit of a register, by the end of the bit's name. */
export const bit =
  (name: string, ending: string): Source =>
  (facts) => {
    const found = find(facts, name);
    const named = found?.valueNames.find((one) => one.name.endsWith(ending));
    return found === undefined || named === undefined ? undefined : (found.value & named.value) !== 0;
  };

export const anyBit =
  (name: string): Source =>
  (facts) => {
    const value = find(facts, name)?.value;
    return value === undefined ? undefined : value > 0;
  };

/** First the one that wins over those after it. */
const DUTIES: readonly (readonly [ending: RegExp, activity: string])[] = [
  [/_DEFROST$/, 'defrost'],
  [/_LEGIONELLA$/, 'legionella'],
  [/_HOT_?WATER$/, 'hot_water'],
  [/_POOL$/, 'pool'],
  [/_PASSIVE_COOL$/, 'passive_cooling'],
  [/_COOL(?:ING)?$/, 'cooling'],
  [/_HEAT(?:ING)?$/, 'heating'],
  [/_MANUAL$/, 'manual'],
  [/_MODE_OFF$/, 'off'],
];

/** What the pump does, by the names of what is set; `one`: the register holds one value and no bits. */
export const duty =
  (name: string, kind: 'one' | 'bits' = 'bits'): Source =>
  (facts) => {
    const found = find(facts, name);
    if (found === undefined) return undefined;
    const { value, valueNames } = found;
    const set = valueNames.filter((named) =>
      kind === 'one' ? named.value === value : (value & named.value) !== 0,
    );
    return DUTIES.find(([ending]) => set.some((named) => ending.test(named.name)))?.[1] ?? 'idle';
  };

/** The operation mode by its name, where it can be set or where it can only be read. */
export const mode =
  (writable: boolean): Source =>
  (facts) => {
    const found = find(facts, 'REG_OPERATIONMODE');
    if (found?.writable !== writable) return undefined;
    const named = found.valueNames.find((one) => one.value === found.value && !one.name.endsWith('_SERVICE'));
    return named?.name.replace('REG_VALUE_OPERATION_MODE_', '').toLowerCase();
  };

export const status =
  (key: string, when?: string): Source =>
  ({ status: answer }) => {
    const value = answer[key];
    return typeof value === 'number' && (when === undefined || answer[when] === true) ? value : undefined;
  };

export const firstOf =
  (...sources: readonly Source[]): Source =>
  (facts) =>
    sources.map((source) => source(facts)).find((value) => value !== undefined);

export const when =
  (key: string, source: Source): Source =>
  (facts) =>
    facts.status[key] === true ? source(facts) : undefined;
