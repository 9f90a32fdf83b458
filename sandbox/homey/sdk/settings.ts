import { EventEmitter } from 'node:events';
import { jsonCopy, type Json, type JsonObject } from '../json.js';
import type { Link } from '../link.js';
import { strict } from './missing.js';

export interface SettingsManager extends EventEmitter {
  readonly get: (key: string) => unknown;
  readonly set: (key: string, value: unknown) => void;
  readonly unset: (key: string) => void;
  readonly getKeys: () => string[];
}

export interface SettingsSide {
  readonly manager: SettingsManager;
  /** Somebody else, a settings page or a client, changed a setting; undefined took it away. */
  readonly changed: (key: string, value: Json | undefined) => void;
}

/** The settings of the app: read from here, written through to the Homey. */
export const createSettings = (initial: JsonObject, link: Link): SettingsSide => {
  const values = new Map<string, Json>(Object.entries(initial));
  const events = new EventEmitter();
  const apply = (key: string, value: Json | undefined): void => {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
    events.emit(value === undefined ? 'unset' : 'set', key);
  };
  const checked = (key: unknown): string => {
    if (typeof key !== 'string' || key === '') throw new Error('Missing Key');
    return key;
  };
  const manager = Object.assign(events, {
    get: (key: string): unknown => jsonCopy(values.get(checked(key)) ?? null),
    set: (key: string, value: unknown): void => {
      if (value === undefined) throw new Error(`Invalid value for setting ${checked(key)}: undefined`);
      const copy = jsonCopy(value);
      link.tell('settings.set', { key: checked(key), value: copy });
      apply(key, copy);
    },
    unset: (key: string): void => {
      link.tell('settings.unset', { key: checked(key) });
      apply(key, undefined);
    },
    getKeys: () => [...values.keys()],
  });
  return { manager: strict(manager, 'homey.settings'), changed: apply };
};
