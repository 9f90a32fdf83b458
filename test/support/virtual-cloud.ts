import { setImmediate as macrotask } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
// Loaded on demand by the client; here in advance, so that loading takes no part in virtual time.
import '../../lib/thermia/cloud/sign-in.js';
import { createThermia, type SessionState, type Thermia } from '../../lib/thermia/index.js';
import type {
  Credentials,
  CredentialStore,
  Json,
  LogFields,
  Logger,
  Store,
} from '../../lib/thermia/ports.js';
import {
  startThermiaOnline,
  type ThermiaOnlineOptions,
  type ThermiaSimulator,
} from '../../sandbox/thermia-online/index.js';
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
  /** Ends the client; timers that are left are for the test to see. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface LogLine {
  readonly at: number;
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: LogFields;
}

/** A repeatable `Math.random`. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** What is under way and takes real time, and what of it waits for virtual time. */
class Traffic {
  underWay = 0;
  /** The client's sign-in is a module of its own, which takes real time to come even when it is there already. */
  #signIn: 'none' | 'loading' | 'stored' = 'none';
  /** Answers that the simulator holds back, oldest first; `given up` where nobody waits for them any more. */
  readonly held = new Set<{ isGivenUp: boolean }>();

  giveUpOldest(): void {
    for (const each of this.held) {
      if (each.isGivenUp) continue;
      each.isGivenUp = true;
      return;
    }
  }

  signInBegins(): void {
    this.#signIn = 'loading';
  }

  /** An automatic sign-in stores its pause before it begins, and what became of it. */
  stored(): void {
    if (this.#signIn !== 'none') this.#signIn = this.#signIn === 'loading' ? 'stored' : 'none';
  }

  signInSends(): void {
    this.#signIn = 'none';
  }

  isQuiet(): boolean {
    if (this.#signIn !== 'none') return false;
    return this.underWay <= [...this.held].filter(({ isGivenUp }) => !isGivenUp).length;
  }

  /** A chain of callbacks and promises may need some turns until it sends the next request. */
  readonly idle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet = this.isQuiet() ? quiet + 1 : 0) await macrotask();
  };
}

/** Tells the traffic of every request from its start to the last byte of its answer. */
class CountingAgent extends Agent {
  readonly #traffic: Traffic;

  constructor(traffic: Traffic) {
    super({ connections: 4, pipelining: 1 });
    this.#traffic = traffic;
  }

  override request: Agent['request'] = async <T = null>(
    options: Dispatcher.RequestOptions<T>,
  ): Promise<Dispatcher.ResponseData<T>> => {
    const { signal } = options;
    const traffic = this.#traffic;
    traffic.underWay += 1;
    const done = (): void => {
      traffic.underWay -= 1;
      // Time moves only while all that is under way is held back: whoever gives up was waiting for that.
      if (signal instanceof AbortSignal && signal.aborted) traffic.giveUpOldest();
    };
    try {
      const answer = await Agent.prototype.request.call<
        Agent,
        [Dispatcher.RequestOptions<T>],
        Promise<Dispatcher.ResponseData<T>>
      >(this, options);
      answer.body.once('close', done);
      return answer;
    } catch (error) {
      done();
      throw error;
    }
  };
}

/** Hashing for the sign-in is done on another thread, which no request shows. */
const countHashing = (traffic: Traffic): (() => void) => {
  const { subtle } = globalThis.crypto;
  const digest = subtle.digest.bind(subtle);
  subtle.digest = async (...args) => {
    traffic.underWay += 1;
    try {
      return await digest(...args);
    } finally {
      traffic.underWay -= 1;
    }
  };
  return () => {
    subtle.digest = digest;
  };
};

const memoryStore = (stored: () => void): Store & { readonly values: ReadonlyMap<string, Json> } => {
  const values = new Map<string, Json>();
  return {
    values,
    get: (key) => values.get(key) ?? null,
    set: async (key, value) => {
      await Promise.resolve();
      values.set(key, structuredClone(value));
      stored();
    },
    unset: async (key) => {
      await Promise.resolve();
      values.delete(key);
    },
  };
};

const memoryCredentials = (loaded: () => void): CredentialStore => {
  let kept: Credentials | null = null;
  return {
    load: () => {
      if (kept !== null) loaded();
      return Promise.resolve(kept);
    },
    save: (given) => {
      kept = given;
      return Promise.resolve();
    },
    erase: () => {
      kept = null;
      return Promise.resolve();
    },
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
  const store = memoryStore(() => traffic.stored());
  const sent: VirtualCloud['sent'] = [];
  const thermia = createThermia({
    store,
    credentials: memoryCredentials(() => traffic.signInBegins()),
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
  const states: SessionState[] = [];
  thermia.online.onSession((state) => states.push(state));
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
    thermia,
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
    stop,
    close: async () => {
      await stop();
      uncount();
      await agent.destroy();
      await sim.close();
    },
  };
};
