import type { Json, Store } from '../thermia/ports.js';
import type { Settings } from './ports.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A store inside one key of the app's settings. The key goes when the last value goes. */
export const createSettingsStore = (settings: Settings, key: string): Store => {
  const all = (): Record<string, unknown> => {
    const value = settings.get(key);
    return isRecord(value) ? value : {};
  };
  return {
    get: (name) => all()[name] ?? null,
    async set(name: string, value: Json) {
      await settings.set(key, { ...all(), [name]: value });
    },
    async unset(name) {
      const rest = Object.entries(all()).filter(([other]) => other !== name);
      await (rest.length === 0 ? settings.unset(key) : settings.set(key, Object.fromEntries(rest)));
    },
  };
};
