import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root, text } from './manifest.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const weigh = (content: Buffer) => {
  writeFileSync(join(folder, 'app.js'), content);
  return spawnSync(process.execPath, [join(root, 'scripts/package-weight.mjs'), folder], {
    encoding: 'utf8',
  });
};

it('a package may weigh 700 kB packed', () => {
  // What repeats itself weighs nothing, what is random all that it is long.
  expect(weigh(Buffer.alloc(5_000_000, 'a'))).toMatchObject({ status: 0, stderr: '' });
  expect(weigh(randomBytes(690_000))).toMatchObject({ status: 0, stderr: '' });
});

it('and no more, or the build fails', () => {
  const heavy = weigh(randomBytes(710_000));
  expect(heavy.status).toBe(1);
  expect(heavy.stderr).toMatch(/^The package weighs 71\d{4} bytes packed; 700000 is the most it may\.\n$/);
  expect(text('scripts/bundle-package.mjs')).toContain('failIfHeavy(packed)');
});
