import { expect, test } from 'vitest';
import { findControl, OWNERS } from '../../cli/online/register-names.js';
import { CURVES, MODE, SWITCHES } from '../../lib/thermia/pump/table.js';

const bare = (name: string): string => name.replace(/^REG_+/, '');

test('every register that a control is written to leads to it', () => {
  const expected = [
    ...SWITCHES.map(({ id, name }) => [name, id]),
    [MODE.name, 'operation_mode'],
    ...CURVES.flatMap(({ id, names }) => names.map((name) => [name, `curve.${id}`])),
  ].map(([name = '', id]) => [bare(name), id]);
  expect(OWNERS).toMatchObject(Object.fromEntries(expected));
});

const controls = new Map(
  ['hot_water', 'heating_target', 'curve.level', 'register.REG_X_MODE'].map((id) => [id, id]),
);

test.each([
  ['hot_water', 'hot_water'],
  ['REG_HOT_WATER_STATUS', 'hot_water'],
  ['reg_hot_water_status', 'hot_water'],
  ['HOT_WATER_STATUS', 'hot_water'],
  ['Heating_Target', 'heating_target'],
  ['REG_HEATING_HEAT_CURVE', 'curve.level'],
  ['REG_X_MODE', 'register.REG_X_MODE'],
  ['register.REG_X_MODE', 'register.REG_X_MODE'],
])('%s is %s', (wanted, id) => {
  expect(findControl(controls, wanted)).toBe(id);
});

test('what is not there is said, with what is', () => {
  expect(() => findControl(controls, 'REG_OUTDOOR_TEMPERATURE')).toThrow(/nothing to set under .*hot_water/);
});
