import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../../sandbox/client.js';
import { flowRigs, Timeline, type FlowRig } from '../support/flow-rig.js';
import { eventually, Sandboxes } from '../support/sandbox.js';
import { ask } from '../support/simulator.js';
import { manifest } from '../support/swedish.js';
import { PLAIN_PUMP, stillPumps, WHOLE_PUMP } from '../support/whole-pump.js';
import { ACTIONS } from './tables/actions.js';
import { CONDITIONS } from './tables/conditions.js';
import { set } from './tables/rows.js';
import { SYSTEM_ACTIONS, SYSTEM_CONDITIONS, SYSTEM_TRIGGERS } from './tables/system-cards.js';
import { TRIGGERS } from './tables/triggers.js';

type SwitchCards = Readonly<
  Record<
    'triggers' | 'conditions' | 'actions',
    readonly { readonly id: string; readonly $filter?: object | string }[]
  >
>;
const { Capability } = createRequire(import.meta.url)('homey-lib') as {
  Capability: { getCapabilities(): { readonly onoff: { readonly $flow: SwitchCards } } };
};

const Runs = z.array(z.looseObject({ name: z.string(), outcome: z.string(), errors: z.array(z.string()) }));

const sandboxes = new Sandboxes();
let whole: FlowRig;
let plain: FlowRig;

beforeAll(async () => {
  const files = stillPumps(sandboxes.folder()).flatMap((file) => ['--capture', file]);
  // In Swedish, so that a sentence that was never translated shows; somewhat faster than life, as cards wait a minute.
  const running = await sandboxes.start([...files, '--language', 'sv', '--speed', '10']);
  await ask(running, '/behaviour', { method: 'PUT', body: { writeLatencyMs: 1000 } });
  const rigs = await flowRigs(running, [WHOLE_PUMP, PLAIN_PUMP]);
  [whole, plain] = [rigs[0]!, rigs[1]!];
  const { id } = await whole.device();
  await call(whole.client, 'devices', 'setDeviceSettings', { id, settings: { expert: true } });
  // A step of the auxiliary heater appears with the first time that it is on.
  await whole.set({ COMP_POWER_STATUS: 31 });
  await whole.readNow();
  await eventually(
    async () => (await whole.device()).capabilities,
    (ids) => ids.includes('aux_heater_step.15kw') && ids.includes('measure_integral'),
  );
  await whole.set({ COMP_POWER_STATUS: 0 });
  await whole.readNow();
});
afterAll(() => sandboxes.cleanUp());

const outcome = async (running: Promise<unknown>): Promise<string> => {
  try {
    await running;
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the cards of the manifest and the rows of these tests', () => {
  it.each([
    ['triggers', TRIGGERS],
    ['conditions', CONDITIONS],
    ['actions', ACTIONS],
  ] as const)('are the same %s', (kind, rows) => {
    expect(manifest.flow[kind].map(({ id }) => id).toSorted()).toEqual(Object.keys(rows).toSorted());
  });

  it.each([
    ['triggers', SYSTEM_TRIGGERS],
    ['conditions', SYSTEM_CONDITIONS],
    ['actions', SYSTEM_ACTIONS],
  ] as const)('are the same %s that a Homey has for a switch', (kind, rows) => {
    const theirs = Capability.getCapabilities().onoff.$flow[kind].filter(
      (card) => card.$filter === undefined,
    );
    expect(theirs.map(({ id }) => id).toSorted()).toEqual(Object.keys(rows).toSorted());
  });
});

describe('conditions', () => {
  it.each(Object.entries({ ...CONDITIONS, ...SYSTEM_CONDITIONS }))(
    '%s: yes and no',
    async (card, { args, yes, no }) => {
      await yes(whole);
      const given = await args(whole);
      const becomes = (wanted: boolean): Promise<boolean> =>
        eventually(
          () => whole.check(card, given),
          (answer) => answer === wanted,
        );
      expect(await becomes(true)).toBe(true);
      await no(whole);
      expect(await becomes(false)).toBe(false);
      await yes(whole);
      expect(await becomes(true)).toBe(true);
    },
  );

  const failing = Object.entries(CONDITIONS).flatMap(([card, { args, no, fails }]) =>
    fails === null ? [] : [{ card, args, no, ...fails }],
  );
  it.each(failing)('$card: cannot say without $without', async ({ card, args, no, without, says }) => {
    const given = await args(whole);
    await whole.pump('DELETE', `/registers/${without}`);
    await whole.readNow();
    expect(await outcome(whole.check(card, given))).toBe(says);
    await whole.pump('POST', '/restore', { name: without });
    await no(whole);
    expect(await whole.check(card, given)).toBe(false);
  });
});

describe.each(Object.entries({ ...ACTIONS, ...SYSTEM_ACTIONS }))(
  'the action %s',
  (card, { args, before, after, fails }) => {
    const given = (pump: FlowRig) => args?.(pump) ?? Promise.resolve({});
    const held = async () =>
      Object.fromEntries(
        await Promise.all(Object.keys(after).map(async (name) => [name, await whole.held(name)])),
      ) as unknown;

    it('does it at the pump', async () => {
      await whole.set(before);
      await whole.readNow();
      expect(await outcome(whole.act(card, await given(whole)))).toBe('done');
      expect(await held()).toEqual(after);
    });

    describe('fails', () => {
      let end: (() => Promise<unknown>) | undefined;
      afterEach(async () => {
        await end?.();
        end = undefined;
      });

      it.each(fails)('when $because', async ({ trouble, args: own, says }) => {
        await whole.set(before);
        await whole.readNow();
        const wanted = await (own ?? given)(whole);
        end = await trouble?.(whole);
        expect(await outcome(whole.act(card, wanted))).toBe(says);
        await end?.();
        end = undefined;
        expect(await held()).toEqual(before);
      });
    });
  },
);

let timeline: Timeline;

describe('triggers', () => {
  beforeAll(async () => {
    timeline = new Timeline(whole.client);
    // The values with which the rows of the table begin.
    await whole.set({
      REG_OPERATIONMODE: 1,
      REG__HOT_WATER_BOOST: 0,
      REG_ACTIVATE_COOLING: 0,
      REG_SUPPLY_LINE: 20,
      REG_DESIRED_INDOOR_TEMPERATURE: 20,
      COMP_STATUS: 32,
    });
    await whole.readNow();
    await eventually(
      async () => (await whole.device()).capabilitiesObj['measure_temperature.supply']?.value,
      (value) => value === 20,
    );
    for (const [card, { pump, args, tags = [] }] of Object.entries(TRIGGERS)) {
      const rig = pump === 'plain' ? plain : whole;
      await rig.watch(card, (await args?.(rig)) ?? {}, tags);
    }
  });

  it.each(Object.entries(TRIGGERS))('%s: once, and nothing else', async (card, row) => {
    const { pump, near, cause, tells = [], also = [] } = row;
    const rig = pump === 'plain' ? plain : whole;
    if (near !== undefined) {
      await near.cause(rig);
      expect(await timeline.told(near.others.length)).toEqual(near.others.toSorted());
    }
    await cause(rig);
    const expected = [[card, ...tells].join('|'), ...also];
    expect(await timeline.told(expected.length)).toEqual(expected.toSorted());
  });

  it('has started no Flow that failed, and none too late to be noticed', async () => {
    await whole.readNow();
    await plain.readNow();
    expect(await timeline.told(0)).toEqual([]);
    const runs = Runs.parse(await (await fetch(`${whole.running.homey.address}/__sandbox/runs`)).json());
    expect(runs.filter((run) => run.outcome !== 'done')).toEqual([]);
  });
});

describe('triggers of the hot water switch', () => {
  beforeAll(async () => {
    await set({ REG_HOT_WATER_STATUS: 1 })(whole);
    // Only now: what comes before switches hot water for other reasons.
    for (const card of Object.keys(SYSTEM_TRIGGERS)) await whole.watch(card, {}, []);
  });

  it.each(Object.entries(SYSTEM_TRIGGERS))('%s: once, and nothing else', async (card, { cause }) => {
    await cause(whole);
    expect(await timeline.told(1)).toEqual([card]);
    await whole.readNow();
    expect(await timeline.told(0)).toEqual([]);
  });
});
