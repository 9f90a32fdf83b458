import { ThermiaError } from '../errors.js';
import type { Cancel, Clock } from '../ports.js';
import { standsAt } from '../pump/limits.js';
import { findControl } from '../pump/record.js';
import type { Asking } from './asking.js';
import { takeOver, type Batch } from './batch.js';
import type { Cadence } from './cadence.js';
import { asThermiaError } from './deadline.js';
import { onlineOf, type PumpState } from './pump-state.js';
import type { WriteOutcome } from './types.js';

export interface ReadBack {
  /** The service took the value; now the pump has to. A write to the same control takes over who waits. */
  expect(batch: Batch): void;
  seen(pump: PumpState): void;
  moveBack(byMs: number): void;
  stop(): void;
}

interface Expected {
  readonly batch: Batch;
  acceptedAt: number;
}

/** A service that wants to be left alone is waited for this long after a write was accepted. */
const PATIENCE_MS = 180_000;

/** Looks for written values until the pump shows them, or too many looks were in vain. */
export const createReadBack = (context: {
  readonly clock: Clock;
  readonly cadence: () => Cadence;
  readonly asking: Asking;
  readonly signal: AbortSignal;
  readonly publish: (pump: PumpState) => void;
  readonly settle: (batch: Batch, outcome: WriteOutcome) => void;
}): ReadBack => {
  const { clock, cadence, asking, signal, publish, settle } = context;
  const expected = new Set<Expected>();
  const timers = new Map<Expected, Cancel>();

  const drop = (entry: Expected): void => {
    timers.get(entry)?.();
    timers.delete(entry);
    expected.delete(entry);
  };

  const decide = (entry: Expected, outcome: WriteOutcome): void => {
    const { batch } = entry;
    drop(entry);
    batch.pump.pending.delete(batch.controlId);
    settle(batch, outcome);
  };

  const isExpected = (entry: Expected): boolean => expected.has(entry);

  /** The last look was in vain: whether the pump is connected at all tells which failure it is. */
  const giveUp = async (entry: Expected): Promise<void> => {
    const { pump, controlId } = entry.batch;
    try {
      await asking.list();
    } catch {
      // Not knowing more is no reason to say something else.
    }
    if (!isExpected(entry)) return;
    const facts = { during: controlId };
    const error =
      onlineOf(pump) === false
        ? new ThermiaError('pump_offline', 'The pump is not connected and has not taken the value', facts)
        : new ThermiaError('not_confirmed', 'The pump has not taken the value in time', facts);
    decide(entry, { state: 'failed', error });
    publish(pump);
  };

  const look = async (entry: Expected, tries: number): Promise<void> => {
    const { pump, controlId } = entry.batch;
    const openAt = asking.openAt();
    if (openAt > clock.now() && openAt <= entry.acceptedAt + PATIENCE_MS) {
      wait(entry, openAt - clock.now(), tries);
      return;
    }
    const found = findControl(pump.record, controlId);
    // Reading hands what it brings to `seen`.
    if (found !== null && asking.paused() === null) await asking.read(pump, [found.topic]);
    if (isExpected(entry)) schedule(entry, tries + 1);
  };

  const wait = (entry: Expected, delayMs: number, tries: number): void => {
    timers.set(
      entry,
      clock.after(delayMs, () => void look(entry, tries)),
    );
  };

  /** Looks whose time has passed while waiting for the service are not made up for. */
  const schedule = (entry: Expected, tries: number): void => {
    const age = clock.now() - entry.acceptedAt;
    const at = cadence().readBackMs.findIndex((ms, index) => index >= tries && ms > age);
    const ms = cadence().readBackMs[at];
    if (ms === undefined) void giveUp(entry);
    else wait(entry, ms - age, at);
  };

  return {
    expect: (batch) => {
      const { pump, controlId, value } = batch;
      const before = [...expected].find(
        (each) => each.batch.pump === pump && each.batch.controlId === controlId,
      );
      if (before !== undefined) {
        drop(before);
        takeOver(batch, before.batch);
      }
      const entry: Expected = { batch, acceptedAt: clock.now() };
      expected.add(entry);
      pump.pending.set(controlId, value);
      schedule(entry, 0);
      publish(pump);
    },
    seen: (pump) => {
      for (const entry of [...expected].filter(({ batch }) => batch.pump === pump)) {
        const found = findControl(pump.record, entry.batch.controlId);
        if (found === null || found.control.at < entry.acceptedAt) continue;
        if (standsAt(found.control, entry.batch.value)) decide(entry, { state: 'confirmed' });
      }
    },
    moveBack: (byMs) => {
      for (const entry of expected) entry.acceptedAt -= byMs;
    },
    stop: () => {
      for (const entry of [...expected]) {
        decide(entry, { state: 'failed', error: asThermiaError(signal.reason, entry.batch.controlId) });
      }
    },
  };
};
