// Makes the terminal pictures in docs/: runs the command line tool against the sandbox. Takes some two minutes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { terminalSvg } from './terminal-svg.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
const running = [];

/** Hours of readings pass in a minute. */
const FAST = 900;
const PASSING_MS = 75_000;

const startSandbox = (name, ...args) =>
  new Promise((resolve, reject) => {
    const options = ['--port', '0', '--thermia-port', '0', '--state', join(folder, name), '--json', ...args];
    const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    child.stdout.once('data', (line) => resolve(JSON.parse(line.toString())));
    child.once('exit', () => reject(new Error('The sandbox ended.')));
  });

const thermia = (name, args, { input = '' } = {}) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'cli/thermia.mjs'), ...args], {
      env: { ...process.env, FORCE_COLOR: '1', THERMIA_CONFIG_DIR: join(folder, `${name}-config`) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (data) => (printed += data.toString()));
    child.stdin.end(input);
    child.once('close', () => resolve(printed));
  });

const signIn = (name, { homey }) =>
  thermia(name, ['homey', 'login', '--address', homey.address], { input: `${homey.token}\n` });

const picture = async (name, sandbox, args) => {
  const printed = await thermia(sandbox, ['homey', ...args]);
  writeFileSync(
    join(root, 'docs', `cli-${name}.svg`),
    terminalSvg(`thermia homey ${args.join(' ')}`, printed),
  );
  process.stdout.write(`docs/cli-${name}.svg\n`);
};

const post = async ({ homey }, path, body) => {
  const { statusCode, body: answer } = await request(`${homey.address}/api/manager${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${homey.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (statusCode >= 300) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
};

/** "Thermia by HomeyScript", as people have built it. */
const buildOldSetUp = async (sandbox) => {
  const ids = new Map();
  for (const [type, value, names] of [
    ['string', '', ['thermia_refresh_token', 'thermia_hotwater_command', 'thermia_hotwater_status']],
    [
      'number',
      0,
      ['thermia_temp_hot_water', 'thermia_temp_outdoor', 'thermia_temp_supply', 'thermia_temp_brine_in'],
    ],
  ]) {
    for (const name of names)
      ids.set(name, (await post(sandbox, '/logic/variable', { name, type, value })).id);
  }
  const run = (name) => ({
    id: 'homey:app:com.athom.homeyscript:run',
    args: { script: { id: name, name } },
    group: 'then',
  });
  const set = (value) => ({
    id: 'homey:manager:logic:variable_set_string',
    args: { variable: { id: ids.get('thermia_hotwater_command'), name: 'thermia_hotwater_command' }, value },
    group: 'then',
  });
  const at = (time) => ({ id: 'homey:manager:cron:time_exactly', args: { time } });
  const often = { id: 'homey:manager:cron:every_nth', args: { n: 10, type: 'minute' } };
  const notify = {
    id: 'homey:manager:notifications:create_notification',
    args: { text: 'Welcome' },
    group: 'then',
  };
  const conditions = [
    { id: 'homey:manager:cron:time_between', args: { time1: '06:01', time2: '21:59' }, group: 'group1' },
    {
      id: 'homey:manager:logic:lt',
      args: { comparator: 50 },
      droptoken: `homey:manager:logic|${ids.get('thermia_temp_hot_water')}`,
      group: 'group1',
    },
  ];
  for (const flow of [
    { name: 'Read the heat pump', trigger: often, actions: [run('thermia_read_temperatures')] },
    { name: 'Hot water off', trigger: at('06:00'), actions: [set('off'), run('thermia_hotwater')] },
    { name: 'Hot water on', trigger: at('22:00'), actions: [set('on'), run('thermia_hotwater')] },
    { name: 'Too cold', trigger: often, conditions, actions: [set('on'), run('thermia_hotwater')] },
    { name: 'Guests', trigger: at('18:00'), actions: [set('on'), run('thermia_hotwater'), notify] },
  ]) {
    await post(sandbox, '/flow/flow', flow);
  }
};

try {
  const house = await startSandbox('house');
  await signIn('house', house);
  const past = await startSandbox('past', '--speed', String(FAST));
  await signIn('past', past);
  await wait(5_000);
  await buildOldSetUp(house);
  await picture('status', 'house', ['status']);
  await picture('migrate', 'house', ['migrate', '--dry-run']);
  const watched = picture('watch', 'house', ['watch', '--for', '30']);
  await wait(3_000);
  for (const [capability, value] of [
    ['hot_water_boost', 'on'],
    ['target_temperature.indoor', '21'],
    ['onoff', 'off'],
    ['hot_water_boost', 'off'],
  ]) {
    await thermia('house', ['homey', 'set', capability, value]);
  }
  await watched;
  await wait(PASSING_MS - 35_000);
  await picture('insights', 'past', ['insights', 'measure_temperature', '--plot']);
} finally {
  for (const child of running) {
    child.removeAllListeners('exit');
    child.kill();
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
