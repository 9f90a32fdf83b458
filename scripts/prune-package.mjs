// Leaves in the package only those files of the dependencies that the built app can reach, and says what it weighs.
// The Homey command line tool copies whole packages; nine tenths of them are other module formats, types and documents.
import { nodeFileTrace } from '@vercel/nft';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const build = join(process.cwd(), '.homeybuild');
const modules = join(build, 'node_modules');

if (existsSync(modules)) {
  const entries = (await readdir(build, { recursive: true }))
    .filter((file) => file.endsWith('.js') && !file.split(sep).includes('node_modules'))
    .map((file) => join(build, file));
  const { fileList } = await nodeFileTrace(entries, {
    base: build,
    processCwd: build,
    conditions: ['node', 'import'],
  });
  const keep = new Set(fileList);
  // The stub through which `import 'homey'` reaches the Homey is resolved by the Homey itself; licences travel with the code.
  const kept = (file) =>
    keep.has(file) ||
    file.startsWith(join('node_modules', 'homey', sep)) ||
    /[\\/]licen[cs]e[^\\/]*$/i.test(file);
  for (const entry of await readdir(modules, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept(relative(build, path))) await rm(path);
  }
  const sweep = async (folder) => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await sweep(join(folder, entry.name));
    }
    if ((await readdir(folder)).length === 0) await rmdir(folder);
  };
  await sweep(modules);

  const all = (await readdir(build, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const sizes = await Promise.all(
    all.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  const archive = spawnSync('tar', ['-cf', '-', '-C', build, '.'], { maxBuffer: 256 * 1024 * 1024 });
  const packed =
    archive.status === 0 ? `, ${String(Math.round(gzipSync(archive.stdout).length / 1000))} kB packed` : '';
  process.stdout.write(
    `Package: ${String(all.length)} files, ${String(Math.round(sizes.reduce((a, b) => a + b, 0) / 1000))} kB${packed}\n`,
  );
}
