/** What the built app weighs: as a package, and in the memory of its process over an app that does nothing. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createSandboxClock } from '../../sandbox/clock.js';
import { startHomey } from '../../sandbox/homey/index.js';
import { pairAll } from '../../sandbox/pairing.js';
import { builtInPumps, startThermiaOnline } from '../../sandbox/thermia-online/index.js';
import { memoryOf, type Memory } from './inspect.js';
import { kiloBytes, megaBytes, printTable } from './table.js';

const BUILT = fileURLToPath(new URL('../../.homeybuild', import.meta.url));
const DRIVER = 'homey:app:com.thermia.online:heat-pump';
/** An hour of sandbox time in half a minute. */
const SPEED = 120;
const WATCHED_MS = 30_000;

const printPackage = (): void => {
  const files = readdirSync(BUILT, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  const tar = spawnSync('tar', ['-cf', '-', '-C', BUILT, '.'], { maxBuffer: 256 * 1024 * 1024 });
  printTable('The package', [
    ['files', 'bytes', 'tar and gzip'],
    [files.length, kiloBytes(bytes), kiloBytes(gzipSync(tar.stdout, { level: 9 }).length)],
  ]);
};

/** The least that a Homey takes for an app, on the same loader as the real one. */
const writeEmptyApp = (folder: string): string => {
  const dir = join(folder, 'empty');
  mkdirSync(join(dir, 'node_modules/homey'), { recursive: true });
  const { sdk, esm, compatibility, platforms } = JSON.parse(
    readFileSync(join(BUILT, 'app.json'), 'utf8'),
  ) as Record<string, unknown>;
  const manifest = {
    id: 'com.example.empty',
    version: '1.0.0',
    name: { en: 'Empty' },
    ...{ sdk, esm, compatibility, platforms },
  };
  for (const [name, text] of [
    ['app.json', JSON.stringify(manifest)],
    ['package.json', '{"type":"module"}'],
    ['app.js', "import Homey from 'homey';\nexport default class extends Homey.App {}\n"],
    ['node_modules/homey/package.json', '{"name":"homey","main":"index.js"}'],
    ['node_modules/homey/index.js', "module.exports = require('homey');\n"],
  ] as const) {
    writeFileSync(join(dir, name), text);
  }
  return dir;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const measure = async (folder: string, appDir: string, pumps: number): Promise<Memory> => {
  const clock = createSandboxClock({ speed: SPEED });
  const lines: string[] = [];
  const sim = await startThermiaOnline({ clock, pumps: builtInPumps.slice(0, pumps) });
  const homey = await startHomey({
    port: 0,
    stateDir: join(folder, `state-${pumps}`),
    appDir,
    env: { THERMIA_ONLINE_ORIGIN: sim.origin },
    clock,
    onLog: (line) => lines.push(line),
  });
  try {
    if (pumps > 0) await pairAll(homey, DRIVER, sim);
    await pause(WATCHED_MS);
    return await memoryOf(lines);
  } finally {
    await homey.close();
    await sim.close();
  }
};

if (!existsSync(join(BUILT, 'app.js')))
  throw new Error('The app is not built: run `npm run validate` first.');
printPackage();
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const empty = await measure(folder, writeEmptyApp(folder), 0);
  const row = (name: string, { heap, rss }: Memory): readonly string[] => [
    name,
    megaBytes(heap),
    megaBytes(heap - empty.heap),
    megaBytes(rss),
    megaBytes(rss - empty.rss),
  ];
  printTable(`Memory of the app's process after an hour of sandbox time`, [
    ['', 'heap', 'over empty', 'resident', 'over empty'],
    row('empty app', empty),
    row('one pump', await measure(folder, BUILT, 1)),
    row('six pumps', await measure(folder, BUILT, 6)),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
