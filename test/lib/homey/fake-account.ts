import type {
  Account,
  AccountEvents,
  Availability,
  Write,
  WriteOutcome,
} from '../../../lib/thermia/account/types.js';
import { deferred } from '../../../lib/thermia/account/deadline.js';
import type { ThermiaError } from '../../../lib/thermia/errors.js';
import type { ControlValue, PumpSnapshot } from '../../../lib/thermia/pump/model.js';
import { PUMP } from './fakes.js';

export interface OpenWrite {
  readonly controlId: string;
  readonly value: ControlValue;
  accept(): void;
  refuse(error: ThermiaError): void;
  settle(outcome: WriteOutcome): void;
}

/** An account whose pump says what the test says. */
export class FakeAccount implements Account {
  readonly writes: OpenWrite[] = [];
  readonly intervals: number[] = [];
  watchers = 0;
  stopped = false;
  woken = 0;
  pumps: Awaited<ReturnType<Account['list']>> = [];
  answer: () => Promise<void> = () => Promise.resolve();
  #snapshot: PumpSnapshot | null = null;
  #availability: Availability = { state: 'starting' };
  readonly #listeners = new Set<{ event: string; run: object }>();

  list = (): ReturnType<Account['list']> => Promise.resolve(this.pumps);
  watch = (): (() => void) => {
    this.watchers += 1;
    return () => {
      this.watchers -= 1;
    };
  };
  snapshot = (): PumpSnapshot | null => this.#snapshot;
  availability = (): Availability => this.#availability;
  write = (pumpId: string, controlId: string, value: ControlValue): Write => {
    const accepted = deferred<undefined>();
    const settled = deferred<WriteOutcome>();
    const settle = (outcome: WriteOutcome): void => {
      settled.resolve(outcome);
      this.emit('write', { pumpId, controlId, value, outcome });
    };
    this.writes.push({
      controlId,
      value,
      accept: () => accepted.resolve(undefined),
      refuse(error) {
        accepted.reject(error);
        settle({ state: 'failed', error });
      },
      settle,
    });
    return { pumpId, controlId, value, accepted: accepted.promise, settled: settled.promise };
  };
  refresh = (): Promise<void> => this.answer();
  setInterval = (minutes: number): void => void this.intervals.push(minutes);
  wake = (): void => void (this.woken += 1);
  paused = (): null => null;
  forget = (): Promise<void> => Promise.resolve();
  budget = (): { requests: Record<string, number>; total: number } => ({ requests: {}, total: 0 });
  errors = (): [] => [];
  on = <E extends keyof AccountEvents>(event: E, run: (...args: AccountEvents[E]) => void): (() => void) => {
    const entry = { event, run };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  };
  stop = (): Promise<void> => {
    this.stopped = true;
    return Promise.resolve();
  };

  emit<E extends keyof AccountEvents>(event: E, ...args: AccountEvents[E]): void {
    for (const { event: name, run } of [...this.#listeners]) {
      if (name === event && typeof run === 'function') Reflect.apply(run, undefined, args);
    }
  }
  report(next: PumpSnapshot): void {
    this.#snapshot = next;
    this.emit('snapshot', next);
  }
  become(next: Availability): void {
    this.#availability = next;
    this.emit('availability', PUMP, next);
  }
  listeners = (): number => this.#listeners.size;
}
