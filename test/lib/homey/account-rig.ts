import type { Lease } from '../../../lib/homey/accounts.js';
import { createSharedCredentials } from '../../../lib/homey/credential-store.js';
import { initialCapabilities } from '../../../lib/homey/plan.js';
import { startPump, type Pump } from '../../../lib/homey/pump-device.js';
import type { Texts } from '../../../lib/homey/texts.js';
import { createAccount } from '../../../lib/thermia/account/index.js';
import type { Account } from '../../../lib/thermia/account/types.js';
import { ThermiaError, type ErrorKind } from '../../../lib/thermia/errors.js';
import type { Control, ReadingValues } from '../../../lib/thermia/pump/model.js';
import type { PumpSource, Topic, TopicReport } from '../../../lib/thermia/source.js';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.js';
import { FakeDevice } from './fake-device.js';
import { FakeOnline } from './fake-online.js';
import {
  hotWater,
  manifest,
  noPrices,
  NOON,
  PUMP,
  readings,
  silent,
  snapshot,
  target,
  texts,
} from './fakes.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The pump and the service as they really are. */
class World {
  hot = true;
  heat = 20;
  online = true;
  alarms: readonly string[] = [];
  /** The pump takes what the service accepts. */
  obeys = true;
  /** What fails, and how: `list`, `read`, `topic hot_water`, `write hot_water`. */
  fails: (what: string) => ErrorKind | null = () => null;
  readonly asked: string[] = [];
}

/** How something ended: `done`, or what it says. */
export const said = (running: Promise<unknown>): Promise<string> =>
  running.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

interface Beginning {
  readonly minutes?: number;
  /** The connection was lost when the app last ran, and still is. */
  readonly broken?: { readonly since: number; readonly by: ErrorKind } | null;
  readonly words?: Texts;
}

/** A pump of a real account with a source of its own, and its device. */
export class AccountRig {
  readonly clock: VirtualClock = createVirtualClock(NOON);
  readonly world = new World();
  readonly account: Account;
  readonly online = new FakeOnline();
  readonly device: FakeDevice;
  readonly fired: string[] = [];
  pump: Pump;

  constructor({ minutes = 3, broken = null, words = texts }: Beginning = {}) {
    if (broken !== null) this.world.fails = () => broken.by;
    this.account = createAccount({
      source: this.#source(),
      clock: this.clock,
      random: () => 0.5,
      logger: silent,
    });
    this.account.setInterval(minutes);
    this.device = new FakeDevice(
      initialCapabilities(
        snapshot(
          { hot_water: true, heating_target: 20, alarms: 0, alarm_texts: [], 'temperature.outdoor': 3 },
          [hotWater(true), target(20, 10, 30)],
        ),
      ),
    );
    if (broken !== null) {
      this.device.store.set('episode.connection', { broken: true, since: broken.since });
    }
    this.online.become({ state: 'signed_in' });
    this.pump = this.start(words);
  }

  start(words: Texts = texts): Pump {
    const lease: Lease = {
      key: 'key',
      online: this.online,
      account: this.account,
      credentials: createSharedCredentials(),
      setInterval: (minutes) => this.account.setInterval(minutes),
      release: () => Promise.resolve(),
    };
    this.pump = startPump({
      device: this.device,
      pumpId: PUMP,
      lease,
      manifest,
      texts: words,
      clock: this.clock,
      logger: silent,
      prices: noPrices,
      notify: () => Promise.resolve(),
      fire: (card, tokens) => void this.fired.push([card, ...Object.values(tokens)].join(' ')),
    });
    return this.pump;
  }

  async stop(): Promise<void> {
    this.pump.stop();
    await this.account.stop();
  }

  /** How something ends that takes some time. */
  async outcome(running: Promise<unknown>, withinMs = 2 * MINUTE): Promise<string> {
    const ended = said(running);
    await this.clock.advance(withinMs);
    return ended;
  }

  #ask(what: string): void {
    this.world.asked.push(what);
    const kind = this.world.fails(what);
    if (kind !== null) throw new ThermiaError(kind, what);
  }

  #topic(topic: Topic): TopicReport {
    const { hot, heat, alarms, fails } = this.world;
    const at = this.clock.now();
    const kind = fails(`topic ${topic}`);
    if (kind !== null) return { topic, ok: false, error: new ThermiaError(kind, topic) };
    const report = (
      values: { readonly [K in keyof ReadingValues]?: ReadingValues[K] },
      controls: readonly Control[] = [],
    ): TopicReport => ({
      topic,
      ok: true,
      readings: readings(values, at),
      controls: controls.map((control) => ({ ...control, at })),
      unknown: new Map(),
      empty: Object.keys(values).length === 0 && topic !== 'profile',
    });
    switch (topic) {
      case 'doing':
        return report({ activity: 'idle', activities: ['idle'] });
      case 'temperatures':
        return report({ 'temperature.outdoor': 5, 'temperature.hot_water': 50 });
      case 'hot_water':
        return report({ hot_water: hot }, [hotWater(hot)]);
      case 'status':
        return report({ heating_target: heat }, [target(heat, 10, 30)]);
      case 'alarms':
        return report({ alarms: alarms.length, alarm_texts: alarms });
      default:
        return report({});
    }
  }

  #source(): PumpSource {
    return {
      list: async () => {
        await Promise.resolve();
        this.#ask('list');
        const { online, alarms } = this.world;
        const { identity } = snapshot({});
        return [{ identity, online, lastOnline: this.clock.now(), alarms: alarms.length }];
      },
      read: async (_, topics) => {
        await Promise.resolve();
        this.#ask('read');
        for (const topic of topics) this.world.asked.push(`topic ${topic}`);
        return { at: this.clock.now(), topics: topics.map((topic) => this.#topic(topic)) };
      },
      write: async (_, control, value) => {
        await Promise.resolve();
        this.#ask(`write ${control}`);
        if (!this.world.obeys) return;
        if (control === 'hot_water') this.world.hot = value === true;
        else this.world.heat = Number(value);
      },
      forget: () => undefined,
    };
  }
}
