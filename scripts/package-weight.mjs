// What a built package weighs: `node scripts/package-weight.mjs FOLDER`. Fails above the limit.
import { spawnSync } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Bytes as tar and gzip. Every Homey that installs the app downloads and unpacks this. */
const LIMIT = 700_000;

/** Every file of a folder. */
export const list = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

export const weigh = async (folder) => {
  const files = await list(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  const archive = spawnSync('tar', ['-cf', '-', '-C', folder, '.'], { maxBuffer: 256 * 1024 * 1024 });
  if (archive.status !== 0) throw new Error('The package cannot be weighed: there is no tar.');
  return {
    files: files.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    packed: gzipSync(archive.stdout).length,
  };
};

export const failIfHeavy = (packed) => {
  if (packed <= LIMIT) return;
  process.stderr.write(`The package weighs ${packed} bytes packed; ${LIMIT} is the most it may.\n`);
  process.exitCode = 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { packed } = await weigh(process.argv[2] ?? '.homeybuild');
  process.stdout.write(`${packed}\n`);
  failIfHeavy(packed);
}
