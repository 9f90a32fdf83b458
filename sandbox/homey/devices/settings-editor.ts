import type { AppHost } from '../app/host.js';
import { badRequest, conflict } from '../errors.js';
import type { Host } from '../host.js';
import { sameJson } from '../json.js';
import type { DeviceRegistry } from './registry.js';
import { checkSettings } from './settings.js';

/** Settings of a device as a person changes them: the app is asked first, and its refusal stands. */
export interface SettingsEditor {
  /** Answers what the app wants the person to be told, if anything. */
  readonly save: (deviceId: string, settings: unknown) => Promise<string | null>;
  readonly isBusy: (deviceId: string) => boolean;
}

export const createSettingsEditor = (
  host: Host,
  devices: DeviceRegistry,
  app: Pick<AppHost, 'call' | 'tell'>,
): SettingsEditor => {
  const busy = new Set<string>();
  return {
    isBusy: (deviceId) => busy.has(deviceId),
    save: async (deviceId, settings) => {
      const device = devices.get(deviceId);
      const driver = host.app.driver(device.driverId);
      if (driver === null) throw badRequest(`Invalid Driver: ${device.driverId}`);
      const given = checkSettings(driver, settings, 'user');
      const changedKeys = Object.keys(given).filter((key) => !sameJson(given[key], device.settings[key]));
      if (changedKeys.length === 0) return null;
      if (busy.has(deviceId)) throw conflict('Settings are being saved already');
      busy.add(deviceId);
      try {
        const answer = await app.call('device.onSettings', {
          id: deviceId,
          oldSettings: device.settings,
          newSettings: { ...device.settings, ...given },
          changedKeys,
        });
        const stored = { ...devices.get(deviceId).settings, ...given };
        app.tell('device.patch', { id: deviceId, part: { settings: stored } });
        devices.update(deviceId, { settings: stored });
        return typeof answer === 'string' ? answer : null;
      } finally {
        busy.delete(deviceId);
      }
    },
  };
};
