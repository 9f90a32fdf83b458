import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../json.js';
import type { Link } from '../link.js';
import type { Boot } from '../wire.js';
import { createAppTimers, type AppTimers } from './app-timers.js';
import type { App } from './app.js';
import type { Driver } from './driver.js';
import { createFlow, type FlowManager, type FlowSide } from './flow.js';
import { createInsights, type InsightsManager } from './insights.js';
import { absent, missing, strict } from './missing.js';
import { createSettings, type SettingsManager, type SettingsSide } from './settings.js';

type Tags = Readonly<Record<string, string | number | boolean>>;
type Translate = (key: unknown, tags?: Tags) => string | null;

/** What an app finds as `this.homey`. */
export interface HomeyInstance extends EventEmitter {
  readonly id: string;
  readonly app: App | null;
  readonly manifest: unknown;
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
  readonly platform: 'local';
  readonly platformVersion: 2;
  readonly dir: string;
  readonly __: Translate;
  readonly setTimeout: AppTimers['setTimeout'];
  readonly clearTimeout: AppTimers['clear'];
  readonly setInterval: AppTimers['setInterval'];
  readonly clearInterval: AppTimers['clear'];
  readonly hasPermission: (permission: string) => boolean;
  readonly hasFeature: (feature: string) => boolean;
  readonly ready: () => Promise<void>;
  readonly settings: SettingsManager;
  readonly flow: FlowManager;
  readonly insights: InsightsManager;
}

export interface HomeySide {
  readonly instance: HomeyInstance;
  readonly flow: FlowSide;
  readonly settings: SettingsSide;
  readonly setApp: (app: App) => void;
  /** From here on the drivers can be reached. */
  readonly setDrivers: (drivers: ReadonlyMap<string, Driver>) => void;
  readonly markReady: () => void;
  /** Tells the app that it ends and stops its timers. */
  readonly unload: () => void;
}

const ABSENT = [
  'apps', 'arp', 'audio', 'ble', 'dashboards', 'discovery', 'images', 'ledring', 'rf', 'speechInput',
  'speechOutput', 'videos', 'zigbee', 'zwave',
] as const; // prettier-ignore

const localesOf = (dir: string, language: string): unknown => {
  try {
    return JSON.parse(readFileSync(join(dir, 'locales', `${language}.json`), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
};

const lookUp = (strings: unknown, key: string): string | null => {
  let found: unknown = strings;
  for (const part of key.split('.')) found = isRecord(found) ? found[part] : undefined;
  return typeof found === 'string' ? found : null;
};

const createTranslate = ({ appDir, language }: Boot): Translate => {
  const strings = [localesOf(appDir, language), localesOf(appDir, 'en')];
  const find = (key: unknown): string | null => {
    if (typeof key === 'string') return lookUp(strings[0], key) ?? lookUp(strings[1], key);
    if (!isRecord(key)) return null;
    const found = key[language] ?? key['en'];
    return typeof found === 'string' ? found : null;
  };
  return (key, tags = {}) =>
    find(key)?.replace(/__(\w+)__/g, (whole, name: string) => String(tags[name] ?? whole)) ?? null;
};

export const createHomey = (boot: Boot, link: Link): HomeySide => {
  const manifest = isRecord(boot.manifest) ? boot.manifest : {};
  const id = typeof manifest['id'] === 'string' ? manifest['id'] : '';
  const permissions = Array.isArray(manifest['permissions']) ? manifest['permissions'] : [];
  const hasPermission = (permission: string): boolean => permissions.includes(permission);
  const demand = (permission: string): void => {
    if (!hasPermission(permission)) throw new Error(`Missing Permission: ${permission}`);
  };
  const located = (): Boot['location'] => {
    demand('homey:manager:geolocation');
    return boot.location;
  };
  const translate = createTranslate(boot);
  const timers = createAppTimers();
  const flow = createFlow(manifest, link);
  const settings = createSettings(boot.settings, link);
  const events = new EventEmitter();
  let app: App | null = null;
  let drivers: ReadonlyMap<string, Driver> | null = null;
  let markReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (markReady = resolve));
  const withDrivers = (): ReadonlyMap<string, Driver> => {
    if (drivers === null) throw new Error('Drivers are not ready yet');
    return drivers;
  };

  const managers = {
    settings: settings.manager,
    flow: flow.manager,
    insights: createInsights(link),
    notifications: strict(
      {
        createNotification: async (notification: unknown): Promise<void> => {
          await link.call('notifications.create', { notification });
        },
      },
      'homey.notifications',
    ),
    i18n: strict(
      Object.assign(new EventEmitter(), {
        getLanguage: () => boot.language,
        getUnits: () => boot.units,
        getStrings: () => localesOf(boot.appDir, boot.language),
        __: translate,
      }),
      'homey.i18n',
    ),
    clock: strict(Object.assign(new EventEmitter(), { getTimezone: () => boot.timezone }), 'homey.clock'),
    geolocation: strict(
      Object.assign(new EventEmitter(), {
        getLatitude: () => located().latitude,
        getLongitude: () => located().longitude,
        getAccuracy: () => (located(), 1),
        getMode: () => (located(), 'manual'),
      }),
      'homey.geolocation',
    ),
    cloud: strict(
      {
        getHomeyId: () => Promise.resolve(boot.homeyId),
        getLocalAddress: () => Promise.resolve(boot.localAddress.replace(/^https?:\/\//, '')),
      },
      'homey.cloud',
    ),
    api: strict(
      {
        realtime: (event: string, data?: unknown): Promise<unknown> =>
          link.call('api.realtime', { event, data }),
        getOwnerApiToken: async (): Promise<unknown> => {
          demand('homey:manager:api');
          return link.call('api.ownerToken');
        },
        getLocalUrl: (): Promise<string> => {
          demand('homey:manager:api');
          return Promise.resolve(boot.localAddress);
        },
      },
      'homey.api',
    ),
    drivers: strict(
      {
        getDriver: (driverId: string): Driver => {
          const driver = withDrivers().get(driverId);
          if (driver === undefined) throw new Error(`Invalid Driver ID: ${driverId}`);
          return driver;
        },
        getDrivers: () => Object.fromEntries(withDrivers()),
      },
      'homey.drivers',
    ),
    ...Object.fromEntries(ABSENT.map((name) => [name, absent(`homey.${name}`)])),
  };

  const instance: HomeyInstance = strict(
    Object.assign(events, managers, {
      id,
      app: null,
      manifest: boot.manifest,
      env: boot.env,
      version: boot.version,
      platform: 'local' as const,
      platformVersion: 2 as const,
      dir: boot.appDir,
      __: translate,
      setTimeout: timers.setTimeout,
      clearTimeout: timers.clear,
      setInterval: timers.setInterval,
      clearInterval: timers.clear,
      hasPermission,
      hasFeature: (feature: string): boolean => {
        throw missing(`homey.hasFeature('${feature}')`);
      },
      ready: () => ready,
    }),
    'homey',
  );
  Object.defineProperty(events, 'app', { get: () => app });

  return {
    instance,
    flow,
    settings,
    setApp: (made) => (app = made),
    setDrivers: (made) => (drivers = made),
    markReady: () => markReady(),
    unload: () => {
      events.emit('unload');
      timers.stop();
    },
  };
};
