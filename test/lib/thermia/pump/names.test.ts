import { expect, it } from 'vitest';
import { distinctValues } from '../../../../lib/thermia/pump/names.js';

const named = (value: number, name: string, visible: boolean) => ({
  value,
  name,
  visible,
  isReadonly: false,
  confirmation: null,
});

const SERVICE = named(2, 'REG_VALUE_OPERATION_MODE_SERVICE', false);
const AUX = named(2, 'REG_VALUE_OPERATION_MODE_AUX_HEATER_ONLY', true);

it.each([
  ['before', [SERVICE, AUX]],
  ['after', [AUX, SERVICE]],
])('lesson 21: the service mode loses its value to another name, also when it comes %s it', (_, names) => {
  expect(distinctValues(names)).toEqual([AUX]);
});
