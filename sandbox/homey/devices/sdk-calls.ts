import { defineCapability, isDeviceClass, originOf } from '../capability.js';
import { badRequest, conflict } from '../errors.js';
import { isoNow, type Host } from '../host.js';
import { isJsonObject, jsonCopy, type Args, type Json } from '../json.js';
import type { DeviceRecord } from '../store.js';
import type { DeviceRegistry } from './registry.js';
import { checkSettings } from './settings.js';
import type { SettingsEditor } from './settings-editor.js';
import type { CapabilityValues } from './values.js';

export type SdkCalls = Readonly<Record<string, (data: Args) => unknown>>;

const str = (data: Args, name: string): string => {
  const value = data[name];
  if (typeof value !== 'string') throw badRequest(`Invalid ${name}`);
  return value;
};

/** What an app may ask of its Homey about its devices. */
export const createDeviceCalls = (
  host: Host,
  devices: DeviceRegistry,
  values: CapabilityValues,
  editor: SettingsEditor,
): SdkCalls => {
  const device = (data: Args): DeviceRecord => devices.get(str(data, 'deviceId'));
  const message = (data: Args): string | null =>
    typeof data['message'] === 'string' ? data['message'] : null;

  return {
    'device.initialised': (data) => {
      const { fault } = data;
      devices.setStatus(str(data, 'deviceId'), {
        ready: true,
        ...(typeof fault === 'string' ? { available: false, unavailableMessage: fault } : {}),
      });
    },
    'device.setCapabilityValue': (data) =>
      values.setByApp(str(data, 'deviceId'), str(data, 'capabilityId'), data['value']),
    'device.triggerCapabilityListener': (data) =>
      values.setByUser({
        deviceId: str(data, 'deviceId'),
        capabilityId: str(data, 'capabilityId'),
        value: data['value'],
        options: data['options'],
      }),
    'device.addCapability': (data) => {
      const { id, driverId, capabilities, capabilitiesOptions } = device(data);
      const capability = str(data, 'capabilityId');
      if (originOf(host.app, capability) === null) throw badRequest(`Invalid Capability: ${capability}`);
      if (capabilities.includes(capability)) throw conflict('capability_already_exists');
      const options = host.app.driver(driverId)?.capabilitiesOptions[capability];
      const part = {
        capabilities: [...capabilities, capability],
        capabilitiesOptions: {
          ...capabilitiesOptions,
          ...(isJsonObject(options) ? { [capability]: options } : {}),
        },
      };
      devices.update(id, part);
      return part;
    },
    'device.removeCapability': (data) => {
      const current = device(data);
      const capability = str(data, 'capabilityId');
      devices.define(current, capability);
      const part = {
        capabilities: current.capabilities.filter((known) => known !== capability),
        capabilitiesOptions: Object.fromEntries(
          Object.entries(current.capabilitiesOptions).filter(([known]) => known !== capability),
        ),
      };
      host.store.values.removeSync([current.id, capability]);
      devices.update(current.id, part);
      return part;
    },
    'device.setCapabilityOptions': (data) => {
      const current = device(data);
      const capability = str(data, 'capabilityId');
      devices.define(current, capability);
      const { options } = data;
      if (!isJsonObject(options)) throw badRequest('Invalid Capability Options');
      const merged = { ...current.capabilitiesOptions[capability], ...options };
      defineCapability(host.app, host.language, capability, merged);
      const capabilitiesOptions = { ...current.capabilitiesOptions, [capability]: merged };
      devices.update(current.id, { capabilitiesOptions });
      return capabilitiesOptions;
    },
    'device.setAvailable': (data) =>
      devices.setStatus(device(data).id, { available: true, unavailableMessage: null }),
    'device.setUnavailable': (data) =>
      devices.setStatus(device(data).id, { available: false, unavailableMessage: message(data) }),
    'device.setWarning': (data) => devices.setStatus(device(data).id, { warningMessage: message(data) }),
    'device.setLastSeenAt': (data) => void devices.update(device(data).id, { lastSeenAt: isoNow(host) }),
    'device.setSettings': (data) => {
      const current = device(data);
      if (editor.isBusy(current.id)) {
        throw new Error('Cannot set Settings while this.onSettings is still pending.');
      }
      const driver = host.app.driver(current.driverId);
      if (driver === null) throw badRequest(`Invalid Driver: ${current.driverId}`);
      const settings = { ...current.settings, ...checkSettings(driver, data['settings'], 'app') };
      devices.update(current.id, { settings });
      return settings;
    },
    'device.setStoreValue': (data) => {
      const current = device(data);
      const store = { ...current.store, [str(data, 'key')]: jsonCopy(data['value']) };
      host.store.devices.putSync(current.id, { ...current, store });
    },
    'device.unsetStoreValue': (data) => {
      const current = device(data);
      const key = str(data, 'key');
      const store = Object.fromEntries(
        Object.entries(current.store).filter(([known]) => known !== key),
      ) satisfies Record<string, Json>;
      host.store.devices.putSync(current.id, { ...current, store });
    },
    'device.setClass': (data) => {
      const wanted = str(data, 'class');
      if (!isDeviceClass(wanted)) throw badRequest(`Invalid Class: ${wanted}`);
      devices.update(device(data).id, { class: wanted });
    },
    'device.setEnergy': (data) => {
      const { energy } = data;
      if (energy !== null && !isJsonObject(energy)) throw badRequest('Invalid Energy');
      devices.update(device(data).id, { energy });
      return energy;
    },
  };
};
