import type { Link } from '../link.js';
import type { JsonObject } from '../json.js';
import type { DeviceState } from '../wire.js';
import type { Device } from './device.js';

export type CapabilityListener = (value: unknown, options: unknown) => unknown;

/** What the app's process knows of one device: a mirror of what the Homey holds, and the listeners. */
export interface DeviceBox {
  state: DeviceState;
  available: boolean;
  instance: Device | null;
  readonly ready: Promise<void>;
  readonly markReady: () => void;
  readonly listeners: Map<string, CapabilityListener>;
  /** A call to the Homey about this device. */
  readonly call: (event: string, data?: JsonObject | Readonly<Record<string, unknown>>) => Promise<unknown>;
}

export const createDeviceBox = (state: DeviceState, link: Link): DeviceBox => {
  let markReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (markReady = resolve));
  return {
    state,
    available: true,
    instance: null,
    ready,
    markReady,
    listeners: new Map(),
    call: (event, data = {}) => link.call(`device.${event}`, { ...data, deviceId: state.id }),
  };
};

export const withValue = (
  state: DeviceState,
  capability: string,
  value: JsonObject[string],
): DeviceState => ({
  ...state,
  values: { ...state.values, [capability]: value },
});
