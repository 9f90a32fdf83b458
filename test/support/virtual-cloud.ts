// Loaded on demand by the client; here in advance, so that loading takes no part in virtual time.
import '../../lib/thermia/cloud/sign-in.js';
import { createThermia, type SessionState, type Thermia } from '../../lib/thermia/index.js';
import type { Json, LogFields, Logger } from '../../lib/thermia/ports.js';
import {
  startThermiaOnline,
  type ThermiaOnlineOptions,
  type ThermiaSimulator,
} from '../../sandbox/thermia-online/index.js';
import { CountingAgent, countHashing, memoryCredentials, memoryStore, Traffic } from './traffic.js';
import { createVirtualClock, type VirtualClock } from './virtual-clock.js';

/** A client and a simulated service on one virtual clock, with real sockets between them. */
export interface VirtualCloud {
  readonly clock: VirtualClock;
  readonly sim: ThermiaSimulator;
  readonly thermia: Thermia;
  readonly store: ReadonlyMap<string, Json>;
  readonly log: readonly LogLine[];
  readonly states: readonly SessionState[];
  /** Names of the requests that were sent, and when. */
  readonly sent: { readonly endpoint: string; readonly at: number }[];
  advance(ms: number): Promise<void>;
  /** Moves time from timer to timer until the promise is decided. */
  finish<T>(work: Promise<T>): Promise<T>;
  signIn(keepPassword: boolean): Promise<void>;
  /** Another client, which knows only what rests in the stores. */
  restart(): Promise<void>;
  /** Ends the client; timers that are left are for the test to see. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

interface LogLine {
  readonly at: number;
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: LogFields;
}

/** A repeatable `Math.random`. */
const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const memoryLog = (clock: VirtualClock): { readonly lines: readonly LogLine[]; readonly logger: Logger } => {
  const lines: LogLine[] = [];
  const at =
    (level: keyof Logger) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ at: clock.now(), level, message, fields });
    };
  return { lines, logger: { info: at('info'), warn: at('warn'), error: at('error') } };
};

export const startVirtualCloud = async (
  options: Omit<ThermiaOnlineOptions, 'clock' | 'random'> & { readonly seed?: number } = {},
): Promise<VirtualCloud> => {
  const { seed = 1, ...simulated } = options;
  const traffic = new Traffic();
  const { idle } = traffic;
  const clock = createVirtualClock(undefined, { idle });
  const sim = await startThermiaOnline({
    ...simulated,
    random: seeded(seed),
    clock: {
      now: () => clock.now(),
      after: (ms, run) => {
        if (ms <= 0) {
          const immediate = setImmediate(run);
          return () => clearImmediate(immediate);
        }
        const held = { isGivenUp: false };
        traffic.held.add(held);
        const cancel = clock.after(ms, () => {
          traffic.held.delete(held);
          run();
        });
        return () => {
          traffic.held.delete(held);
          cancel();
        };
      },
    },
  });
  const agent = new CountingAgent(traffic);
  const uncount = countHashing(traffic);
  const { lines, logger } = memoryLog(clock);
  const store = memoryStore(traffic);
  const sent: VirtualCloud['sent'] = [];
  const credentials = memoryCredentials(traffic);
  const states: SessionState[] = [];
  const create = (): Thermia => {
    const created = createThermia({
      store,
      credentials,
      clock,
      random: seeded(seed + 1),
      logger,
      dispatcher: agent,
      origin: sim.origin,
      onRequest: (endpoint) => {
        sent.push({ endpoint, at: clock.now() });
        if (endpoint === 'sign-in page') traffic.signInSends();
      },
    });
    created.online.onSession((state) => states.push(state));
    return created;
  };
  let thermia = create();
  const finish = async <T>(work: Promise<T>): Promise<T> => {
    const decided: true[] = [];
    const decide = (): void => void decided.push(true);
    work.then(decide, decide);
    await clock.settle();
    while (decided.length === 0) await clock.advanceToNext();
    return work;
  };
  const stop = async (): Promise<void> => {
    await finish(thermia.stop());
    await clock.settle();
  };
  return {
    clock,
    sim,
    get thermia() {
      return thermia;
    },
    store: store.values,
    log: lines,
    states,
    sent,
    advance: (ms) => clock.advance(ms),
    finish,
    signIn: (keepPassword) => {
      traffic.signInBegins();
      const { username, password } = sim;
      return finish(thermia.online.signIn({ username, password }, { keepPassword }));
    },
    restart: async () => {
      await stop();
      thermia = create();
    },
    stop,
    close: async () => {
      await stop();
      uncount();
      await agent.destroy();
      await sim.close();
    },
  };
};
