// `npm test`: sets up what is missing, finds a browser, and runs all tiers on the Node it was started with.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { orExit, root, setUp, setUpTool } from './setup.mjs';

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
];
const findBrowser = () =>
  [process.env.CHROMIUM, ...BROWSERS].find((path) => path !== undefined && existsSync(path));

const installBrowser = () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.stderr.write('Setting up: installing chromium …\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
};

orExit(setUp);
orExit(setUpTool);
if (findBrowser() === undefined) installBrowser();
const browser = findBrowser();
if (browser === undefined) {
  process.stderr.write(
    'The page is tested in a real browser and none was found: install Chromium, or name one with CHROMIUM=/path/to/chromium.\n',
  );
  process.exit(1);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const report = join(root, '.build', `tests-${String(process.pid)}.json`);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const done = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: browser, SET_UP: 'done' },
});
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  process.stdout.write(
    `Tests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
  );
}
process.exit(done.status ?? 1);
