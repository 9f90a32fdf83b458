import type { Json, JsonObject } from '../json.js';

/** Value names and field sets, as the service uses them again and again. */

const names = (
  prefix: string,
  entries: readonly (readonly [number, string, ('hidden' | 'fixed')?])[],
): Json =>
  entries.map(([value, suffix, mark]) => ({
    value,
    name: /^(?:REG|COMP)_/.test(suffix) ? suffix : prefix + suffix,
    visible: mark !== 'hidden',
    isReadonly: mark === 'fixed',
    confirmation: null,
  }));

const warned = (list: Json): Json =>
  (list as readonly JsonObject[]).map((entry) => ({
    ...entry,
    confirmation: 'UI_OPERATION_MODE_AUX_HEATER_ONLY_WARNING',
  }));

/** Value names, by what they mean. */
export const VALUES = {
  onOff: names('REG_VALUE_STATUS_', [
    [0, 'OFF'],
    [1, 'ON'],
  ]),
  link: names('REG_LINK_STATUS_', [
    [0, 'LIGHT'],
    [1, 'SYSTEM'],
  ]),
  modeClassic: warned(
    names('REG_VALUE_OPERATION_MODE_', [
      [0, 'OFF'],
      [1, 'AUTO'],
      [2, 'COMPRESSOR'],
      [3, 'AUXILIARY'],
      [4, 'HOT_WATER'],
    ]),
  ),
  modeItec: warned(
    names('REG_VALUE_OPERATION_MODE_', [
      [0, 'OFF'],
      [1, 'AUTO'],
      [2, 'COMPRESSOR'],
      [3, 'AUXILIARY'],
      [4, 'HOT_WATER', 'hidden'],
    ]),
  ),
  modeGenesis: names('REG_VALUE_OPERATION_MODE_', [
    [1, 'OFF', 'fixed'],
    [2, 'SERVICE', 'hidden'],
    [2, 'AUX_HEATER_ONLY'],
    [3, 'AUTO'],
  ]),
  statusGenesis: names('REG_VALUE_STATUS_', [
    [1, 'MANUAL'],
    [2, 'DEFROST', 'hidden'],
    [4, 'HOTWATER'],
    [8, 'HEAT'],
    [16, 'COOL'],
    [32, 'POOL'],
    [64, 'LEGIONELLA'],
    [128, 'PASSIVE_COOL'],
    [512, 'STANDBY'],
    [1024, 'NO_DEMAND'],
    [2048, 'REG_VALUE_OPERATION_MODE_OFF'],
  ]),
  statusClassic: names('COMP_VALUE_', [
    [1, 'COMPR'],
    [2, 'BRINEPUMP'],
    [4, 'RADIATORPUMP', 'hidden'],
    [8, 'COOLING', 'hidden'],
    [16, 'HOT_WATER'],
    [32, 'HEATING'],
  ]),
  statusAir: names('COMP_VALUE_', [
    [1, 'COMPR'],
    [2, 'RADIATORPUMP', 'hidden'],
    [4, 'COOLING', 'hidden'],
    [8, 'HOT_WATER'],
    [16, 'HEATING'],
    [32, 'DEFROST'],
    [64, 'POOL', 'hidden'],
  ]),
  statusItec: names('COMP_VALUE_', [
    [1, 'COMPR'],
    [2, 'RADIATORPUMP', 'hidden'],
    [8, 'HOT_WATER', 'hidden'],
    [16, 'HEATING'],
    [32, 'DEFROST'],
    [64, 'POOL', 'hidden'],
    [128, 'COOLING'],
  ]),
  steps: names('COMP_VALUE_STEP_', [
    [1, '3KW'],
    [2, '6KW'],
    [4, '9KW', 'hidden'],
    [8, '12KW', 'hidden'],
    [16, '15KW', 'hidden'],
  ]),
  priorities: names('REG_VALUE_STATUS_', [
    [0, 'STANDBY'],
    [1, 'HEAT'],
    [2, 'HOTWATER'],
    [3, 'COOL'],
    [4, 'POOL'],
    [5, 'DEFROST'],
  ]),
} as const satisfies Record<string, Json>;

export const merged = (list: readonly JsonObject[]): JsonObject =>
  list.reduce<JsonObject>((all, one) => ({ ...all, ...one }), {});

const shown: JsonObject = { canBeShownInGraph: true, canBeShownInHistory: true };

/** Field sets of the usual kinds of registers. Modifiers as observed: 8/12 temperatures, 16 hours, 4 integrals. */
export const KIND = {
  temperature: { ...shown, modifier: 8 },
  line: { ...shown, modifier: 12 },
  limited: { ...shown, modifier: 8, minValue: -50, maxValue: 150 },
  hours: { ...shown, modifier: 16 },
  longHours: { ...shown, modifier: 16, minValue: 0, maxValue: 2_147_483_647 },
  integral: { canBeShownInHistory: true, modifier: 4 },
  count: { canBeShownInHistory: true },
  slider: (min: number, max: number, modifier = 1): JsonObject => ({
    canBeShownInHistory: true,
    presentation: 'Slider',
    isReadOnly: false,
    modifier,
    minValue: min,
    maxValue: max,
  }),
  choice: (valueNames: Json, ...more: JsonObject[]): JsonObject =>
    merged([
      { canBeShownInHistory: true, presentation: 'Enumeration', isReadOnly: false, valueNames },
      ...more,
    ]),
  computedFlags: (valueNames: Json): JsonObject => ({
    presentation: 'StatusFlagsTextInd',
    isComputedRegister: true,
    unit: '0',
    valueNames,
  }),
  flags: (valueNames: Json): JsonObject => ({
    canBeShownInHistory: true,
    presentation: 'MultipleStatusFlags',
    valueNames,
  }),
  hiddenComputed: { presentation: 'Hidden', isComputedRegister: true, unit: '0' },
  readOnly: { isReadOnly: true },
  binary: { minValue: 0, maxValue: 1 },
} as const;
