import { ThermiaError } from '../errors.js';
import type { Cancel, Clock } from '../ports.js';
import { checkValue, standsAt } from '../pump/limits.js';
import type { ControlValue, PumpSnapshot } from '../pump/model.js';
import { reportedControl, topicOf } from '../pump/record.js';
import type { Asking } from './asking.js';
import type { Cadence } from './cadence.js';
import { asThermiaError, deferred, type Deferred } from './deadline.js';
import type { Emitter } from './emitter.js';
import { makeDue, onlineOf, type PumpState } from './pump-state.js';
import { createReadBack } from './read-back.js';
import type { Write, WriteOutcome } from './types.js';

/** One person's wish. */
export interface Caller {
  readonly accepted: Deferred<void>;
  readonly settled: Deferred<WriteOutcome>;
}

/** Wishes for one control that become one write. */
export interface Batch {
  readonly pump: PumpState;
  readonly controlId: string;
  value: ControlValue;
  readonly callers: Caller[];
}

export interface Writes {
  write(pump: PumpState | undefined, pumpId: string, controlId: string, value: ControlValue): Write;
  /** Looks at what a report has brought for pending writes. */
  seen(pump: PumpState): void;
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
  readonly snapshot: (pump: PumpState) => PumpSnapshot | null;
}): Writes => {
  const { clock, cadence, asking, emitter, signal, refresh, replan, publish, snapshot } = context;
  const open = new Map<string, Batch>();
  const timers = new Map<Batch, Cancel>();
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
    if (pump.goneSince !== null)
      throw new ThermiaError('pump_gone', 'This pump is not in the account', facts);
    const seen = snapshot(pump);
    const control = seen?.controls.get(controlId);
    if (control !== undefined) return checkValue(control, value);
    throw Object.keys(seen?.readings ?? {}).includes(controlId)
      ? new ThermiaError('not_writable', `${controlId} can only be read on this pump`, facts)
      : new ThermiaError('not_supported', `This pump has no ${controlId}`, facts);
  };

  /** Whether the pump stands at the value already, as far as is known. */
  const isThere = ({ pump, controlId, value }: Batch): boolean => {
    const control = snapshot(pump)?.controls.get(controlId);
    return control?.freshness === 'current' && !pump.pending.has(controlId) && standsAt(control, value);
  };

  /** Somebody may have changed it elsewhere since it was read: asking costs less than a wish that is lost. */
  const isSurelyThere = async (batch: Batch): Promise<boolean> => {
    const { pump, controlId } = batch;
    if (!isThere(batch)) return false;
    const readAt = reportedControl(pump.record, controlId)?.at ?? 0;
    if (clock.now() - readAt <= cadence().trustedMs) return true;
    const topic = topicOf(pump.record, controlId);
    const again = topic === null ? null : await asking.read(pump, [topic]);
    return again !== null && again.error === null && isThere(batch);
  };

  /** What the list says may be some minutes old; a pump is called offline only after asking. */
  const ensureOnline = async ({ pump, controlId }: Batch): Promise<void> => {
    if (onlineOf(pump) !== false) return;
    await asking.list();
    if (onlineOf(pump) !== false) return;
    throw new ThermiaError('pump_offline', 'The pump is not connected to the service', { during: controlId });
  };

  const send = async (batch: Batch): Promise<void> => {
    const { pump, controlId } = batch;
    open.delete(keyOf(pump, controlId));
    try {
      signal.throwIfAborted();
      if (await isSurelyThere(batch)) {
        settle(batch, { state: 'unchanged' });
        return;
      }
      await ensureOnline(batch);
      await asking.write(pump, controlId, batch.value);
    } catch (thrown) {
      const error = asThermiaError(thrown, controlId);
      // No answer does not mean not done: what the pump stands at now has to be looked up.
      const topic = topicOf(pump.record, controlId);
      if (topic !== null) makeDue(pump, [topic], clock.now() + (cadence().readBackMs[1] ?? 0));
      fail(batch, error);
      replan();
      return;
    }
    for (const { accepted } of batch.callers) accepted.resolve(undefined);
    readBack.expect(batch);
  };

  const join = (pump: PumpState, controlId: string, value: ControlValue, caller: Caller): void => {
    const key = keyOf(pump, controlId);
    const waiting = open.get(key);
    if (waiting !== undefined) {
      waiting.value = value;
      waiting.callers.push(caller);
      return;
    }
    const batch: Batch = { pump, controlId, value, callers: [caller] };
    const age = clock.now() - (reportedControl(pump.record, controlId)?.at ?? 0);
    if (isThere(batch) && age <= cadence().trustedMs) {
      settle(batch, { state: 'unchanged' });
      return;
    }
    open.set(key, batch);
    timers.set(
      batch,
      clock.after(cadence().coalesceMs, () => {
        timers.delete(batch);
        sending = sending.then(() => send(batch));
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
      if (snapshot(pump) === null) await refresh(pump);
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
    stop: () => {
      for (const batch of open.values()) fail(batch, asThermiaError(signal.reason, batch.controlId));
      open.clear();
      for (const cancel of timers.values()) cancel();
      readBack.stop();
    },
  };
};
