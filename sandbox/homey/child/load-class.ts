import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isRecord } from '../json.js';
import { classOf } from '../seam.js';

export type Load = (url: string) => Promise<unknown>;

/** The default export of a file of the app, without its extension; null where the app has no such file. */
export const loadDefault = async (dir: string, name: string, load: Load): Promise<unknown> => {
  const file = ['.js', '.mjs', '.cjs'].map((ending) => join(dir, name + ending)).find(existsSync);
  if (file === undefined) return null;
  const loaded = await load(pathToFileURL(file).href);
  return isRecord(loaded) ? loaded['default'] : null;
};

/** The class a file exports, or the SDK's own where the app has no such file. */
export const loadClass = async <T extends object>(
  dir: string,
  name: string,
  base: new () => T,
  load: Load,
): Promise<new () => T> => {
  const found = await loadDefault(dir, name, load);
  if (found === null) return base;
  const made = classOf(found, base);
  if (made === null) throw new Error(`${name} must export a class that extends Homey.${base.name}`);
  return made;
};
