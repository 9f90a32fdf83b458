import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';

/** Icons of the app, served under an address of their own as a Homey does. */
export interface Icons {
  /** `path` is within the app. Null where the app has no such file. */
  readonly of: (path: string) => { readonly id: string; readonly url: string } | null;
  readonly file: (id: string) => string | null;
}

export const createIcons = (appDir: string): Icons => {
  const files = new Map<string, string>();
  return {
    of: (path) => {
      const file = normalize(join(appDir, path));
      if (!file.startsWith(appDir + sep) || !file.endsWith('.svg') || !existsSync(file)) return null;
      const id = createHash('md5').update(path).digest('hex');
      files.set(id, file);
      return { id, url: `/icon/${id}/icon.svg` };
    },
    file: (id) => files.get(id) ?? null,
  };
};
