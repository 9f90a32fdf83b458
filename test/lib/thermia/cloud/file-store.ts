import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Json, Store } from '../../../../lib/thermia/ports.js';

const contents = z.record(z.string(), z.json());

/** Moments of a durable write at which a process may die. */
export type WriteMoment = 'before-store' | 'half-stored' | 'stored';

/** Durable as a settings store should be: a value is there whole, or the one before it is. */
export const fileStore = (path: string, at: (moment: WriteMoment) => void = () => undefined): Store => {
  const read = (): Record<string, Json> =>
    existsSync(path) ? contents.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const write = (values: Record<string, Json>): Promise<void> => {
    at('before-store');
    const file = openSync(`${path}.new`, 'w');
    writeSync(file, JSON.stringify(values));
    fsyncSync(file);
    closeSync(file);
    at('half-stored');
    renameSync(`${path}.new`, path);
    at('stored');
    return Promise.resolve();
  };
  return {
    get: (key) => read()[key] ?? null,
    set: (key, value) => write({ ...read(), [key]: value }),
    unset: (key) => write(Object.fromEntries(Object.entries(read()).filter(([each]) => each !== key))),
  };
};
