import { ThermiaError } from '../errors.js';
import type { Cancel, Clock } from '../ports.js';
import { checkValue, standsAt } from '../pump/limits.js';
import type { ControlValue, PumpSnapshot } from '../pump/model.js';
import { findControl } from '../pump/record.js';
import type { Topic } from '../source.js';
import type { Asking } from './asking.js';
import { takeOver, type Batch, type Caller } from './batch.js';
import type { Cadence } from './cadence.js';
import { asThermiaError, deferred } from './deadline.js';
import type { Emitter } from './emitter.js';
import { makeDue, onlineOf, type PumpState } from './pump-state.js';
import { createReadBack } from './read-back.js';
import type { Write, WriteOutcome } from './types.js';

export interface Writes {
  write(pump: PumpState | undefined, pumpId: string, controlId: string, value: ControlValue): Write;
  /** Looks at what a report has brought for pending writes. */
  seen(pump: PumpState): void;
  moveBack(byMs: number): void;
  stop(): void;
}

const keyOf = (pump: PumpState, controlId: string): string => `${pump.id} ${controlId}`;

export const createWrites = (context: {
  readonly clock: Clock;
  readonly cadence: () => Cadence;
  readonly asking: Asking;
  readonly emitter: Emitter;
  readonly signal: AbortSignal;
  readonly refresh: (pump: PumpState) => Promise<void>;
  readonly replan: () => void;
  readonly publish: (pump: PumpState) => void;
  readonly snapshot: (pump: PumpState) => PumpSnapshot;
}): Writes => {
  const { clock, cadence, asking, emitter, signal, refresh, replan, publish, snapshot } = context;
  const open = new Map<string, Batch>();
  const timers = new Map<string, Cancel>();
  /** When a control was last written: what was read before that says nothing any more. */
  const sentAt = new Map<string, number>();
  let sending: Promise<void> = Promise.resolve();

  const settle = ({ pump, controlId, value, callers }: Batch, outcome: WriteOutcome): void => {
    for (const { accepted, settled } of callers) {
      if (outcome.state === 'failed') accepted.reject(outcome.error);
      else accepted.resolve(undefined);
      settled.resolve(outcome);
    }
    emitter.emit('write', { pumpId: pump.id, controlId, value, outcome });
  };
  const fail = (batch: Batch, error: ThermiaError): void => settle(batch, { state: 'failed', error });

  const readBack = createReadBack({ clock, cadence, asking, signal, publish, settle });

  /** The value as it will be written. Throws what the pump or its limits say against it. */
  const check = (pump: PumpState, controlId: string, value: ControlValue): ControlValue => {
    const facts = { during: controlId };
    if (pump.goneSince !== null) {
      throw new ThermiaError('pump_gone', 'This pump is not in the account', facts);
    }
    const { controls, readings } = snapshot(pump);
    const control = controls.get(controlId);
    if (control !== undefined) return checkValue(control, value);
    throw Object.keys(readings).includes(controlId)
      ? new ThermiaError('not_writable', `${controlId} can only be read on this pump`, facts)
      : new ThermiaError('not_supported', `This pump has no ${controlId}`, facts);
  };

  /** The topic that says that the pump stands at the value already, and since when; null where none does. */
  const whereThere = ({ pump, controlId, value }: Batch): { topic: Topic; at: number } | null => {
    const found = findControl(pump.record, controlId);
    if (found === null || pump.pending.has(controlId) || !standsAt(found.control, value)) return null;
    const { at } = found.control;
    const isKnown =
      snapshot(pump).controls.get(controlId)?.freshness === 'current' &&
      at > (sentAt.get(keyOf(pump, controlId)) ?? 0);
    return isKnown ? { topic: found.topic, at } : null;
  };
  const isYoung = (at: number): boolean => {
    const age = clock.now() - at;
    return age >= 0 && age <= cadence().trustedMs;
  };

  /** Somebody may have changed it elsewhere since it was read: asking costs less than a wish that is lost. */
  const isSurelyThere = async (batch: Batch): Promise<boolean> => {
    const there = whereThere(batch);
    if (there === null || isYoung(there.at)) return there !== null;
    const { error } = await asking.read(batch.pump, [there.topic]);
    return error === null && whereThere(batch) !== null;
  };

  /** What the list says may be some minutes old; a pump is called offline only after asking. */
  const ensureOnline = async ({ pump, controlId }: Batch): Promise<void> => {
    if (onlineOf(pump) !== false) return;
    await asking.list();
    if (onlineOf(pump) !== false) return;
    throw new ThermiaError('pump_offline', 'The pump is not connected to the service', { during: controlId });
  };

  const send = async (key: string): Promise<void> => {
    const batch = open.get(key);
    if (batch === undefined) return;
    open.delete(key);
    const { pump, controlId } = batch;
    try {
      signal.throwIfAborted();
      if (await isSurelyThere(batch)) {
        settle(batch, { state: 'unchanged' });
        return;
      }
      await ensureOnline(batch);
      sentAt.set(keyOf(pump, controlId), clock.now());
      await asking.write(pump, controlId, batch.value);
    } catch (thrown) {
      const error = asThermiaError(thrown, controlId);
      // No answer does not mean not done: what the pump stands at now has to be looked up.
      const found = findControl(pump.record, controlId);
      if (found !== null) makeDue(pump, [found.topic], clock.now() + cadence().lookAfterMs);
      fail(batch, error);
      replan();
      return;
    }
    for (const { accepted } of batch.callers) accepted.resolve(undefined);
    readBack.expect(batch);
  };

  const join = (pump: PumpState, controlId: string, value: ControlValue, caller: Caller): void => {
    const key = keyOf(pump, controlId);
    const batch: Batch = { pump, controlId, value, callers: [caller] };
    const waiting = open.get(key);
    if (waiting !== undefined) {
      takeOver(batch, waiting);
      open.set(key, batch);
      return;
    }
    const there = whereThere(batch);
    if (there !== null && isYoung(there.at)) {
      settle(batch, { state: 'unchanged' });
      return;
    }
    open.set(key, batch);
    timers.set(
      key,
      clock.after(cadence().coalesceMs, () => {
        timers.delete(key);
        sending = sending.then(() => send(key));
      }),
    );
  };

  /** A pump that was never read is read first: what it can do is not known before. */
  const begin = async (
    pump: PumpState | undefined,
    pumpId: string,
    controlId: string,
    value: ControlValue,
    caller: Caller,
  ): Promise<void> => {
    try {
      signal.throwIfAborted();
      if (pump === undefined) {
        throw new ThermiaError('not_found', 'This pump is not watched', { during: controlId });
      }
      if (pump.record.topics.size === 0) await refresh(pump);
      join(pump, controlId, check(pump, controlId, value), caller);
    } catch (thrown) {
      const error = asThermiaError(thrown, controlId);
      caller.accepted.reject(error);
      caller.settled.resolve({ state: 'failed', error });
      emitter.emit('write', { pumpId, controlId, value, outcome: { state: 'failed', error } });
    }
  };

  return {
    write: (pump, pumpId, controlId, value) => {
      const caller: Caller = { accepted: deferred(), settled: deferred() };
      void begin(pump, pumpId, controlId, value, caller);
      return {
        pumpId,
        controlId,
        value,
        accepted: caller.accepted.promise,
        settled: caller.settled.promise,
      };
    },
    seen: (pump) => readBack.seen(pump),
    moveBack: (byMs) => {
      for (const [key, at] of sentAt) sentAt.set(key, at - byMs);
      readBack.moveBack(byMs);
    },
    stop: () => {
      for (const batch of open.values()) fail(batch, asThermiaError(signal.reason, batch.controlId));
      open.clear();
      for (const cancel of timers.values()) cancel();
      readBack.stop();
    },
  };
};
