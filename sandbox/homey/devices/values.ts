import { checkValue, type CapabilityDefinition } from '../capability.js';
import { badRequest } from '../errors.js';
import { within, type Host } from '../host.js';
import { jsonCopy, sameJson, type Json } from '../json.js';
import type { DeviceRecord } from '../store.js';
import type { AppHost } from '../app/host.js';
import type { DeviceRegistry } from './registry.js';

export interface ValueChange {
  readonly device: DeviceRecord;
  readonly definition: CapabilityDefinition;
  readonly value: Json;
  readonly previous: Json;
  readonly at: number;
}

export interface CapabilityValues {
  /** A person or a Flow sets it: the app's listener has the say. */
  readonly setByUser: (change: {
    readonly deviceId: string;
    readonly capabilityId: string;
    readonly value: unknown;
    readonly options?: unknown;
    readonly transactionId?: string | null;
  }) => Promise<void>;
  /** The app reports it. */
  readonly setByApp: (deviceId: string, capabilityId: string, value: unknown) => void;
  /** Hears of every value that was set, also of one that stayed the same. */
  readonly onValue: (listener: (change: ValueChange) => void) => void;
}

/** How long a Homey waits for a capability listener. */
const LISTENER_MS = 10_000;

export const createCapabilityValues = (
  host: Host,
  devices: DeviceRegistry,
  app: Pick<AppHost, 'call' | 'tell'>,
): CapabilityValues => {
  const { store, realtime, clock } = host;
  const listeners: ((change: ValueChange) => void)[] = [];

  const keep = (
    device: DeviceRecord,
    definition: CapabilityDefinition,
    value: Json,
    transactionId: string | null,
  ): void => {
    const before = devices.value(device.id, definition.id);
    // A client drops an event that carries the time of the one before.
    const at = Math.max(Math.floor(clock.now()), (before?.lastUpdated ?? 0) + 1);
    store.values.putSync([device.id, definition.id], { value, lastUpdated: at });
    const previous = before?.value ?? null;
    if (!sameJson(previous, value)) {
      realtime.emit(devices.uriOf(device.id), 'capability', {
        capabilityId: definition.id,
        value,
        transactionId,
        transactionTime: at,
      });
    }
    for (const listener of listeners) listener({ device, definition, value, previous, at });
  };

  return {
    setByUser: async ({ deviceId, capabilityId, value, options, transactionId }) => {
      const device = devices.get(deviceId);
      const definition = devices.define(device, capabilityId);
      if (!definition.setable) throw badRequest(`Capability is not setable: ${capabilityId}`);
      if (value === null || value === undefined) {
        throw badRequest(`Invalid capability (${capabilityId}) value type. Got: ${String(value)}`);
      }
      checkValue(host.app, definition, value);
      const copy = jsonCopy(value);
      await within(
        clock,
        LISTENER_MS,
        `Timeout after ${LISTENER_MS}ms`,
        app.call('device.set', { id: deviceId, capabilityId, value: copy, options: jsonCopy(options ?? {}) }),
      );
      if (!definition.getable) return;
      // The device may have gone while its listener ran.
      const now = devices.get(deviceId);
      app.tell('device.value', { id: deviceId, capabilityId, value: copy });
      keep(now, devices.define(now, capabilityId), copy, transactionId ?? null);
    },
    setByApp: (deviceId, capabilityId, value) => {
      const device = devices.get(deviceId);
      const definition = devices.define(device, capabilityId);
      if (value === undefined) throw badRequest(`Missing value for ${capabilityId}`);
      checkValue(host.app, definition, value);
      keep(device, definition, jsonCopy(value), null);
    },
    onValue: (listener) => void listeners.push(listener),
  };
};
