import { isRecord } from '../json.js';
import type { DeviceRecord } from '../store.js';

export type DeviceFilter = Readonly<Record<string, readonly string[] | undefined>>;

/** Reads `driver_id=a|b&capabilities=x,y`. */
export const parseFilter = (filter: unknown): DeviceFilter => {
  const entries = isRecord(filter)
    ? Object.entries(filter)
    : [...new URLSearchParams(typeof filter === 'string' ? filter : '')];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, String(value).split(key === 'capabilities' ? ',' : '|')]),
  );
};

/** Any of the drivers, any of the classes, all of the capabilities. */
export const matchesFilter = (filter: DeviceFilter, device: DeviceRecord): boolean =>
  Object.entries(filter).every(([key, wanted = []]) => {
    switch (key) {
      case 'driver_id':
        return wanted.includes(device.driverId);
      case 'class':
        return wanted.includes(device.virtualClass ?? device.class);
      case 'capabilities':
        return wanted.every((id) => device.capabilities.includes(id));
      case 'flags':
        return false;
      default:
        throw new Error(`Not Implemented: device filter ${key}`);
    }
  });
