import { setImmediate as macrotask } from 'node:timers/promises';
import { Agent, type Dispatcher } from 'undici';
import type { Credentials, CredentialStore, Json, Store } from '../../lib/thermia/ports.js';

/** What is under way and takes real time, and what of it waits for virtual time. */
export class Traffic {
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
export class CountingAgent extends Agent {
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
export const countHashing = (traffic: Traffic): (() => void) => {
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

/** A store that tells the traffic what an automatic sign-in does. */
export const memoryStore = (traffic: Traffic): Store & { readonly values: ReadonlyMap<string, Json> } => {
  const values = new Map<string, Json>();
  return {
    values,
    get: (key) => values.get(key) ?? null,
    set: async (key, value) => {
      await Promise.resolve();
      values.set(key, structuredClone(value));
      traffic.stored();
    },
    unset: async (key) => {
      await Promise.resolve();
      values.delete(key);
    },
  };
};

export const memoryCredentials = (traffic: Traffic): CredentialStore => {
  let kept: Credentials | null = null;
  return {
    load: () => {
      if (kept !== null) traffic.signInBegins();
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
