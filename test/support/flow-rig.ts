import { z } from 'zod';
import { call, type ClientDevice, type HomeyClient } from '../../sandbox/client.js';
import { devicesOf, eventually, type RunningSandbox } from './sandbox.js';
import { ask } from './simulator.js';

const Choices = z.array(z.looseObject({ id: z.string(), name: z.string() }));
const Notifications = z.record(z.string(), z.looseObject({ id: z.string(), excerpt: z.string() }));
const Register = z.looseObject({ value: z.number().nullable() });
const Result = z.looseObject({ result: z.boolean() });
const Session = z.looseObject({ id: z.string() });

const DRIVER = 'homey:app:com.thermia.online:heat-pump';
const NOTIFY = 'homey:manager:notifications:create_notification';
/** Marks what a Flow of these tests put on the timeline. */
const MARK = '§';

export type Args = Readonly<Record<string, unknown>>;
export type CardKind = 'trigger' | 'condition' | 'action';

/** One heat pump as a device of the Homey, and the simulated pump behind it. */
export interface FlowRig {
  readonly running: RunningSandbox;
  readonly client: HomeyClient;
  readonly pumpId: number;
  readonly device: () => Promise<ClientDevice>;
  /** Asks the simulator about this pump; `path` follows `/pumps/<id>`. */
  readonly pump: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly set: (values: Readonly<Record<string, number>>) => Promise<void>;
  readonly held: (register: string) => Promise<number | null>;
  readonly readNow: () => Promise<void>;
  readonly act: (card: string, args?: Args) => Promise<void>;
  readonly check: (card: string, args?: Args) => Promise<boolean>;
  /** Takes one line from the list that a card's argument offers. */
  readonly pick: (kind: CardKind, card: string, argument: string, id: string) => Promise<Args>;
  /** Signs in again the way the repair views do. */
  readonly repair: (event: 'login' | 'token', data: unknown) => Promise<void>;
  /** A Flow that puts the card's id and these of its tags on the timeline. */
  readonly watch: (card: string, args: Args, tags: readonly string[]) => Promise<void>;
}

export const flowRig = (
  running: RunningSandbox,
  client: HomeyClient,
  pumpId: number,
  deviceId: string,
): FlowRig => {
  const full = (card: string): string => `homey:device:${deviceId}:${card}`;
  const pump = (method: string, path: string, body?: unknown): Promise<unknown> =>
    ask(running, `/pumps/${pumpId}${path}`, { method, body });
  const act = async (card: string, args: Args = {}): Promise<void> => {
    await call(client, 'flow', 'runFlowCardAction', { id: full(card), args });
  };
  return {
    running,
    client,
    pumpId,
    device: () => client.devices.getDevice({ id: deviceId, $cache: false }),
    pump,
    set: async (values) => {
      for (const [name, value] of Object.entries(values)) await pump('PUT', `/registers/${name}`, { value });
    },
    held: async (name) => Register.parse(await pump('GET', `/registers/${name}`)).value,
    readNow: () => act('read_now'),
    act,
    check: async (card, args = {}) =>
      Result.parse(await call(client, 'flow', 'runFlowCardCondition', { id: full(card), args })).result,
    pick: async (kind, card, name, id) => {
      const query = { type: `flowcard${kind}`, id: full(card), name, query: '', args: {} };
      const found = Choices.parse(await call(client, 'flow', 'getFlowCardAutocomplete', query));
      const choice = found.find((one) => one.id === id);
      if (choice === undefined) throw new Error(`${card} does not offer ${id}.`);
      return choice;
    },
    repair: async (event, data) => {
      const drivers = (operation: string, args: Args): Promise<unknown> =>
        call(client, 'drivers', operation, args);
      const { id } = Session.parse(
        await drivers('createPairSession', { pairsession: { type: 'repair', driverId: DRIVER, deviceId } }),
      );
      try {
        await drivers('emitPairingEvent', { id, event, data });
      } finally {
        await drivers('deletePairSession', { id });
      }
    },
    watch: async (card, args, tags) => {
      const text = [`${MARK}${card}`, ...tags.map((tag) => `[[${tag}]]`)].join('|');
      const flow = {
        name: `${card} of ${pumpId}`,
        trigger: { id: full(card), args },
        actions: [{ id: NOTIFY, args: { text } }],
      };
      await call(client, 'flow', 'createFlow', { flow });
    },
  };
};

/** The rigs of all pumps, in the order of the ids. */
export const flowRigs = async (running: RunningSandbox, pumpIds: readonly number[]): Promise<FlowRig[]> => {
  const client = await running.client();
  const devices = await eventually(
    () => devicesOf(client),
    (all) => all.length === pumpIds.length && all.every((one) => one.settings['installation'] !== ''),
  );
  return pumpIds.map((pumpId) => {
    const device = devices.find((one) => one.settings['installation'] === String(pumpId));
    if (device === undefined) throw new Error(`Pump ${pumpId} is not there.`);
    return flowRig(running, client, pumpId, device.id);
  });
};

/** Looks at the timeline for what Flows have put there since the last look. */
export class Timeline {
  readonly #seen = new Set<string>();
  readonly #client: HomeyClient;
  constructor(client: HomeyClient) {
    this.#client = client;
  }

  async all(): Promise<readonly { readonly id: string; readonly excerpt: string }[]> {
    const found = await call(this.#client, 'notifications', 'getNotifications', { $cache: false });
    return Object.values(Notifications.parse(found));
  }

  /** What Flows told since the last call, sorted; waits until at least so many have. */
  async told(atLeast: number, withinMs = 8000): Promise<string[]> {
    const fresh = await eventually(
      async () =>
        (await this.all()).filter(({ id, excerpt }) => excerpt.startsWith(MARK) && !this.#seen.has(id)),
      (found) => found.length >= atLeast,
      withinMs,
    );
    for (const { id } of fresh) this.#seen.add(id);
    return fresh.map(({ excerpt }) => excerpt.slice(MARK.length)).toSorted();
  }

  /** What the app itself put on the timeline. */
  async ofApp(): Promise<string[]> {
    return (await this.all()).map(({ excerpt }) => excerpt).filter((excerpt) => !excerpt.startsWith(MARK));
  }
}
