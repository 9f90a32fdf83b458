import { badRequest } from '../errors.js';
import type { Host } from '../host.js';
import { jsonCopy, type Json, type JsonObject } from '../json.js';

/** The settings of the app as the Homey keeps them. */
export interface AppSettings {
  readonly all: () => JsonObject;
  readonly get: (key: string) => Json;
  readonly set: (key: string, value: unknown) => void;
  readonly unset: (key: string) => void;
}

export const createAppSettings = ({ store, realtime, app }: Host): AppSettings => ({
  all: () => {
    const found: Record<string, Json> = {};
    for (const { key, value } of store.settings.getRange()) found[key] = value;
    return found;
  },
  get: (key) => store.settings.get(key) ?? null,
  set: (key, value) => {
    if (key === '' || value === undefined) throw badRequest(`Invalid value for setting ${key}`);
    store.settings.putSync(key, jsonCopy(value));
    realtime.emit(app.uri, 'settings.set', key);
  },
  unset: (key) => {
    store.settings.removeSync(key);
    realtime.emit(app.uri, 'settings.unset', key);
  },
});
