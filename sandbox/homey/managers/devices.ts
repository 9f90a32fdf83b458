import type { AppHost } from '../app/host.js';
import { isDeviceClass } from '../capability.js';
import { record, text, type ManagerOperations } from '../dispatch.js';
import { badRequest, notFound } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord } from '../json.js';
import { translateAll } from '../text.js';
import type { DeviceRecord } from '../store.js';
import type { DeviceRegistry } from '../devices/registry.js';
import type { SettingsEditor } from '../devices/settings-editor.js';
import type { CapabilityValues } from '../devices/values.js';

/** What a person can change of a device besides its settings and capabilities. */
const EDITABLE = new Set(['name', 'zone', 'note', 'virtualClass']);

export const devicesManager = (
  host: Host,
  devices: DeviceRegistry,
  values: CapabilityValues,
  editor: SettingsEditor,
  app: Pick<AppHost, 'call' | 'state'>,
): ManagerOperations => {
  const get = (args: Readonly<Record<string, unknown>>): DeviceRecord => devices.get(text(args, 'id'));

  const edit = (wish: Record<string, unknown>): Partial<DeviceRecord> => {
    for (const key of Object.keys(wish)) {
      if (!EDITABLE.has(key)) throw badRequest(`Cannot change ${key} of a device`);
    }
    const { name, zone, note, virtualClass } = wish;
    if (name !== undefined && (typeof name !== 'string' || name === '')) throw badRequest('Invalid name');
    if (zone !== undefined && (typeof zone !== 'string' || host.store.zones.get(zone) === undefined)) {
      throw notFound('Zone', JSON.stringify(zone));
    }
    if (note !== undefined && note !== null && typeof note !== 'string') throw badRequest('Invalid note');
    const known = virtualClass ?? null;
    if (known !== null && (typeof known !== 'string' || !isDeviceClass(known))) {
      throw badRequest(`Invalid Class: ${JSON.stringify(known)}`);
    }
    return {
      ...(typeof name === 'string' ? { name } : {}),
      ...(typeof zone === 'string' ? { zone } : {}),
      ...(typeof note === 'string' || note === null ? { note } : {}),
      ...(typeof virtualClass === 'string' || virtualClass === null ? { virtualClass } : {}),
    };
  };

  return {
    getDevices: () => Object.fromEntries(devices.all().map((device) => [device.id, devices.present(device)])),
    getDevice: (args) => devices.present(get(args)),
    getDeviceSettingsObj: (args) => {
      const { driverId } = get(args);
      const { source } = host.app;
      const drivers = isRecord(source) && Array.isArray(source['drivers']) ? source['drivers'] : [];
      const driver: unknown = drivers.find((entry) => isRecord(entry) && entry['id'] === driverId);
      return translateAll(isRecord(driver) ? (driver['settings'] ?? []) : [], host.language);
    },
    setDeviceSettings: async (args) => editor.save(get(args).id, record(args, 'settings')),
    updateDevice: async (args) => {
      const before = get(args);
      const device = devices.update(before.id, edit(record(args, 'device')));
      if (device.name !== before.name) {
        await app.call('device.renamed', { id: device.id, name: device.name });
      }
      return devices.present(device);
    },
    deleteDevice: async (args) => {
      const { id } = get(args);
      if (app.state() === 'running') await app.call('device.remove', { id });
      devices.remove(id);
    },
    getCapabilityValue: (args) => {
      const device = devices.get(text(args, 'deviceId'));
      const { id } = devices.define(device, text(args, 'capabilityId'));
      return devices.value(device.id, id)?.value ?? null;
    },
    setCapabilityValue: async (args) => {
      const { opts, transactionId } = args;
      await values.setByUser({
        deviceId: text(args, 'deviceId'),
        capabilityId: text(args, 'capabilityId'),
        value: args['value'],
        options: opts,
        transactionId: typeof transactionId === 'string' ? transactionId : null,
      });
    },
  };
};
