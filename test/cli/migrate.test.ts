import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { call, type HomeyClient } from '../../sandbox/client.js';
import { devicesOf } from '../support/sandbox.js';
import { createHouse } from './homey-rig.js';
import type { Cli } from './rig.js';

const house = createHouse();
let client: HomeyClient;
let cli: Cli;
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
  ({ client, cli } = await house.open());
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
}, 60_000);
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

const ALL = ['Guests', 'Morning', 'Night', 'Read', 'Rescue', 'Unrelated'];
const BEFORE = { mode: 'none', hours: '06:00-22:00', below: 50 };

test('dry run, no, yes, and back again', async () => {
  const untouched = async (): Promise<void> => {
    expect(await enabled()).toEqual(ALL);
    expect(await plan()).toEqual(BEFORE);
  };
  const dry = await cli.run(['homey', 'migrate', '--dry-run']);
  expect(dry.code).toBe(0);
  for (const name of [...TEXTS, ...NUMBERS]) expect(dry.out).toContain(name);
  for (const name of ['Read', 'Morning', 'Night', 'Rescue'])
    expect(dry.out).toMatch(new RegExp(`^${name} +\\w`, 'm'));
  expect(dry.out).toMatch(/^Guests +it does something else as well \(homey:manager:notifications/m);
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
  expect(await enabled()).toEqual(['Guests', 'Unrelated']);
  expect(await plan()).toEqual({ mode: 'fixed', hours: '06:00-22:00', below: 48 });
  const record = join(cli.folder, 'migrations.json');
  expect(statSync(record).mode & 0o777).toBe(0o600);
  expect((await cli.run(['homey', 'migrate', '--yes'])).out).toContain('There is no Flow to switch off');

  const undone = await cli.run(['homey', 'migrate', '--undo']);
  const again = /Switched on again: (.+)\./.exec(undone.out)?.[1]?.split(', ').toSorted();
  expect(again).toEqual(['Morning', 'Night', 'Read', 'Rescue']);
  await untouched();
  expect(existsSync(record)).toBe(false);
  expect((await cli.run(['homey', 'migrate', '--undo'])).code).toBe(4);
});

test('for scripts: --yes asks nothing, --json says what was found and done', async () => {
  const Report = z.object({
    done: z.boolean(),
    replaced: z.array(z.object({ name: z.string() })),
    leftAlone: z.array(z.object({ name: z.string(), why: z.string() })),
  });
  const found = Report.parse(await cli.json(['homey', 'migrate', '--dry-run']));
  expect(found.done).toBe(false);
  expect(found.leftAlone.map(({ name }) => name)).toEqual(['Guests']);
  expect(await enabled()).toEqual(ALL);
  expect(Report.parse(await cli.json(['homey', 'migrate', '--yes'])).done).toBe(true);
  expect(await enabled()).toEqual(['Guests', 'Unrelated']);
  await cli.json(['homey', 'migrate', '--undo']);
  expect(await enabled()).toEqual(ALL);
});
