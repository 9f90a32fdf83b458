import type { Register } from '../client/simulator.js';

/** `REG_GROUP_HOT_WATER` as `Hot water`. */
export const readableName = (name: string): string => {
  const words = name
    .replace(/^REG_(GROUP_)?/, '')
    .toLowerCase()
    .split('_')
    .join(' ')
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
};

/** What a register's number means where it has a name; of flags, the ones that are set. */
export const meaningOf = ({ name, value, fields }: Register): string => {
  const names = fields.valueNames ?? [];
  if (value === null || names.length === 0) return '';
  const readable = (text: string): string => readableName(text.replace(/^(REG_|COMP_|VALUE_|STATUS_)+/, ''));
  if (/BITMASK|FLAGS/.test(`${name} ${fields.presentation ?? ''}`.toUpperCase())) {
    return names
      .filter((flag) => flag.value > 0 && (value & flag.value) === flag.value)
      .map((flag) => readable(flag.name))
      .join(', ');
  }
  const named = names.find((one) => one.value === value);
  return named === undefined ? '' : readable(named.name);
};

/** Registers by group, those that hold some of the words in their name. */
export const groupRegisters = (
  registers: readonly Register[],
  words: string,
): { readonly group: string; readonly registers: readonly Register[] }[] => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Register[]>();
  for (const register of registers) {
    const text = `${register.name} ${readableName(register.name)} ${register.group}`.toLowerCase();
    if (!wanted.every((word) => text.includes(word))) continue;
    groups.set(register.group, [...(groups.get(register.group) ?? []), register]);
  }
  return [...groups].map(([group, own]) => ({ group, registers: own }));
};
