import { ThermiaError } from '../errors.js';
import type { Clock, Logger, Random, Store } from '../ports.js';
import { freshnessOf } from '../pump/freshness.js';
import type { PumpSnapshot } from '../pump/model.js';
import { snapshotOf } from '../pump/record.js';
import type { PumpSource } from '../source.js';
import { createAsking } from './asking.js';
import { availabilityOf } from './availability.js';
import { createRequestCounter, type RequestCounter } from './budget.js';
import { CADENCE, INTERVAL, maxAgeOf, type Cadence } from './cadence.js';
import { createEmitter } from './emitter.js';
import { createPumpKeys } from './keys.js';
import { createNoticingClock } from './noticing-clock.js';
import { createPoll } from './poll.js';
import {
  createPumpState,
  forgetAnswers,
  makeDue,
  movePumpBack,
  onlineOf,
  witnessOf,
  type PumpState,
} from './pump-state.js';
import type { Account, Availability } from './types.js';
import { createWrites } from './writes.js';

export interface AccountDependencies {
  readonly source: PumpSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly cadence?: Cadence;
  /** Where the source counts its requests. Without it the account counts what it asks for. */
  readonly requests?: RequestCounter;
  /** Where it rests what pumps are known by besides their ids. Without it that is learned anew after a restart. */
  readonly store?: Store;
}

const MINUTE = 60_000;

/** One poll and one write queue for all pumps of a source. Nothing is asked before a pump is watched. */
export const createAccount = ({
  source,
  clock: setClock,
  random,
  logger,
  cadence: given = CADENCE,
  requests,
  store,
}: AccountDependencies): Account => {
  const pumps = new Map<string, PumpState>();
  const emitter = createEmitter(logger);
  const ending = new AbortController();
  const { signal } = ending;
  const clock = createNoticingClock(setClock, (byMs) => {
    for (const pump of pumps.values()) movePumpBack(pump, byMs, setClock.now());
    for (const part of [asking, poll, writes]) part.moveBack(byMs);
  });
  const counter = requests ?? createRequestCounter(clock);
  const keys = createPumpKeys(store, logger);
  let cadence = given;

  const snapshot = (pump: PumpState): PumpSnapshot => {
    const now = clock.now();
    return snapshotOf(pump.record, {
      freshness: (topic, readAt) => {
        const { from, at } = witnessOf(pump, topic, readAt);
        return freshnessOf({ ageMs: now - at, maxAgeMs: maxAgeOf(cadence, from), online: onlineOf(pump) });
      },
      pending: pump.pending,
    });
  };
  const isRead = (pump: PumpState): boolean => pump.record.topics.size > 0;

  const availability = (pump: PumpState): Availability => {
    const now = clock.now();
    return availabilityOf({
      ...pump,
      now,
      online: onlineOf(pump),
      staleMs: maxAgeOf(cadence, 'doing'),
      unavailableMs: cadence.unavailableMs,
    });
  };

  const isKept = (pump: PumpState): boolean => pumps.get(pump.id) === pump;

  const tellAvailability = (pump: PumpState): void => {
    const now = availability(pump);
    const key = JSON.stringify([now.state, 'reason' in now ? now.reason : null]);
    if (pump.told.availability === key) return;
    pump.told.availability = key;
    emitter.emit('availability', pump.id, now);
  };

  /** Tells what a snapshot looks like; `always` even where nothing but the time of reading has changed. */
  const tellSnapshot = (pump: PumpState, always: boolean): void => {
    if (!isRead(pump)) return;
    const now = snapshot(pump);
    const freshness = Object.entries(now.readings)
      .map(([id, reading]) => `${id} ${reading.freshness}`)
      .join();
    if (!always && pump.told.freshness === freshness) return;
    pump.told.freshness = freshness;
    emitter.emit('snapshot', now);
  };

  const publish = (pump: PumpState): void => {
    writes.seen(pump);
    if (!isKept(pump)) return;
    tellSnapshot(pump, true);
    tellAvailability(pump);
  };

  const evaluate = (): void => {
    for (const pump of pumps.values()) {
      tellSnapshot(pump, false);
      tellAvailability(pump);
    }
  };

  const asking = createAsking({
    source,
    clock,
    logger,
    cadence: () => cadence,
    counter: requests === undefined ? counter : null,
    signal,
    pumps,
    keys,
    emitter,
    publish,
  });
  const poll = createPoll({ source, clock, random, cadence: () => cadence, asking, pumps, signal, evaluate });
  const refresh = (pump: PumpState): Promise<void> => poll.refresh(pump);
  const writes = createWrites({
    clock,
    cadence: () => cadence,
    asking,
    emitter,
    signal,
    refresh,
    replan: () => poll.plan(),
    publish,
    snapshot,
  });
  emitter.on('paused', (reason) => {
    if (reason !== null) {
      // It concerns those that were not being read as well, until each has been read again.
      for (const pump of pumps.values()) pump.error = reason;
      evaluate();
    }
    poll.plan(true);
  });

  const stateOf = (pumpId: string): PumpState => {
    const known = pumps.get(pumpId);
    if (known !== undefined) return known;
    const pump = createPumpState(pumpId, keys.of(pumpId), clock.now(), cadence);
    pump.error = asking.paused();
    pumps.set(pumpId, pump);
    return pump;
  };

  const unwatch = (pump: PumpState): void => {
    pump.watchers -= 1;
    if (pump.watchers > 0 || !isKept(pump)) return;
    pumps.delete(pump.id);
    poll.plan();
  };

  const ensureRunning = (): void => {
    if (signal.aborted) throw new ThermiaError('stopped', 'The account has been stopped');
  };

  return {
    list: async () => {
      ensureRunning();
      return asking.list();
    },
    watch: (pumpId) => {
      const pump = stateOf(pumpId);
      pump.watchers += 1;
      if (pump.watchers === 1) poll.plan(true);
      let watching = true;
      return () => {
        if (watching) unwatch(pump);
        watching = false;
      };
    },
    snapshot: (pumpId) => {
      const pump = pumps.get(pumpId);
      return pump === undefined || !isRead(pump) ? null : snapshot(pump);
    },
    availability: (pumpId) => {
      const pump = pumps.get(pumpId);
      return pump === undefined ? { state: 'starting' } : availability(pump);
    },
    write: (pumpId, controlId, value) => writes.write(pumps.get(pumpId), pumpId, controlId, value),
    refresh: async (pumpId) => {
      ensureRunning();
      await refresh(stateOf(pumpId));
    },
    setInterval: (minutes) => {
      if (!(minutes >= INTERVAL.min && minutes <= INTERVAL.max)) {
        throw new ThermiaError('out_of_range', `The interval is ${INTERVAL.min} to ${INTERVAL.max} minutes`, {
          limits: INTERVAL,
        });
      }
      cadence = { ...cadence, fastMs: minutes * MINUTE };
      const next = clock.now() + cadence.fastMs;
      for (const pump of pumps.values()) makeDue(pump, ['doing', 'temperatures'], next);
      poll.plan();
    },
    wake: () => {
      if (!signal.aborted) poll.wake();
    },
    paused: () => asking.paused(),
    forget: async () => {
      for (const pump of pumps.values()) forgetAnswers(pump, 'sign_in_needed', clock.now(), cadence);
      asking.leave();
      evaluate();
      await keys.forget();
    },
    budget: () => counter.figures(),
    errors: () => asking.errors(),
    on: (event, listener) => emitter.on(event, listener),
    stop: async () => {
      emitter.end();
      ending.abort(new ThermiaError('stopped', 'The account has been stopped'));
      poll.stop();
      writes.stop();
      await Promise.resolve();
    },
  };
};
