import { numberIn, textIn, type JsonObject } from './json.js';
import { valueNamesOf, type ValueName } from './pump-data.js';
import { computedStamp, localStamp } from './wall-time.js';

/** One register of a living pump: the fields as they came, and what has moved since. */
export interface LiveRegister {
  readonly group: string;
  readonly fields: JsonObject;
  readonly id: number | null;
  readonly name: string;
  readonly valueNames: readonly ValueName[];
  value: number | null;
  /** Null: never changed here, the time stamp stays as it came. */
  changedAt: number | null;
  /** Held at a value that was set by hand, whatever the plant does. */
  held: boolean;
}

export const liveRegister = (group: string, fields: JsonObject): LiveRegister => ({
  group,
  fields,
  id: numberIn(fields, 'registerId'),
  name: textIn(fields, 'registerName') ?? '',
  valueNames: valueNamesOf(fields),
  value: numberIn(fields, 'registerValue'),
  changedAt: null,
  held: false,
});

/** As the service answers it. `computedAt` is the moment of asking where computed registers are stamped with it. */
export const registerJson = (register: LiveRegister, zone: string, computedAt: number | null): JsonObject => {
  const { fields, value, changedAt } = register;
  if (computedAt !== null && fields['isComputedRegister'] === true) {
    return { ...fields, registerValue: value, timeStamp: computedStamp(computedAt, zone) };
  }
  if (changedAt === null) return fields;
  return { ...fields, registerValue: value, timeStamp: localStamp(changedAt, zone) };
};

export type WriteRefusal = 'unknown' | 'read_only' | 'not_a_value' | 'out_of_range';

/** Whether the service takes this value for this register; null when it does. */
export const refusalOf = (
  register: LiveRegister,
  value: number,
  heatingTarget: boolean,
): WriteRefusal | null => {
  const { fields, valueNames } = register;
  if (!heatingTarget && fields['isReadOnly'] === true) return 'read_only';
  const min = numberIn(fields, 'minValue');
  const max = numberIn(fields, 'maxValue');
  if ((min !== null && value < min) || (max !== null && value > max)) return 'out_of_range';
  const whole = heatingTarget || fields['presentation'] === 'Enumeration';
  if (whole && !Number.isInteger(value)) return 'not_a_value';
  if (fields['presentation'] === 'Enumeration' && valueNames.length > 0) {
    const chosen = valueNames.filter((one) => one.value === value);
    if (chosen.length === 0) return 'out_of_range';
    if (chosen.every((one) => one.isReadonly)) return 'not_a_value';
  }
  return null;
};
