import { signal } from '@preact/signals';
import type { PairRequest } from '../../client/port.js';
import type { Device } from '../../client/schemas.js';

/** The pair session a person has asked for, or null. */
export const pairing = signal<(PairRequest & { readonly title: string }) | null>(null);

export const openRepair = (device: Device): void => {
  pairing.value = {
    type: 'repair',
    driverId: device.driverId,
    deviceId: device.id,
    title: `Repair ${device.name}`,
  };
};

export const openPair = (driverId: string, title: string): void => {
  pairing.value = { type: 'pair', driverId, title };
};
