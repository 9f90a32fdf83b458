import type { Pump } from './pump-device.js';
import type { Repairable } from './repair-session.js';
import { Sentence, type Texts } from './texts.js';

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

/** The pump of a Flow card's `device` argument. Throws a sentence where there is none. */
export const pumpOfArgs = (args: unknown, texts: Pick<Texts, 'say'>): Pump => {
  const device: unknown =
    typeof args === 'object' && args !== null && 'device' in args ? args.device : undefined;
  if (!isHeatPump(device) || device.pump === null) throw new Sentence(texts.say('status.starting'));
  return device.pump;
};
