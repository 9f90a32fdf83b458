// Brings a checkout into the state that `npm start` and `npm test` need: dependencies, the app's build, the page's build.
// Plain JavaScript without imports from node_modules, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST = [20, 18, 1];

/** Thrown with a sentence for the person; nothing else is worth showing. */
class SetupError extends Error {}

const say = (text) => process.stderr.write(`${text}\n`);

const files = function* (path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* files(join(path, name));
};

const fingerprint = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of files(join(root, path))) hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
};

const isUpToDate = ({ inputs, output, stamp }) =>
  existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(inputs);

/** Runs `make` when the inputs differ from those of the last good run, or when its output is gone. */
const upToDate = (name, { inputs, output, stamp }, make) => {
  if (isUpToDate({ inputs, output, stamp })) return;
  say(`Setting up: ${name} …`);
  make();
  mkdirSync(dirname(stamp), { recursive: true });
  // Building may itself rewrite generated files among the inputs.
  writeFileSync(stamp, fingerprint(inputs));
};

const run = (what, command, args, env = {}) => {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error !== undefined) throw new SetupError(`${what} could not be started: ${done.error.message}`);
  if (done.status !== 0) throw new SetupError(`${what} failed:\n${done.stdout}${done.stderr}`.trimEnd());
  return done.stdout;
};

const checkNode = () => {
  const parts = process.versions.node.split('.').map(Number);
  const older = OLDEST.findIndex((part, i) => part !== parts[i]);
  if (older !== -1 && parts[older] < OLDEST[older]) {
    throw new SetupError(`Node ${OLDEST.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
};

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Two starts at the same moment must not build into the same folder. */
const exclusively = (work) => {
  const lock = join(root, '.build', 'setup.lock');
  mkdirSync(dirname(lock), { recursive: true });
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(lock, { encoding: 'utf8', flag: 'a+' }));
      if (holder > 0 && !alive(holder)) rmSync(lock, { force: true });
      else if (tries > 6000)
        throw new SetupError('Another set-up has been running for ten minutes; giving up.');
      else Atomics.wait(wait, 0, 0, 100);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
};

const homeyEnvironment = () => ({
  HOMEY_HOME: join(root, '.build', 'homey-home'),
  NO_UPDATE_NOTIFIER: '1',
  // The tool looks for announcements at every start; there is nothing to be announced to a build.
  ATHOM_CLI_MESSAGE_URL: 'http://127.0.0.1:9/',
});

export const APP_INPUTS = [
  'app.ts',
  'api.ts',
  'lib',
  'drivers',
  'widgets',
  'settings',
  'assets',
  '.homeycompose',
  '.homeyignore',
  'scripts/bundle-package.mjs',
  'scripts/package-weight.mjs',
  'scripts/require-banner.mjs',
  'scripts/undici-agent.cjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

export const homey = (...args) =>
  run(
    `homey ${args.join(' ')}`,
    process.execPath,
    [join(root, 'node_modules/homey/bin/homey.js'), ...args],
    homeyEnvironment(),
  );

const isJson = (file) => {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
};

/** A build that was killed may leave half of a file that it generates; the next one reads it before it writes it anew. */
export const dropHalfWritten = (folder = root) => {
  const manifest = join(folder, 'app.json');
  if (!isJson(manifest)) copyFileSync(join(folder, '.homeycompose', 'app.json'), manifest);
  for (const file of files(join(folder, 'locales'))) if (!isJson(file)) rmSync(file);
};

/** What the work gives; where the set-up fails its sentence is all that is said. */
export const orExit = (work) => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
};

/** Installs and builds what is missing or out of date. Says on standard error what it does. */
export const setUp = () => {
  checkNode();
  exclusively(() => {
    upToDate(
      'installing dependencies',
      { inputs: ['package-lock.json'], output: 'node_modules', stamp: join(root, 'node_modules', '.set-up') },
      () => run('npm ci', 'npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund']),
    );
    upToDate(
      'building the app',
      { inputs: APP_INPUTS, output: '.homeybuild/app.js', stamp: join(root, '.build', 'app.set-up') },
      () => {
        dropHalfWritten();
        homey('app', 'build');
      },
    );
    upToDate(
      'building the page',
      {
        inputs: ['sandbox/web', 'package-lock.json'],
        output: '.build/web/index.html',
        stamp: join(root, '.build', 'web.set-up'),
      },
      () =>
        run('vite build', process.execPath, [
          join(root, 'node_modules/vite/bin/vite.js'),
          'build',
          'sandbox/web',
          '--logLevel',
          'warn',
        ]),
    );
  });
};

const TOOL = {
  inputs: [
    'cli',
    'lib',
    'package.json',
    'package-lock.json',
    'scripts/bundle-tool.mjs',
    'scripts/require-banner.mjs',
  ],
  output: '.build/cli/thermia.mjs',
  stamp: join(root, '.build', 'cli.set-up'),
};

/** The file to run the command line tool from, made anew where its sources have changed. */
export const setUpTool = () => {
  const file = join(root, TOOL.output);
  if (isUpToDate(TOOL)) return file;
  checkNode();
  exclusively(() =>
    upToDate('preparing the command line tool', TOOL, () =>
      run('esbuild', process.execPath, [join(root, 'scripts', 'bundle-tool.mjs'), file]),
    ),
  );
  return file;
};
