import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppHost } from '../app/host.js';
import type { AppSettings } from '../app/settings.js';
import { text, type ManagerOperations } from '../dispatch.js';
import { notFound } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord } from '../json.js';
import { translated } from '../text.js';

const localesOf = (dir: string): Record<string, unknown> =>
  Object.fromEntries(
    readdirSync(join(dir, 'locales'))
      .filter((name) => name.endsWith('.json'))
      .map((name): [string, unknown] => [
        name.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(dir, 'locales', name), 'utf8')),
      ]),
  );

export const appsManager = (host: Host, app: AppHost, settings: AppSettings): ManagerOperations => {
  const { manifest } = host.app;
  const demand = (args: Readonly<Record<string, unknown>>): void => {
    const id = text(args, 'id');
    if (id !== manifest.id) throw notFound('App', id);
  };
  const present = (): Record<string, unknown> => ({
    id: manifest.id,
    name: translated(manifest.name, host.language) ?? manifest.id,
    iconObj: host.icons.of('assets/icon.svg') ?? {},
    version: manifest.version,
    origin: 'devkit_install',
    author: { name: manifest.author.name },
    compatibility: manifest.compatibility,
    permissions: manifest.permissions,
    color: manifest.brandColor,
    images: {},
    state: app.state(),
    enabled: true,
    autoupdate: false,
    settings: false,
    updateAvailable: false,
    crashed: app.state() === 'crashed',
    crashedMessage: app.crashedMessage(),
    crashedCount: app.crashedCount(),
  });
  return {
    getApps: () => ({ [manifest.id]: present() }),
    getApp: (args) => {
      demand(args);
      return present();
    },
    getAppSettings: (args) => {
      demand(args);
      return { id: manifest.id, ...settings.all() };
    },
    getAppSetting: (args) => {
      demand(args);
      return settings.get(text(args, 'name'));
    },
    setAppSetting: (args) => {
      demand(args);
      const key = text(args, 'name');
      settings.set(key, args['value']);
      app.tell('settings.changed', { key, value: settings.get(key) });
    },
    unsetAppSetting: (args) => {
      demand(args);
      const key = text(args, 'name');
      settings.unset(key);
      app.tell('settings.changed', { key });
    },
    getAppUsage: async (args) => {
      demand(args);
      const usage = await app.call('app.usage');
      const { cpu, heap } = isRecord(usage) ? usage : {};
      const { user, system } = isRecord(cpu) ? cpu : {};
      return { cpu: Number(user) + Number(system), mem: Number(heap) };
    },
    getAppLocales: (args) => {
      demand(args);
      return localesOf(host.app.dir);
    },
    restartApp: async (args) => {
      demand(args);
      await app.start();
      host.realtime.emit('homey:manager:apps', 'app.update', present());
    },
    disableApp: async (args) => {
      demand(args);
      await app.stop();
      host.realtime.emit('homey:manager:apps', 'app.update', present());
    },
    enableApp: async (args) => {
      demand(args);
      await app.start();
      host.realtime.emit('homey:manager:apps', 'app.update', present());
    },
  };
};
