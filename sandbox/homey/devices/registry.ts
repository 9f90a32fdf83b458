import { randomUUID } from 'node:crypto';
import { defineCapability, isDeviceClass, originOf, type CapabilityDefinition } from '../capability.js';
import { badRequest, conflict, notFound } from '../errors.js';
import { isoNow, type Host } from '../host.js';
import { isJsonObject, isRecord, jsonCopy, sameJson, type Json, type JsonObject } from '../json.js';
import { valuesOf, type CapabilityValue, type DeviceRecord } from '../store.js';
import type { DeviceState } from '../wire.js';
import { presentDevice, type DeviceStatus } from './present.js';
import { checkSettings, defaultSettings } from './settings.js';

export interface DeviceRegistry {
  readonly all: () => readonly DeviceRecord[];
  /** Throws 404. */
  readonly get: (id: string) => DeviceRecord;
  readonly find: (driverId: string, data: unknown) => DeviceRecord | null;
  readonly uriOf: (id: string) => string;
  /** Throws for a capability that the device does not have. */
  readonly define: (device: DeviceRecord, capabilityId: string) => CapabilityDefinition;
  readonly value: (id: string, capabilityId: string) => CapabilityValue | null;
  readonly status: (id: string) => DeviceStatus;
  readonly present: (device: DeviceRecord) => Record<string, unknown>;
  readonly state: (device: DeviceRecord) => DeviceState;
  readonly create: (driverId: string, description: JsonObject, zone: string) => DeviceRecord;
  readonly update: (id: string, part: Partial<DeviceRecord>) => DeviceRecord;
  readonly setStatus: (id: string, part: Partial<DeviceStatus>) => void;
  readonly remove: (id: string) => void;
  /** Hears of every device that came, went or changed in anything but a capability's value. */
  readonly onChange: (listener: (id: string, kind: 'create' | 'update' | 'delete') => void) => void;
}

const INITIAL: DeviceStatus = {
  ready: false,
  available: true,
  unavailableMessage: null,
  warningMessage: null,
};

const optionsOf = (value: unknown): Record<string, JsonObject> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).flatMap(([id, options]) =>
      isJsonObject(options) ? [[id, options]] : [],
    ),
  );

const textOr = <T>(value: unknown, other: T): string | T => (typeof value === 'string' ? value : other);

export const createDeviceRegistry = (host: Host): DeviceRegistry => {
  const { store, realtime, app, language } = host;
  const statuses = new Map<string, DeviceStatus>();
  const listeners: ((id: string, kind: 'create' | 'update' | 'delete') => void)[] = [];

  const get = (id: string): DeviceRecord => {
    const device = store.devices.get(id);
    if (device === undefined) throw notFound('Device', id);
    return device;
  };
  const value = (id: string, capabilityId: string): CapabilityValue | null =>
    store.values.get([id, capabilityId]) ?? null;
  const status = (id: string): DeviceStatus => statuses.get(id) ?? INITIAL;
  const define = (device: DeviceRecord, capabilityId: string): CapabilityDefinition => {
    if (!device.capabilities.includes(capabilityId)) {
      throw badRequest(`Invalid Capability: ${capabilityId}`);
    }
    return defineCapability(app, language, capabilityId, device.capabilitiesOptions[capabilityId] ?? {});
  };
  const present = (device: DeviceRecord): Record<string, unknown> =>
    presentDevice(host, device, status(device.id), (id) => ({
      definition: define(device, id),
      value: value(device.id, id),
    }));

  const announce = (id: string, kind: 'create' | 'update' | 'delete'): void => {
    const data = kind === 'delete' ? { id } : present(get(id));
    realtime.emit('homey:manager:devices', `device.${kind}`, data);
    if (kind !== 'create') realtime.emit(`homey:device:${id}`, kind, data);
    for (const listener of listeners) listener(id, kind);
  };
  const update = (id: string, part: Partial<DeviceRecord>): DeviceRecord => {
    const device = { ...get(id), ...part };
    store.devices.putSync(id, device);
    announce(id, 'update');
    return device;
  };

  const create = (driverId: string, description: JsonObject, zone: string): DeviceRecord => {
    const driver = app.driver(driverId);
    if (driver === null) throw notFound('Driver', `${app.uri}:${driverId}`);
    const { name, data } = description;
    if (typeof name !== 'string' || name === '') throw badRequest('Invalid Device: missing name');
    if (!isJsonObject(data) || Object.keys(data).length === 0) {
      throw badRequest('Invalid Device: missing data');
    }
    if (valuesOf(store.devices).some((known) => known.driverId === driverId && sameJson(known.data, data))) {
      throw conflict('Device already exists');
    }
    const given = description['capabilities'];
    const capabilities = (Array.isArray(given) ? given : driver.capabilities).map(String);
    for (const id of capabilities) {
      if (originOf(app, id) === null) throw badRequest(`Invalid Capability: ${id}`);
    }
    if (new Set(capabilities).size !== capabilities.length) throw badRequest('Duplicate Capability');
    const deviceClass = textOr(description['class'], driver.class);
    if (!isDeviceClass(deviceClass)) throw badRequest(`Invalid Class: ${deviceClass}`);
    const options = {
      ...optionsOf(driver.capabilitiesOptions),
      ...optionsOf(description['capabilitiesOptions']),
    };
    const { settings, store: deviceStore, energy } = description;
    const device: DeviceRecord = {
      id: randomUUID(),
      driverId,
      name,
      note: null,
      zone,
      data,
      icon: textOr(description['icon'], null),
      class: deviceClass,
      virtualClass: null,
      capabilities,
      capabilitiesOptions: options,
      settings: { ...defaultSettings(driver), ...checkSettings(driver, settings ?? {}, 'app') },
      store: isJsonObject(deviceStore) ? deviceStore : {},
      energy: isJsonObject(energy) ? energy : (driver.energy ?? null),
      lastSeenAt: null,
      createdAt: isoNow(host),
    };
    // Throws where an option does not fit its capability.
    for (const id of capabilities) define(device, id);
    store.devices.putSync(device.id, device);
    announce(device.id, 'create');
    return device;
  };

  return {
    all: () => valuesOf(store.devices),
    get,
    find: (driverId, data) =>
      valuesOf(store.devices).find((device) => device.driverId === driverId && sameJson(device.data, data)) ??
      null,
    uriOf: (id) => `homey:device:${id}`,
    define,
    value,
    status,
    present,
    state: (device) => ({
      id: device.id,
      driverId: device.driverId,
      name: device.name,
      data: device.data,
      class: device.class,
      capabilities: device.capabilities,
      capabilitiesOptions: device.capabilitiesOptions,
      settings: device.settings,
      store: device.store,
      energy: device.energy,
      values: Object.fromEntries(
        device.capabilities.map((id): [string, Json] => [id, jsonCopy(value(device.id, id)?.value)]),
      ),
    }),
    create,
    update,
    setStatus: (id, part) => {
      if (store.devices.get(id) === undefined) return;
      const before = status(id);
      const after = { ...before, ...part };
      statuses.set(id, after);
      if (!sameJson(before, after)) announce(id, 'update');
    },
    remove: (id) => {
      const device = get(id);
      for (const capability of device.capabilities) store.values.removeSync([id, capability]);
      store.devices.removeSync(id);
      statuses.delete(id);
      announce(id, 'delete');
    },
    onChange: (listener) => void listeners.push(listener),
  };
};
