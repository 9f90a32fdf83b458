import type { Pump } from './pump-device.js';
import type { Repairable } from './repair-session.js';

/** The device class as the driver and the cards see it. `pump` is null until it has started. */
export interface HeatPump extends Repairable {
  readonly pump: Pump | null;
}

export const isHeatPump = <T>(device: T): device is T & HeatPump =>
  typeof device === 'object' &&
  device !== null &&
  'pump' in device &&
  'pumpId' in device &&
  'accountKey' in device &&
  'moveTo' in device;

/** The pump of a Flow card's `device` argument. */
export const pumpOfArgs = (args: unknown): Pump => {
  const device: unknown =
    typeof args === 'object' && args !== null && 'device' in args ? args.device : undefined;
  if (!isHeatPump(device) || device.pump === null) throw new Error('The device has not started.');
  return device.pump;
};
