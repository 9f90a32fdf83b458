import { setImmediate as macrotask } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import {
  createThermiaOnline,
  type SessionState,
  type ThermiaOnline,
} from '../../../../lib/thermia/cloud/index.js';
import { isThermiaError, type ThermiaError } from '../../../../lib/thermia/errors.js';
import {
  startThermiaOnline,
  type ThermiaOnlineOptions,
  type ThermiaSimulator,
} from '../../../../sandbox/thermia-online/index.js';
import {
  type MemoryCredentials,
  memoryCredentials,
  memoryLogger,
  type MemoryStore,
  memoryStore,
} from './memory.js';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.js';

/** Knows how many requests are under way, so that virtual time stands still while real sockets work. */
class CountingAgent extends Agent {
  underWay = 0;
  readonly paths: string[] = [];

  override request: Agent['request'] = async <T = null>(
    options: Dispatcher.RequestOptions<T>,
  ): Promise<Dispatcher.ResponseData<T>> => {
    this.underWay += 1;
    this.paths.push(options.path);
    const done = (): void => {
      this.underWay -= 1;
    };
    try {
      const answer = await Agent.prototype.request.call<
        Agent,
        [Dispatcher.RequestOptions<T>],
        Promise<Dispatcher.ResponseData<T>>
      >(this, options);
      // Who reads the body has the end of it a turn later.
      answer.body.once('close', () => setImmediate(done));
      return answer;
    } catch (error) {
      done();
      throw error;
    }
  };
}

export interface Rig {
  readonly sim: ThermiaSimulator;
  readonly clock: VirtualClock;
  /** By how much the client's clock is wrong. */
  readonly skew: { ms: number };
  readonly store: MemoryStore;
  readonly credentials: MemoryCredentials;
  readonly logger: ReturnType<typeof memoryLogger>;
  readonly agent: CountingAgent;
  /** Names of the requests that were sent. */
  readonly sent: string[];
  readonly states: SessionState[];
  online: ThermiaOnline;
  /** A client that knows only what rests in the stores. */
  restart(): void;
  signIn(keepPassword?: boolean): Promise<void>;
  /** Moves virtual time only while no request is under way, until the promise is decided. */
  finish<T>(work: Promise<T>): Promise<T>;
  /** As {@link finish}; the error that it fails with. */
  failure(work: Promise<unknown>): Promise<ThermiaError>;
  /** Waits in real time for something that requests bring about. */
  until(condition: () => boolean): Promise<void>;
  advance(ms: number): Promise<void>;
  count(endpoint: string): number;
  close(): Promise<void>;
}

/** For a clock that is not to wait for requests, because they hang. */
export const instantly = (): Promise<void> => Promise.resolve();

export { never } from './memory.js';

export const startRig = async (options: ThermiaOnlineOptions & { at?: string } = {}): Promise<Rig> => {
  const clock = createVirtualClock();
  const skew = { ms: 0 };
  const sim = await startThermiaOnline({
    clock: {
      now: () => clock.now(),
      // What takes no time must not wait for a clock that stands still.
      after: (ms, run) => {
        if (ms > 0) return clock.after(ms, run);
        const immediate = setImmediate(run);
        return () => clearImmediate(immediate);
      },
    },
    random: () => 0.5,
    ...options,
  });
  const agent = new CountingAgent({ connections: 4, pipelining: 1 });
  const store = memoryStore();
  const credentials = memoryCredentials();
  const logger = memoryLogger();
  const sent: string[] = [];
  const states: SessionState[] = [];
  const idle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await macrotask();
      // Hashes and modules that load are not seen; they get a few turns.
      if (agent.underWay > 0) quiet = 0;
    }
  };
  const create = (): ThermiaOnline => {
    const online = createThermiaOnline({
      store,
      credentials,
      clock: { now: () => clock.now() + skew.ms, after: (ms, run) => clock.after(ms, run) },
      random: () => 0.5,
      logger,
      dispatcher: agent,
      origin: options.at ?? sim.origin,
      onRequest: (endpoint) => sent.push(endpoint),
    });
    online.onSession((state) => states.push(state));
    return online;
  };
  const finish = async <T>(work: Promise<T>): Promise<T> => {
    let decided = false;
    const decide = (): void => {
      decided = true;
    };
    const isDecided = (): boolean => decided;
    work.then(decide, decide);
    for (let quiet = 0; !isDecided();) {
      const due = clock.nextAt();
      await idle();
      // Files and lazy modules take real time that no request shows; what was due may be cancelled meanwhile.
      if (due === null || clock.nextAt() !== due || quiet < 3) quiet += 1;
      else if (!isDecided()) await clock.advanceToNext(idle);
    }
    return work;
  };
  const rig: Rig = {
    sim,
    clock,
    skew,
    store,
    credentials,
    logger,
    agent,
    sent,
    states,
    online: create(),
    restart: () => {
      rig.online = create();
    },
    signIn: (keepPassword = false) =>
      finish(rig.online.signIn({ username: sim.username, password: sim.password }, { keepPassword })),
    finish,
    failure: async (work) => {
      try {
        await finish(work);
      } catch (error) {
        if (isThermiaError(error)) return error;
        throw error;
      }
      throw new Error('It did not fail.');
    },
    until: async (condition) => {
      while (!condition()) await macrotask();
    },
    advance: (ms) => clock.advance(ms, idle),
    count: (endpoint) => sent.filter((each) => each === endpoint).length,
    close: async () => {
      const said = logger.text();
      if (said.includes('eyJ') || said.includes(sim.username) || said.includes(sim.password)) {
        throw new Error(`A secret was logged: ${said}`);
      }
      await rig.online.stop();
      await agent.destroy();
      await sim.close();
    },
  };
  return rig;
};
