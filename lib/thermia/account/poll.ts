import { ThermiaError } from '../errors.js';
import type { Cancel, Clock, Random } from '../ports.js';
import { TOPICS, type PumpSource, type Topic } from '../source.js';
import type { Asking } from './asking.js';
import { backoffOf, SLOW_TOPICS, type Cadence } from './cadence.js';
import { withDeadline } from './deadline.js';
import { dueTopics, makeDue, nextDueAt, onlineOf, REGULAR, type PumpState } from './pump-state.js';

/** Between looks at what has grown old meanwhile; costs no request. */
const HEARTBEAT_MS = 60_000;
const LEAST_MS = 1000;

export interface Poll {
  /** Looks anew at what is due when. `soon`: within the first jitter. */
  plan(soon?: boolean): void;
  refresh(pump: PumpState): Promise<void>;
  /** Ends a pause and all back-offs; what goes well is left to its pace. */
  wake(): void;
  moveBack(byMs: number): void;
  stop(): void;
}

/** The quick topics, then the slow ones. */
const wavesOf = (topics: readonly Topic[]): readonly [readonly Topic[], readonly Topic[]] => [
  topics.filter((topic) => !SLOW_TOPICS.has(topic)),
  topics.filter((topic) => SLOW_TOPICS.has(topic)),
];

/** One poll for all pumps: one timer, one thing at a time, set again when a cycle has ended. */
export const createPoll = (context: {
  readonly source: PumpSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly cadence: () => Cadence;
  readonly asking: Asking;
  readonly pumps: ReadonlyMap<string, PumpState>;
  readonly signal: AbortSignal;
  readonly evaluate: () => void;
}): Poll => {
  const { source, clock, random, cadence, asking, pumps, signal, evaluate } = context;
  const refreshing = new Map<PumpState, Promise<void>>();
  let cancel: Cancel = () => undefined;
  let running = false;
  let nextAt = 0;

  const watched = (): readonly PumpState[] => [...pumps.values()].filter(({ watchers }) => watchers > 0);
  const slack = (): number => cadence().fastMs / 2;
  /** Whoever failed last comes last, so that a pump that hangs keeps none of the others waiting. */
  const inTurn = (): readonly PumpState[] =>
    watched().toSorted((one, other) => one.failures - other.failures);

  const arm = (): void => {
    cancel();
    cancel = () => undefined;
    if (signal.aborted || running || watched().length === 0) return;
    const delay = asking.paused() === null ? nextAt - clock.now() : HEARTBEAT_MS;
    cancel = clock.after(Math.max(0, Math.min(delay, HEARTBEAT_MS)), () => {
      if (asking.paused() !== null || clock.now() < nextAt) {
        evaluate();
        arm();
      } else void cycle();
    });
  };

  const plan = (soon = false): void => {
    const now = clock.now();
    const { fastMs, jitter, firstJitterMs } = cadence();
    const spread = jitter * fastMs;
    const dueAt = Math.min(asking.listed.dueAt, ...watched().map(nextDueAt));
    const inTime = Math.max(now + LEAST_MS, dueAt + (random() * 2 - 1) * spread);
    nextAt = soon ? now + random() * firstJitterMs : inTime;
    // Those who were all sent away until the same moment must not all come back in it.
    if (asking.openAt() > now) nextAt = Math.max(nextAt, asking.openAt() + random() * spread);
    arm();
  };

  const list = async (): Promise<void> => {
    try {
      await asking.list();
      const someOffline = watched().some((pump) => onlineOf(pump) === false);
      const { listMs, offlineListMs, fastMs } = cadence();
      asking.listed.dueAt = clock.now() + Math.max(fastMs, someOffline ? offlineListMs : listMs);
    } catch {
      asking.listed.dueAt = clock.now() + backoffOf(cadence(), asking.listed.failures);
    }
  };

  const mayGoOn = (cycleSignal: AbortSignal): boolean =>
    !cycleSignal.aborted && asking.paused() === null && clock.now() >= asking.openAt();

  /** Once a day, and not while it cannot be read anyway or when it has just been done. */
  const isToBeRelearned = (pump: PumpState, due: readonly Topic[]): boolean =>
    due.includes('profile') &&
    pump.record.topics.has('profile') &&
    pump.failures === 0 &&
    clock.now() - pump.forgottenAt >= cadence().relearnMs / 2;

  const readDue = async (pump: PumpState, cycleSignal: AbortSignal): Promise<void> => {
    if (pump.goneSince !== null || refreshing.has(pump)) return;
    const due = dueTopics(pump, clock.now(), slack());
    const relearns = isToBeRelearned(pump, due);
    if (relearns) {
      pump.forgottenAt = clock.now();
      source.forget(pump.sourceId);
    }
    const topics = relearns ? TOPICS.filter((topic) => REGULAR.includes(topic) || due.includes(topic)) : due;
    const [quick, slow] = wavesOf(topics);
    for (const wave of [quick, slow]) {
      if (wave.length === 0 || !mayGoOn(cycleSignal)) continue;
      const { failure } = await asking.read(pump, wave);
      // What failed for the quick topics would fail for the slow ones too.
      if (failure !== null && wave === quick) {
        postpone(pump, slow);
        return;
      }
    }
  };

  const postpone = (pump: PumpState, topics: readonly Topic[]): void => {
    const at = clock.now() + backoffOf(cadence(), pump.failures);
    for (const topic of topics) pump.due[topic] = Math.max(at, pump.due[topic]);
  };

  const runCycle = async (cycleSignal: AbortSignal): Promise<void> => {
    if (asking.listed.dueAt <= clock.now() + slack()) await list();
    for (const pump of inTurn()) {
      if (mayGoOn(cycleSignal)) await readDue(pump, cycleSignal);
    }
  };

  const cycle = async (): Promise<void> => {
    running = true;
    const { cycleDeadlineMs: ms } = cadence();
    try {
      await withDeadline({ clock, ms, during: 'cycle', parent: signal }, runCycle);
    } catch {
      // Every failure within has been noted where it happened; what is left is the watchdog, or the end.
    } finally {
      running = false;
    }
    if (signal.aborted) return;
    evaluate();
    plan();
  };

  const refresh = async (pump: PumpState): Promise<void> => {
    makeDue(pump, REGULAR, clock.now());
    await list();
    if (pump.goneSince !== null) {
      throw new ThermiaError('pump_gone', 'This pump is not in the account', { during: 'refresh' });
    }
    for (const wave of wavesOf(TOPICS)) {
      const { failure } = await asking.read(pump, wave);
      if (failure !== null) throw failure;
    }
  };

  return {
    plan,
    refresh: (pump) => {
      const underWay =
        refreshing.get(pump) ??
        refresh(pump).finally(() => {
          refreshing.delete(pump);
          plan();
        });
      refreshing.set(pump, underWay);
      return underWay;
    },
    wake: () => {
      const wasPaused = asking.paused() !== null;
      asking.resume();
      if (wasPaused || asking.listed.failures > 0) asking.listed.dueAt = clock.now();
      const held = watched().filter(({ failures }) => wasPaused || failures > 0);
      for (const pump of held) makeDue(pump, REGULAR, clock.now());
      if (held.length > 0) plan(true);
    },
    moveBack: (byMs) => {
      nextAt -= byMs;
    },
    stop: () => cancel(),
  };
};
