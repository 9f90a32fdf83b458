import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { call, type HomeyClient } from '../../sandbox/client.js';
import { devicesOf } from '../support/sandbox.js';
import { createHouse } from './homey-rig.js';
import type { Cli } from './rig.js';

const house = createHouse();
let client: HomeyClient;
let cli: Cli;
let address: string;
let token: string;
const variables = new Map<string, string>();

const Created = z.object({ id: z.string() });
const TEXTS = ['thermia_refresh_token', 'thermia_hotwater_command', 'thermia_hotwater_status'];
const NUMBERS = [
  'thermia_temp_hot_water',
  'thermia_temp_outdoor',
  'thermia_temp_supply',
  'thermia_temp_brine_in',
];

const run = (name: string): object => ({
  id: 'homey:app:com.athom.homeyscript:run',
  args: { script: { id: name, name } },
  group: 'then',
});
const set = (value: string): object => ({
  id: 'homey:manager:logic:variable_set_string',
  args: {
    variable: { id: variables.get('thermia_hotwater_command'), name: 'thermia_hotwater_command' },
    value,
  },
  group: 'then',
});
const at = (time: string): object => ({ id: 'homey:manager:cron:time_exactly', args: { time } });
const every10 = { id: 'homey:manager:cron:every_nth', args: { n: 10, type: 'minute' } };
const say = (text: string): object => ({
  id: 'homey:manager:notifications:create_notification',
  args: { text },
  group: 'then',
});

beforeAll(async () => {
  const opened = await house.open();
  ({ client, cli } = opened);
  ({ address, token } = opened.sandbox.homey);
  for (const [names, type, value] of [
    [TEXTS, 'string', 'x'],
    [NUMBERS, 'number', 20],
  ] as const) {
    for (const name of names) {
      const { id } = Created.parse(
        await call(client, 'logic', 'createVariable', { variable: { name, type, value } }),
      );
      variables.set(name, id);
    }
  }
  const tank = `homey:manager:logic|${variables.get('thermia_temp_hot_water') ?? ''}`;
  for (const flow of [
    { name: 'Read', trigger: every10, actions: [run('thermia_read_temperatures')] },
    { name: 'Morning', trigger: at('06:00'), actions: [set('off'), run('thermia_hotwater')] },
    { name: 'Night', trigger: at('22:00'), actions: [set('on'), run('thermia_hotwater')] },
    {
      name: 'Rescue',
      trigger: every10,
      conditions: [
        { id: 'homey:manager:cron:time_between', args: { time1: '06:01', time2: '21:59' }, group: 'group1' },
        { id: 'homey:manager:logic:lt', args: { comparator: 48 }, droptoken: tank, group: 'group1' },
      ],
      actions: [set('on'), run('thermia_hotwater')],
    },
    { name: 'Guests', trigger: at('18:00'), actions: [set('on'), run('thermia_hotwater'), say('Welcome')] },
    { name: 'Unrelated', trigger: at('07:00'), actions: [say('Good morning')] },
  ]) {
    await call(client, 'flow', 'createFlow', { flow });
  }
});
afterAll(() => house.close());

const Flows = z.record(z.string(), z.object({ name: z.string(), enabled: z.boolean() }));

const enabled = async (): Promise<string[]> =>
  Object.values(Flows.parse(await call(client, 'flow', 'getFlows', { $cache: false })))
    .filter((flow) => flow.enabled)
    .map(({ name }) => name)
    .sort();
const plan = async (): Promise<unknown> => {
  const {
    plan_mode: mode,
    plan_off_hours: hours,
    plan_rescue_below: below,
  } = (await devicesOf(client))[0]!.settings;
  return { mode, hours, below };
};

/** The tool is started many times. */
vi.setConfig({ testTimeout: 180_000 });

const ALL = ['Guests', 'Morning', 'Night', 'Read', 'Rescue', 'Unrelated'];
const LEFT = ['Guests', 'Read', 'Unrelated'];
const BEFORE = { mode: 'none', hours: '06:00-22:00', below: 50 };

test('dry run, no, yes, and back again', async () => {
  const untouched = async (): Promise<void> => {
    expect(await enabled()).toEqual(ALL);
    expect(await plan()).toEqual(BEFORE);
  };
  const dry = await cli.run(['homey', 'migrate', '--dry-run']);
  expect(dry.code).toBe(0);
  for (const name of [...TEXTS, ...NUMBERS]) expect(dry.out).toContain(name);
  for (const name of ['Morning', 'Night', 'Rescue'])
    expect(dry.out).toMatch(new RegExp(`^${name} +\\w`, 'm'));
  expect(dry.out).toMatch(/^Guests +it does something else as well \(homey:manager:notifications/m);
  expect(dry.out).toMatch(/^Read +"Guests" cannot do without its readings/m);
  expect(dry.out).toContain('Reading goes on by "Read": "Guests" would have no values');
  expect(dry.out).not.toContain('Unrelated');
  expect(dry.out).toMatch(/plan_off_hours +06:00-22:00 +06:00-22:00/);
  expect(dry.out).toMatch(/plan_rescue_below +50 +48/);
  expect(dry.out).toContain('Nothing was changed');
  await untouched();

  expect((await cli.run(['homey', 'migrate'], { input: ['no'] })).out).toContain('Nothing was changed');
  expect((await cli.run(['homey', 'migrate'])).code).toBe(2);
  await untouched();

  const done = await cli.run(['homey', 'migrate'], { input: ['yes'] });
  expect(done.err).toBe('');
  expect(done.code).toBe(0);
  expect(await enabled()).toEqual(LEFT);
  expect(await plan()).toEqual({ mode: 'fixed', hours: '06:00-22:00', below: 48 });
  const record = join(cli.folder, 'migrations.json');
  expect(statSync(record).mode & 0o777).toBe(0o600);
  expect((await cli.run(['homey', 'migrate', '--yes'])).out).toContain('There is no Flow to switch off');
});

test('undoing asks as well, and can be tried dry', async () => {
  const record = join(cli.folder, 'migrations.json');
  for (const [args, input] of [
    [['--undo', '--dry-run'], []],
    [['--undo'], ['no']],
  ]) {
    const asked = await cli.run(['homey', 'migrate', ...args!], { input: input! });
    expect(asked.out).toMatch(/switched off "Morning", "Night", "Rescue"\./);
    expect(asked.out).toContain('Nothing was changed');
  }
  expect((await cli.run(['homey', 'migrate', '--undo'])).code).toBe(2);
  expect(await enabled()).toEqual(LEFT);

  const undone = await cli.run(['homey', 'migrate', '--undo'], { input: ['yes'] });
  const again = /Switched on again: (.+)\./.exec(undone.out)?.[1]?.split(', ').toSorted();
  expect(again).toEqual(['Morning', 'Night', 'Rescue']);
  expect(await enabled()).toEqual(ALL);
  expect(await plan()).toEqual(BEFORE);
  expect(existsSync(record)).toBe(false);
  expect((await cli.run(['homey', 'migrate', '--undo', '--yes'])).code).toBe(4);
});

test('for scripts: --yes asks nothing, --json says what was found and done', async () => {
  const Report = z.object({
    done: z.boolean(),
    replaced: z.array(z.object({ name: z.string() })),
    leftAlone: z.array(z.object({ name: z.string(), why: z.string() })),
  });
  const found = Report.parse(await cli.json(['homey', 'migrate', '--dry-run']));
  expect(found.done).toBe(false);
  expect(found.leftAlone.map(({ name }) => name)).toEqual(['Guests', 'Read']);
  expect(await enabled()).toEqual(ALL);
  expect(Report.parse(await cli.json(['homey', 'migrate', '--yes'])).done).toBe(true);
  expect(await enabled()).toEqual(LEFT);
  const dry = z.object({ done: z.boolean(), flows: z.array(z.string()) });
  expect(dry.parse(await cli.json(['homey', 'migrate', '--undo', '--dry-run']))).toEqual({
    done: false,
    flows: ['Morning', 'Night', 'Rescue'],
  });
  expect(await enabled()).toEqual(LEFT);
  await cli.json(['homey', 'migrate', '--undo', '--yes']);
  expect(await enabled()).toEqual(ALL);
});

/** Carries requests on to the Homey, but for those that `fails` picks. */
const openFaultyProxy = async (
  target: string,
  fails: (method: string, path: string) => boolean,
): Promise<{ address: string; close: () => void }> => {
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    if (fails(method, url)) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'Out of memory' }));
      return;
    }
    const onward = forward(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

test('one that breaks off half-way says so, can be gone on with, and is undone as a whole', async () => {
  let switched = 0;
  let isBroken = true;
  const proxy = await openFaultyProxy(address, (method, path) => {
    if (method === 'PUT' && path.includes('/flow/flow/')) switched += 1;
    return isBroken && switched === 2;
  });
  try {
    await cli.run(['homey', 'login', '--address', proxy.address], { input: [token] });
    const broken = await cli.run(['homey', 'migrate', '--yes', '--json']);
    expect(broken.code).toBe(9);
    expect(JSON.parse(broken.err)).toMatchObject({ error: { kind: 'half_done', code: 9 } });
    expect(broken.err).toContain('--undo');
    expect(await enabled()).toHaveLength(ALL.length - 1);
    isBroken = false;

    const dry = await cli.run(['homey', 'migrate', '--dry-run']);
    expect(dry.err).toMatch(/The migration of \d{4}-.* broke off half-way/);
    expect(dry.out).toMatch(/plan_off_hours +06:00-22:00 +06:00-22:00/);
    const goneOn = await cli.run(['homey', 'migrate', '--yes']);
    expect(goneOn.out).toContain('Done: 3 Flows switched off.');
    expect(await enabled()).toEqual(LEFT);
    expect((await cli.run(['homey', 'migrate', '--undo', '--yes'])).code).toBe(0);
    expect(await enabled()).toEqual(ALL);
    expect(await plan()).toEqual(BEFORE);
    expect((await cli.run(['homey', 'migrate', '--undo', '--yes'])).code).toBe(4);
  } finally {
    proxy.close();
  }
});

test('a damaged record is not to be deleted with the sign-in', async () => {
  await cli.run(['homey', 'login', '--address', address], { input: [token] });
  const record = join(cli.folder, 'migrations.json');
  writeFileSync(record, '{', { mode: 0o600 });
  const { code, err } = await cli.run(['homey', 'migrate', '--undo', '--yes']);
  rmSync(record);
  expect(code).toBe(8);
  expect(err).toContain('move it away');
  expect(err).not.toContain('sign in');
});

test('undo ends also where the device is gone', async () => {
  expect((await cli.run(['homey', 'migrate', '--yes'])).code).toBe(0);
  const [device] = await devicesOf(client);
  await call(client, 'devices', 'deleteDevice', { id: device!.id });
  const undone = await cli.run(['homey', 'migrate', '--undo', '--yes']);
  expect(undone).toMatchObject({
    code: 0,
    out: expect.stringContaining(`${device!.name} is gone meanwhile`) as string,
  });
  expect(await enabled()).toEqual(ALL);
  expect((await cli.run(['homey', 'migrate', '--undo', '--yes'])).code).toBe(4);
});
