import { describe, expect, test } from 'vitest';
import type { Flow, UsedCard } from '../../cli/homey/flows.js';
import { survey } from '../../cli/homey/migrate/survey.js';

const variables = [
  { id: 'v-command', name: 'thermia_hotwater_command' },
  { id: 'v-tank', name: 'thermia_temp_hot_water' },
  { id: 'v-other', name: 'something_else' },
];
const script = (name: string, more: object = {}): UsedCard => ({
  id: 'homey:app:com.athom.homeyscript:run',
  args: { script: { id: name, name } },
  group: 'then',
  ...more,
});
const command = (value: string, variable = 'v-command'): UsedCard => ({
  id: 'homey:manager:logic:variable_set_string',
  args: { variable: { id: variable, name: 'whatever' }, value },
});
const withArgument = (argument: string): UsedCard => ({
  id: 'homey:app:com.athom.homeyscript:runWithArg',
  args: { script: { id: 'thermia_hotwater.js', name: 'thermia_hotwater.js' }, argument },
});
const at = (time: string): UsedCard => ({ id: 'homey:manager:cron:time_exactly', args: { time } });
const every: UsedCard = { id: 'homey:manager:cron:every_nth', args: { n: 10, type: 'minute' } };
const below = (comparator: unknown, droptoken = 'homey:manager:logic|v-tank'): UsedCard => ({
  id: 'homey:manager:logic:lt',
  args: { comparator },
  droptoken,
});
const between: UsedCard = { id: 'homey:manager:cron:time_between', args: { time1: '06:01', time2: '21:59' } };
const flow = (id: string, trigger: UsedCard, actions: UsedCard[], conditions: UsedCard[] = []): Flow => ({
  id,
  name: id,
  enabled: true,
  trigger,
  actions,
  conditions,
});

const off = flow('off', at('06:00'), [command('off'), script('thermia_hotwater')]);
const on = flow('on', at('22:00'), [withArgument('on')]);
const rescue = flow('rescue', every, [command('on'), script('thermia_hotwater')], [between, below('50')]);
const reads = flow('reads', every, [
  script('thermia_read_temperatures', { delay: { number: '0', multiplier: 1 } }),
]);

test('the set-up as it was published becomes one plan', () => {
  const { replaced, leftAlone, settings, variables: found } = survey(variables, [reads, off, on, rescue], []);
  expect(leftAlone).toEqual([]);
  expect(replaced.map(({ id, does }) => [id, does])).toEqual([
    ['reads', 'reads the heat pump'],
    ['off', 'hot water off at 06:00'],
    ['on', 'hot water on at 22:00'],
    ['rescue', 'hot water on below 50 °C'],
  ]);
  expect(settings).toEqual({
    plan_mode: 'fixed',
    plan_off_hours: '06:00-22:00',
    plan_rescue: true,
    plan_rescue_below: 50,
  });
  expect(found.map(({ name }) => name)).toEqual(['thermia_hotwater_command', 'thermia_temp_hot_water']);
});

describe('a Flow that is not understood is left alone and named', () => {
  test.each<[string, Flow, RegExp]>([
    [
      'does more',
      flow('x', at('06:00'), [withArgument('off'), { id: 'homey:device:lamp:on' }]),
      /something else as well/,
    ],
    [
      'sets another variable',
      flow('x', at('06:00'), [command('off', 'v-other'), script('thermia_hotwater')]),
      /another variable/,
    ],
    ['two commands', flow('x', at('06:00'), [withArgument('off'), withArgument('on')]), /several commands/],
    [
      'no command in it',
      flow('x', at('06:00'), [script('thermia_hotwater')]),
      /command that it sends is not in it/,
    ],
    ['a strange command', flow('x', at('06:00'), [withArgument('boost')]), /command "boost"/],
    [
      'a button',
      flow('x', { id: 'homey:device:button:pressed' }, [withArgument('on')]),
      /something else than the time/,
    ],
    ['off every so often', flow('x', every, [withArgument('off')]), /off every so often/],
    ['on every so often', flow('x', every, [withArgument('on')]), /whatever the temperature/],
    [
      'another temperature',
      flow('x', every, [withArgument('on')], [below(50, 'homey:device:room|measure_temperature')]),
      /compares something else/,
    ],
    [
      'a temperature in a tag',
      flow('x', every, [withArgument('on')], [below('[[v-tank]]')]),
      /not one number/,
    ],
    ['out of the range of the plan', flow('x', every, [withArgument('on')], [below(20)]), /30 to 60/],
    [
      'another condition',
      flow('x', every, [withArgument('on')], [{ id: 'homey:manager:presence:anyone_home' }]),
      /not part of the set-up/,
    ],
    [
      'a condition turned round',
      flow('x', every, [withArgument('on')], [{ ...below(50), inverted: true }]),
      /turned round/,
    ],
    [
      'on a condition at a time',
      flow('x', at('06:00'), [withArgument('off')], [between]),
      /only under a condition/,
    ],
    [
      'a script as condition',
      flow('x', at('06:00'), [withArgument('off')], [script('thermia_hotwater')]),
      /whether to go on/,
    ],
    [
      'an action that waits',
      flow('x', at('06:00'), [{ ...withArgument('off'), delay: { number: '30', multiplier: 60 } }]),
      /waits, or lasts/,
    ],
    [
      'an action that lasts',
      flow('x', at('06:00'), [{ ...withArgument('off'), duration: { number: 2, multiplier: 3600 } }]),
      /waits, or lasts/,
    ],
    [
      'a rescue in some of the hours',
      flow(
        'x',
        every,
        [withArgument('on')],
        [{ ...between, args: { time1: '10:00', time2: '14:00' } }, below(50)],
      ),
      /from 10:00 to 14:00, and the plan would in all of 06:00-22:00/,
    ],
    [
      'a rescue in hours that cannot be read',
      flow('x', every, [withArgument('on')], [{ ...between, args: { time1: '[[start]]' } }, below(50)]),
      /not one stretch/,
    ],
    [
      'one condition or another',
      flow(
        'x',
        every,
        [withArgument('on')],
        [
          { ...between, group: 'group1' },
          { ...below(50), group: 'group2' },
        ],
      ),
      /one of several conditions is enough/,
    ],
    [
      'reads, and sets a command',
      flow('x', every, [command('on'), script('thermia_read_temperatures')]),
      /reads and switches in one/,
    ],
    [
      'a command after the script',
      flow('x', at('06:00'), [script('thermia_hotwater'), command('off')]),
      /has run already/,
    ],
    ['a secret as command', flow('x', at('06:00'), [withArgument('password=Kp-77')]), /command some text$/],
    ['an else', flow('x', at('06:00'), [{ ...withArgument('off'), group: 'else' }]), /one thing or another/],
  ])('%s', (_name, strange, why) => {
    const { replaced, leftAlone } = survey(variables, [off, on, rescue, strange], []);
    expect(leftAlone).toEqual([{ id: 'x', name: 'x', why: expect.stringMatching(why) as string }]);
    expect(replaced.map(({ id }) => id)).toEqual(['off', 'on', 'rescue']);
  });

  test('a rescue without a time of off, and times that do not take turns', () => {
    expect(survey(variables, [rescue], []).leftAlone.map(({ id }) => id)).toEqual(['rescue']);
    const { replaced, leftAlone, settings } = survey(variables, [off, rescue], []);
    expect(replaced).toEqual([]);
    expect(settings).toEqual({});
    expect(leftAlone.map(({ id }) => id)).toEqual(['off', 'rescue']);
  });

  test('one that only uses a variable, and an Advanced Flow', () => {
    const shows = flow('shows', every, [
      { id: 'homey:manager:x', args: { text: '[[homey:manager:logic|v-tank]]' } },
    ]);
    const advanced = { id: 'a', name: 'a', enabled: true, cards: { one: withArgument('on') } };
    const { leftAlone } = survey(variables, [shows], [advanced]);
    expect(leftAlone.map(({ id, why }) => [id, why])).toEqual([
      ['shows', expect.stringContaining('measure_temperature')],
      ['a', expect.stringContaining('Advanced Flow')],
    ]);
  });
});

test('other Flows, other scripts and Flows that are off do not matter', () => {
  const other = flow('other', at('06:00'), [script('lights')]);
  const asleep = { ...off, enabled: false };
  expect(survey([], [other, asleep], [])).toEqual({
    variables: [],
    replaced: [],
    leftAlone: [],
    settings: {},
    warnings: [],
  });
});

describe('reading goes on', () => {
  const guests = flow('guests', at('18:00'), [withArgument('on'), { id: 'homey:device:lamp:on' }]);
  const tag = { text: '[[homey:manager:logic|v-tank]]' };
  const copies = flow('copies', every, [{ id: 'homey:manager:logic:variable_set_number', args: tag }]);
  const code = flow('code', every, [
    { id: 'homey:app:com.athom.homeyscript:runCode', args: { code: 'get("thermia_temp_hot_water")' } },
  ]);
  const advanced = {
    id: 'advanced',
    name: 'advanced',
    enabled: true,
    cards: { one: { id: 'x', args: tag } },
  };
  const narrow = flow(
    'narrow',
    every,
    [withArgument('on')],
    [{ ...between, args: { time1: '10:00', time2: '14:00' } }, below(50)],
  );

  test.each<[string, Flow[], (typeof advanced)[]]>([
    ['guests', [guests], []],
    ['copies', [copies], []],
    ['code', [code], []],
    ['advanced', [], [advanced]],
    ['narrow', [narrow], []],
  ])('while %s is left alone', (name, others, advancedOnes) => {
    const found = survey(variables, [reads, off, on, ...others], advancedOnes);
    expect(found.replaced.map(({ id }) => id)).toEqual(['off', 'on']);
    expect(found.leftAlone.map(({ id }) => id)).toEqual([name, 'reads']);
    expect(found.leftAlone.at(-1)?.why).toContain(`"${name}"`);
    expect(found.warnings).toEqual([expect.stringContaining(`"reads": "${name}"`)]);
  });

  test('no longer, once those are switched off', () => {
    const { replaced, warnings } = survey(variables, [reads, off, on, { ...guests, enabled: false }], []);
    expect(replaced.map(({ id }) => id)).toEqual(['reads', 'off', 'on']);
    expect(warnings).toEqual([]);
  });

  test('and the token is to be kept as long', () => {
    const token = { id: 'v-token', name: 'thermia_refresh_token' };
    const said = (flows: Flow[]): string => survey([token], flows, []).variables[0]?.replacedBy ?? '';
    expect(said([reads])).toContain('delete it yourself');
    expect(said([reads, guests])).toContain('when no Flow runs the scripts any more');
  });
});
