// Fails when the built package holds a file that does not belong to the app.
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from './setup.mjs';

const ROOMS =
  /^(app\.js|api\.js|app\.json|package\.json|README(\.[a-z]{2})?\.txt|LICENSE|\.homeychangelog\.json)$|^(lib|drivers|assets|locales|settings|widgets|node_modules)\//;
const SOURCES = /\.(ts|tsx|map|compose\.json)$/;

const build = join(root, '.homeybuild');
const entries = await readdir(build, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(build, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();
const strange = files.filter(
  (file) => !ROOMS.test(file) || (SOURCES.test(file) && !file.startsWith('node_modules/')),
);
const rooms = new Map();
for (const file of files) rooms.set(file.split('/')[0], (rooms.get(file.split('/')[0]) ?? 0) + 1);
process.stdout.write(`${files.length} files in the package\n`);
for (const [room, count] of rooms) process.stdout.write(`  ${room}: ${count}\n`);
for (const file of strange) process.stderr.write(`does not belong into the package: ${file}\n`);
process.exit(strange.length === 0 && files.includes('app.js') ? 0 : 1);
