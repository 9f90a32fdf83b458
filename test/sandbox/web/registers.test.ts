import { describe, expect, it } from 'vitest';
import type { Register } from '../../../sandbox/web/src/client/simulator.js';
import { groupRegisters, meaningOf, readableName } from '../../../sandbox/web/src/pure/registers.js';

const register = (name: string, value: number | null, fields: Register['fields'] = {}): Register => ({
  group: 'REG_GROUP_HOT_WATER',
  id: 1,
  name,
  value,
  held: false,
  fields,
});
const names = [
  { value: 1, name: 'REG_VALUE_OFF' },
  { value: 2, name: 'REG_VALUE_AUTO' },
];

describe('registers for people', () => {
  it('have readable names', () => {
    expect(['REG_GROUP_HOT_WATER', 'REG_SUPPLY_LINE', 'REG_'].map(readableName)).toEqual([
      'Hot water',
      'Supply line',
      'REG_',
    ]);
  });

  it('say what a number means, where it means something', () => {
    expect(meaningOf(register('REG_OPERATIONMODE', 2, { valueNames: names }))).toBe('Auto');
    expect(meaningOf(register('REG_OPERATIONMODE', 9, { valueNames: names }))).toBe('');
    expect(meaningOf(register('REG_X_BITMASK', 3, { valueNames: names }))).toBe('Off, Auto');
    expect(meaningOf(register('REG_SUPPLY_LINE', 35))).toBe('');
  });

  it('are found by their readable or their own name', () => {
    const all = [register('REG_HOT_WATER_STATUS', 1), register('REG_SUPPLY_LINE', 35)];
    const found = (words: string): string[] =>
      groupRegisters(all, words).flatMap(({ registers }) => registers.map(({ name }) => name));
    expect(found('supply LINE')).toEqual(['REG_SUPPLY_LINE']);
    expect(found('REG_HOT')).toEqual(['REG_HOT_WATER_STATUS']);
    expect(found('')).toHaveLength(2);
    expect(found('nothing')).toEqual([]);
  });
});
