import { hasHotWaterSwitch, type Device } from '../devices.js';
import type { Step } from './journal.js';

/** Why a device cannot get the hot water plan, as a sentence; null where it can. */
export const whyNoPlan = (device: Device, open: Pick<Step, 'device'> | null): string | null => {
  const { name, settings } = device;
  if (settings['plan_mode'] === undefined)
    return `"${name}" has no hot water plan: update the Thermia app first.`;
  if (!hasHotWaterSwitch(device))
    return `"${name}" has no switch for hot water, so it can have no plan: name another with --device.`;
  const begun = open?.device ?? null;
  if (begun !== null && begun.id !== device.id)
    return `A migration to "${begun.name}" broke off: take that one back first, with --undo.`;
  return null;
};
