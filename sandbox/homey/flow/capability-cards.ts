import { badRequest, notImplemented } from '../errors.js';
import type { DeviceRegistry } from '../devices/registry.js';
import type { CapabilityValues } from '../devices/values.js';
import type { CardSource } from './cards.js';

type CapabilitySource = Extract<CardSource, { by: 'capability' }>;

/** Actions that set one fixed value; `null` stands for the opposite of what it is now. */
const FIXED: Readonly<Record<string, Readonly<Record<string, boolean | null>>>> = {
  onoff: { on: true, off: false, toggle: null },
  power_boost: { enable: true, disable: false, toggle: null },
  button: { press: true },
  oscillating: { enable_oscillating: true, disable_oscillating: false, toggle_oscillating: null },
};

const onlyArgument = (args: Readonly<Record<string, unknown>>): unknown => {
  const [value, ...more] = Object.values(args);
  return more.length === 0 ? value : undefined;
};

/** Runs the cards that a system capability brings along. */
export const runCapabilityAction = async (
  devices: DeviceRegistry,
  values: CapabilityValues,
  { deviceId, capability, cardId }: CapabilitySource,
  args: Readonly<Record<string, unknown>>,
  duration: unknown,
): Promise<void> => {
  const fixed = FIXED[capability]?.[cardId];
  const current = devices.value(deviceId, capability)?.value;
  let value: unknown;
  if (fixed !== undefined) value = fixed ?? current !== true;
  else if (['set_', '_set'].some((mark) => cardId.replace(capability, '').includes(mark))) {
    value = onlyArgument(args);
  } else if (cardId === capability) value = onlyArgument(args);
  if (value === undefined) throw notImplemented(`flow action ${cardId} of ${capability}`);
  await values.setByUser({
    deviceId,
    capabilityId: capability,
    value,
    options: typeof duration === 'number' ? { duration } : {},
  });
};

export const runCapabilityCondition = (
  devices: DeviceRegistry,
  { deviceId, capability, cardId }: CapabilitySource,
  args: Readonly<Record<string, unknown>>,
): boolean => {
  const value = devices.value(deviceId, capability)?.value ?? null;
  if (cardId === `${capability}_is`) return value === onlyArgument(args);
  if (cardId === capability || (capability === 'onoff' && cardId === 'on')) return value === true;
  throw notImplemented(`flow condition ${cardId} of ${capability}`);
};

/** Whether a trigger of a system capability lets a Flow with these arguments run. */
export const matchesCapabilityTrigger = (
  args: Readonly<Record<string, unknown>>,
  value: unknown,
): boolean => {
  const names = Object.keys(args);
  if (names.length > 1) throw badRequest('Not Implemented: trigger with several arguments');
  return names.length === 0 || onlyArgument(args) === value;
};
