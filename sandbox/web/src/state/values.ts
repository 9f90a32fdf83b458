import { signal } from '@preact/signals';
import type { Capability, CapabilityValue } from '../client/schemas.js';
import { plainValue, sentence } from '../pure/format.js';
import { announce } from './outcomes.js';
import { devices, theHomey } from './world.js';

/** A value on its way to the device, or one that did not get there. */
export type Pending =
  | { readonly state: 'waiting'; readonly value: CapabilityValue }
  | { readonly state: 'failed'; readonly message: string };

const key = (deviceId: string, capabilityId: string): string => `${deviceId} ${capabilityId}`;

const pending = signal<ReadonlyMap<string, Pending>>(new Map());

const put = (id: string, entry: Pending | null): void => {
  const next = new Map(pending.value);
  if (entry === null) next.delete(id);
  else next.set(id, entry);
  pending.value = next;
};

export const pendingOf = (deviceId: string, capabilityId: string): Pending | null =>
  pending.value.get(key(deviceId, capabilityId)) ?? null;

/** What to show: the wanted value while it is on its way, else what the device says. */
export const shownValue = (deviceId: string, capability: Capability): CapabilityValue => {
  const entry = pendingOf(deviceId, capability.id);
  return entry?.state === 'waiting' ? entry.value : capability.value;
};

export const forgetFailure = (deviceId: string, capabilityId: string): void =>
  put(key(deviceId, capabilityId), null);

/** Takes a value that the Homey reports into the page's state. */
export const takeValue = (
  deviceId: string,
  capabilityId: string,
  value: CapabilityValue,
  at: number,
): void => {
  const device = devices.value.get(deviceId);
  const capability = device?.capabilitiesObj[capabilityId];
  if (device === undefined || capability === undefined) return;
  const capabilitiesObj = {
    ...device.capabilitiesObj,
    [capabilityId]: { ...capability, value, lastUpdated: at },
  };
  devices.value = new Map(devices.value).set(deviceId, { ...device, capabilitiesObj });
};

/** Asks the device for a value and says how that ended. */
export const setValue = async (
  deviceId: string,
  capability: Capability,
  value: CapabilityValue,
): Promise<boolean> => {
  const id = key(deviceId, capability.id);
  put(id, { state: 'waiting', value });
  try {
    await theHomey().setCapability(deviceId, capability.id, value);
    put(id, null);
    announce(
      capability.type === 'boolean' && !capability.getable
        ? `${capability.title}: done.`
        : `${capability.title}: ${plainValue({ ...capability, value })}.`,
    );
    return true;
  } catch (error) {
    const message = sentence(error);
    put(id, { state: 'failed', message });
    announce(`${capability.title}: ${message}`, 'bad');
    return false;
  }
};
