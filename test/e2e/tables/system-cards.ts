import { down, offline, refused, type ActionRow } from './failures.js';
import { fixed, set, type ConditionRow, type TriggerRow } from './rows.js';

const ON = { REG_HOT_WATER_STATUS: 1 };
const OFF = { REG_HOT_WATER_STATUS: 0 };

/** Cards that a Homey brings for the hot water switch; the app has none of its own for them. */
export const SYSTEM_ACTIONS: Readonly<Record<string, ActionRow>> = {
  on: { before: OFF, after: ON, fails: [refused, offline] },
  off: { before: ON, after: OFF, fails: [down, offline] },
  toggle: { before: OFF, after: ON, fails: [refused] },
};

export const SYSTEM_CONDITIONS: Readonly<Record<string, ConditionRow>> = {
  on: { args: fixed({}), yes: set(ON), no: set(OFF), fails: null },
};

/** In this order, beginning with hot water on. */
export const SYSTEM_TRIGGERS: Readonly<Record<string, TriggerRow>> = {
  onoff_false: { cause: set(OFF) },
  onoff_true: { cause: set(ON) },
};
