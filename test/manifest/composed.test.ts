import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { list, root } from './manifest.js';

const HomeyCompose = createRequire(import.meta.url)('homey/lib/HomeyCompose') as {
  build(options: { appPath: string; usesModules: boolean }): Promise<void>;
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-'));
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(() => rm(folder, { recursive: true }));

it('app.json and locales are what the sources make', async () => {
  for (const part of ['.homeycompose', 'drivers', 'locales', 'app.json']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await HomeyCompose.build({ appPath: folder, usesModules: true });
  for (const file of ['app.json', ...list('locales').map((name) => `locales/${name}`)]) {
    expect(await readFile(join(folder, file), 'utf8'), file).toBe(await readFile(join(root, file), 'utf8'));
  }
});
