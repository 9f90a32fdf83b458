import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSandboxClock } from '../../../sandbox/clock.js';
import { APP, list, startRig, type Rig } from './rig.js';

let rig: Rig;
let device: string;
beforeAll(async () => {
  rig = await startRig();
  await rig.pair(1);
  device = `homey:device:${(await rig.device()).id}`;
});
afterAll(() => rig.close());

interface Card {
  readonly id: string;
  readonly title: string;
  readonly args: { readonly name: string }[] | null;
}
const cards = async (kind: string): Promise<Card[]> => list(await rig.run('flow', `getFlowCard${kind}s`));
const action = (id: string, args: object = {}, more: object = {}): Promise<unknown> =>
  rig.run('flow', 'runFlowCardAction', { id, args, ...more });
const condition = async (id: string, args: object = {}, more: object = {}): Promise<unknown> =>
  ((await rig.run('flow', 'runFlowCardCondition', { id, args, ...more })) as { result: unknown }).result;
const value = async (capability: string): Promise<unknown> =>
  (await rig.device()).capabilitiesObj[capability]?.value;
const outdoor = (to: number): Promise<unknown> =>
  rig.make('device', { method: 'setCapabilityValue', args: ['measure_temperature.outdoor', to] });

describe('cards', () => {
  test('come from the manifest, once per device, without the device as an argument', async () => {
    const found = (await cards('Action')).find(({ id }) => id === `${device}:set_outdoor`);
    expect(found?.args?.map(({ name }) => name)).toEqual(['value']);
    expect((await cards('Trigger')).map(({ id }) => id)).toContain(`homey:app:${APP}:something_happened`);
  });

  test('come with a system capability, and not with a sub-capability or an own one', async () => {
    const ids = (await cards('Trigger')).map(({ id }) => id);
    expect(ids).toContain(`${device}:onoff_true`);
    expect(ids).toContain(`${device}:measure_temperature_changed`);
    expect(ids).not.toContain(`${device}:pump_active_false`);
    const actions = (await cards('Action')).map(({ id }) => id);
    expect(actions).toEqual(expect.arrayContaining([`${device}:on`, `${device}:off`, `${device}:toggle`]));
    expect(actions).not.toContain(`${device}:open`);
  });

  test('run: on, off, toggle, is on, set', async () => {
    await action(`${device}:on`);
    expect(await condition(`${device}:on`)).toBe(true);
    await action(`${device}:toggle`);
    expect(await value('onoff')).toBe(false);
    await action(`${device}:target_temperature_set`, { target_temperature: 22 });
    expect(await value('target_temperature')).toBe(22);
    await action(`${device}:set_outdoor`, { value: -4 });
    expect(await value('measure_temperature.outdoor')).toBe(-4);
    await rig.run('devices', 'setCapabilityValue', {
      deviceId: device.slice(13),
      capabilityId: 'tank_mode',
      value: 'eco',
    });
    expect(await condition(`${device}:is_mode`, { mode: 'eco' })).toBe(true);
    expect(await condition(`${device}:is_mode`, { mode: 'fast' })).toBe(false);
  });

  test.each([
    ['set_outdoor', {}, 'Missing Argument: value'],
    ['set_outdoor', { value: 99 }, /Invalid value for argument value/],
    ['set_outdoor', { value: 'warm' }, /Expected: number/],
    ['set_outdoor', { value: 1, other: 2 }, 'Invalid Argument: other'],
    ['target_temperature_set', { target_temperature: 40 }, /out_of_range/],
    ['no_such', {}, /Not Found: FlowCardAction with ID/],
  ])('%s with %j is refused', async (card, args, message) => {
    await expect(action(`${device}:${card}`, args)).rejects.toThrow(message);
  });

  test('fail with the words of the app, or for want of a listener', async () => {
    await expect(action(`homey:app:${APP}:say`, { text: 'fail' })).rejects.toThrow('I will not say that');
    await expect(action(`homey:app:${APP}:nobody_listens`)).rejects.toThrow(
      'Missing Run Listener: nobody_listens',
    );
  });

  test('complete what a person types', async () => {
    const found = await rig.run('flow', 'getFlowCardAutocomplete', {
      type: 'flowcardtrigger',
      id: `${device}:became_warmer`,
      name: 'sensor',
      query: 'out',
      args: {},
    });
    expect(found).toEqual([{ id: 'measure_temperature.outdoor', name: 'measure_temperature.outdoor' }]);
  });
});

describe('triggers of the app', () => {
  test.each([
    [{}, 'Invalid value for token what. Expected string but got undefined'],
    [{ what: null }, 'Invalid value for token what. Expected string but got null'],
    [{ what: 3 }, /Expected string but got number/],
    [{ what: 'x', more: 1 }, /Invalid Token: more/],
  ])('with the tokens %j are refused', async (tokens, message) => {
    await expect(rig.make('trigger', { tokens })).rejects.toThrow(message);
  });
});

describe('Flows', () => {
  let said: () => Promise<unknown>;
  beforeEach(async () => {
    for (const { id } of list<{ id: string }>(await rig.run('flow', 'getFlows'))) {
      await rig.run('flow', 'deleteFlow', { id });
    }
    await rig.run('apps', 'setAppSetting', { id: APP, name: 'said', value: '' });
    said = () => rig.run('apps', 'getAppSetting', { id: APP, name: 'said' });
  });
  const create = async (flow: object): Promise<{ id: string; triggerable: boolean }> =>
    (await rig.run('flow', 'createFlow', { flow: { name: 'Test', ...flow } })) as {
      id: string;
      triggerable: boolean;
    };
  const say = (text: string, more: object = {}): object => ({
    id: `homey:app:${APP}:say`,
    args: { text },
    group: 'then',
    ...more,
  });

  test('start when a value changes, and only then', async () => {
    await outdoor(1);
    await create({
      trigger: { id: `${device}:measure_temperature.outdoor_changed` },
      actions: [
        say(
          'now [[measure_temperature.outdoor]] and [[homey:device:X|measure_temperature]]'.replace(
            'homey:device:X',
            device,
          ),
        ),
      ],
    });
    await outdoor(1);
    expect(await said()).toBe('');
    await outdoor(2);
    await vi.waitFor(async () => expect(await said()).toMatch(/^now 2 and \d/));
  });

  test('start by a trigger of the app where its run listener agrees', async () => {
    await create({
      trigger: {
        id: `${device}:became_warmer`,
        args: { sensor: { id: 'measure_temperature', name: 'Tank' }, limit: 40 },
      },
      actions: [say('warm [[temperature]]')],
    });
    const warmer = (to: number): Promise<unknown> =>
      rig.make('warmer', {
        tokens: { temperature: to },
        state: { sensor: 'measure_temperature', value: to },
      });
    await warmer(39);
    await warmer(41);
    await vi.waitFor(async () => expect(await said()).toBe('warm 41'));
  });

  test('take the other way where the conditions are not met', async () => {
    const flow = await create({
      trigger: { id: 'homey:manager:flow:programmatic_trigger' },
      conditions: [
        { id: `${device}:on`, group: 'group1', inverted: true },
        {
          id: 'homey:manager:logic:gt',
          droptoken: `${device}|measure_temperature`,
          args: { comparator: 30 },
        },
      ],
      actions: [say('yes'), say('no', { group: 'else' })],
    });
    await action(`${device}:off`);
    await rig.run('flow', 'triggerFlow', { id: flow.id });
    expect(await said()).toBe('yes');
    await action(`${device}:on`);
    await rig.run('flow', 'triggerFlow', { id: flow.id });
    expect(await said()).toBe('no');
  });

  test('that wait for a tag of their trigger cannot be started by hand', async () => {
    const flow = await create({
      trigger: { id: `homey:app:${APP}:something_happened` },
      actions: [say('[[what]]')],
    });
    expect(flow.triggerable).toBe(false);
    await expect(rig.run('flow', 'triggerFlow', { id: flow.id })).rejects.toThrow(/not triggerable/);
    await rig.make('trigger', { tokens: { what: 'a knock' } });
    await vi.waitFor(async () => expect(await said()).toBe('a knock'));
  });

  test('write variables and the timeline, and a variable starts another', async () => {
    const { id } = (await rig.run('logic', 'createVariable', {
      variable: { name: 'level', type: 'number', value: 1 },
    })) as { id: string };
    const variable = { id, name: 'level' };
    await create({
      trigger: { id: 'homey:manager:logic:variable_changed', args: { variable } },
      actions: [
        {
          id: 'homey:manager:notifications:create_notification',
          args: { text: `[[homey:manager:logic|${id}]]` },
        },
      ],
    });
    await action('homey:manager:logic:variable_set_number', { variable, value: 7 });
    await vi.waitFor(async () =>
      expect(list(await rig.run('notifications', 'getNotifications'))).toMatchObject([{ excerpt: '7' }]),
    );
  });

  test('that name an unknown card or a wrong argument are not kept', async () => {
    const trigger = { id: `homey:app:${APP}:something_happened` };
    await expect(create({ trigger: { id: 'homey:manager:none:x' } })).rejects.toThrow(/Not Found/);
    await expect(create({ trigger, actions: [{ id: `${device}:set_outdoor`, args: {} }] })).rejects.toThrow(
      'Missing Argument: value',
    );
    await expect(create({ trigger, colour: 'red' })).rejects.toThrow(/Invalid Flow/);
    expect(list(await rig.run('flow', 'getFlows'))).toEqual([]);
  });

  test('tell what they did and what failed', async () => {
    const flow = await create({
      trigger: { id: 'homey:manager:flow:programmatic_trigger' },
      actions: [say('fail'), say('still')],
    });
    await rig.run('flow', 'triggerFlow', { id: flow.id });
    const runs = (await (await fetch(`${rig.host.address}/__sandbox/runs`)).json()) as object[];
    expect(runs.at(-1)).toMatchObject({ outcome: 'failed', errors: ['I will not say that'] });
    expect(await said()).toBe('still');
  });
});

describe('tags', () => {
  test('of capabilities, variables and the app have values', async () => {
    await rig.make('token', { value: 1.25 });
    const read = (id: string): Promise<unknown> => rig.run('flowtoken', 'getFlowTokenValue', { id });
    expect(await read(`homey:app:${APP}:price`)).toBe(1.25);
    await outdoor(-7);
    expect(await read(`${device}:measure_temperature.outdoor`)).toBe(-7);
    await expect(rig.make('token', { value: 1 })).rejects.toThrow(/already exists/);
    await expect(read('homey:manager:logic:none')).rejects.toThrow(/Not Found: FlowToken/);
  });
});

test('the clock starts Flows at the local time', async () => {
  // 06:01 in Stockholm; one minute passes in a tenth of a second, and setting up takes some.
  const startAt = Date.UTC(2026, 0, 15, 5, 1);
  const morning = await startRig({ clock: createSandboxClock({ speed: 600, startAt }) });
  const say = (text: string): object => ({ id: `homey:app:${APP}:say`, args: { text } });
  for (const [name, trigger] of [
    ['exactly', { id: 'homey:manager:cron:time_exactly', args: { time: '07:00' } }],
    ['never', { id: 'homey:manager:cron:time_exactly', args: { time: '06:00' } }],
    ['often', { id: 'homey:manager:cron:every_nth', args: { n: 2, type: 'minute' } }],
  ] as const) {
    await morning.run('flow', 'createFlow', { flow: { name, trigger, actions: [say(name)] } });
  }
  const said = (word: string): string[] => morning.lines.filter((line) => line.endsWith(`said ${word}`));
  await vi.waitFor(() => expect(said('exactly')).toHaveLength(1), 15_000);
  expect(said('often').length).toBeGreaterThanOrEqual(2);
  expect(said('exactly')[0]).toMatch(/^2026-01-15T06:0\d/);
  expect(said('never')).toEqual([]);
  await morning.close();
});
