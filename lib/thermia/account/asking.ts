import { ThermiaError, type ErrorKind } from '../errors.js';
import type { Clock, Logger } from '../ports.js';
import type { ControlValue } from '../pump/model.js';
import type { PumpList, PumpListing, PumpSource, Topic } from '../source.js';
import { NEEDS_A_PERSON } from './availability.js';
import type { RequestCounter } from './budget.js';
import { backoffOf, SLOW_TOPICS, type Cadence } from './cadence.js';
import { asThermiaError, withDeadline } from './deadline.js';
import type { Emitter } from './emitter.js';
import type { PumpKeys } from './keys.js';
import { makeDue, noteFailure, noteListing, noteReport, type Noted, type PumpState } from './pump-state.js';
import { foundIn } from './renumbered.js';
import type { ErrorRecord } from './types.js';

const ERRORS_KEPT = 20;
const FORGET_MS = 3_600_000;

/** All traffic of an account passes here: deadlines, the gate, counting, and what an error means for all pumps. */
export interface Asking {
  list(): Promise<readonly PumpListing[]>;
  /** Never rejects: what happened is in the answer and in the pump's state. */
  read(pump: PumpState, topics: readonly Topic[]): Promise<Noted>;
  write(pump: PumpState, controlId: string, value: ControlValue): Promise<void>;
  /** When the service may be asked again. */
  openAt(): number;
  paused(): ErrorKind | null;
  resume(): void;
  /** Nobody is signed in any more: pauses, and takes no answer that is still under way. */
  leave(): void;
  errors(): readonly ErrorRecord[];
  moveBack(byMs: number): void;
  /** When the list is due, and how often it failed in a row. */
  readonly listed: { dueAt: number; failures: number };
}

export const createAsking = (context: {
  readonly source: PumpSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cadence: () => Cadence;
  readonly counter: RequestCounter | null;
  readonly signal: AbortSignal;
  readonly pumps: ReadonlyMap<string, PumpState>;
  readonly keys: PumpKeys;
  readonly emitter: Emitter;
  readonly publish: (pump: PumpState) => void;
}): Asking => {
  const { source, clock, logger, cadence, counter, signal, pumps, keys, emitter, publish } = context;
  const errors: ErrorRecord[] = [];
  const listed = { dueAt: 0, failures: 0 };
  let openAt = 0;
  let throttles = 0;
  let paused: ErrorKind | null = null;
  let leavings = 0;
  let listing: Promise<readonly PumpListing[]> | null = null;

  const pause = (reason: ErrorKind | null): void => {
    if (paused === reason) return;
    paused = reason;
    emitter.emit('paused', reason);
  };

  /** What an error means beyond the thing it happened to. */
  const note = (error: ThermiaError, during: string, pumpId: string | null): void => {
    errors.push({ at: clock.now(), kind: error.kind, message: error.message, during, pumpId });
    if (errors.length > ERRORS_KEPT) errors.shift();
    if (NEEDS_A_PERSON.includes(error.kind)) pause(error.kind);
    if (error.kind !== 'throttled') return;
    const { throttleMs, backoffMaxMs } = cadence();
    const wait =
      error.facts.retryAfterMs ?? Math.min(backoffMaxMs, throttleMs * 2 ** Math.min(throttles, 10));
    throttles += 1;
    const until = clock.now() + wait;
    openAt = Math.max(openAt, until);
  };

  /** Set while the service wants to be left alone: nothing is sent, and that is no new failure. */
  const closed = (during: string): ThermiaError | null => {
    const now = clock.now();
    const retryAfterMs = openAt - now;
    return retryAfterMs <= 0
      ? null
      : new ThermiaError('throttled', 'The service asked for a pause', { during, retryAfterMs });
  };

  /** One request with its deadline. The answer to somebody who has left meanwhile is none. */
  const send = async <T>(
    ms: number,
    during: string,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const before = leavings;
    const answer = await withDeadline({ clock, ms, during, parent: signal }, run);
    if (leavings !== before) throw new ThermiaError('stopped', 'Signed out meanwhile', { during });
    return answer;
  };

  const worked = (): void => {
    if (clock.now() >= openAt) throttles = 0;
    pause(null);
  };

  const takeOver = (list: PumpList): void => {
    const identities = list.map(({ identity }) => identity);
    const byId = new Map(list.map((each) => [each.identity.id, each]));
    const found = foundIn([...pumps.values()], identities, list.incomplete !== true);
    for (const pump of pumps.values()) {
      const sourceId = found.get(pump.id);
      if (sourceId === undefined) continue;
      if (sourceId !== null && sourceId !== pump.sourceId) {
        logger.info('A pump has another number now', { pump: `…${sourceId.slice(-3)}` });
      }
      noteListing(pump, sourceId === null ? undefined : byId.get(sourceId), clock.now());
      if (pump.key !== null) keys.learn(pump.id, pump.key);
      publish(pump);
    }
  };

  /** A pump that has another number now goes by the one that the outside knows. */
  const asKnown = (listing: PumpListing): PumpListing => {
    const pump = [...pumps.values()].find(({ sourceId }) => sourceId === listing.identity.id);
    return pump === undefined ? listing : { ...listing, identity: { ...listing.identity, id: pump.id } };
  };

  const askList = async (): Promise<readonly PumpListing[]> => {
    const during = 'list';
    const refusal = closed(during);
    if (refusal !== null) throw refusal;
    try {
      counter?.count(during);
      const found = await send(cadence().listDeadlineMs, during, (each) => source.list(each));
      worked();
      if (listed.failures > 0) logger.info('The list of pumps can be read again');
      listed.failures = 0;
      takeOver(found);
      return found.map(asKnown);
    } catch (thrown) {
      const error = asThermiaError(thrown, during);
      if (signal.aborted) throw error;
      note(error, during, null);
      listed.failures += 1;
      if (listed.failures === 1) logger.warn('The list of pumps cannot be read', { kind: error.kind });
      throw error;
    }
  };

  /** Lets the source look a pump up anew, not more than once in an hour. */
  const lookUpAnew = (pump: PumpState, at: number): void => {
    if (clock.now() - pump.forgottenAt < FORGET_MS) return;
    pump.forgottenAt = clock.now();
    source.forget(pump.sourceId);
    makeDue(pump, ['profile', 'status'], at);
  };

  const ask = async (pump: PumpState, topics: readonly Topic[]): Promise<Noted> => {
    const during = topics.join(', ');
    try {
      for (const topic of topics) counter?.count(topic);
      const { readDeadlineMs, slowReadDeadlineMs } = cadence();
      const ms = topics.some((topic) => SLOW_TOPICS.has(topic)) ? slowReadDeadlineMs : readDeadlineMs;
      const report = await send(ms, during, (each) => source.read(pump.sourceId, topics, each));
      const noted = noteReport(pump, topics, report, clock.now(), cadence());
      for (const result of report.topics) if (!result.ok) note(result.error, result.topic, pump.id);
      if (noted.failure === null) worked();
      return noted;
    } catch (thrown) {
      const error = asThermiaError(thrown, during);
      note(error, during, pump.id);
      return noteFailure(pump, topics, error, clock.now(), cadence());
    }
  };

  return {
    listed,
    list: () => {
      listing ??= askList().finally(() => {
        listing = null;
      });
      return listing;
    },
    read: async (pump, topics) => {
      const failuresBefore = pump.failures;
      const refusal = closed(topics.join(', '));
      if (refusal !== null) return { failure: refusal, error: refusal, lost: false };
      const noted = await ask(pump, topics);
      if (signal.aborted) return noted;
      // The end of the id is enough to tell pumps apart in a log.
      const fields = { pump: `…${pump.id.slice(-3)}` };
      if (failuresBefore > 0 && pump.failures === 0) logger.info('A pump can be read again', fields);
      if (failuresBefore === 0 && pump.failures > 0) {
        logger.warn('A pump cannot be read', { ...fields, kind: pump.error });
      }
      if (noted.lost) {
        lookUpAnew(pump, clock.now() + backoffOf(cadence(), pump.failures));
        listed.dueAt = Math.min(listed.dueAt, clock.now());
      }
      publish(pump);
      return noted;
    },
    write: async (pump, controlId, value) => {
      const refusal = closed(controlId);
      if (refusal !== null) throw refusal;
      try {
        counter?.count('write');
        await send(cadence().writeDeadlineMs, controlId, (each) =>
          source.write(pump.sourceId, controlId, value, each),
        );
        worked();
      } catch (thrown) {
        const error = asThermiaError(thrown, controlId);
        note(error, controlId, pump.id);
        if (error.kind === 'rejected' || error.kind === 'not_found') lookUpAnew(pump, clock.now());
        throw error;
      }
    },
    openAt: () => openAt,
    paused: () => paused,
    resume: () => pause(null),
    leave: () => {
      leavings += 1;
      pause('sign_in_needed');
    },
    errors: () => [...errors],
    moveBack: (byMs) => {
      openAt -= byMs;
      listed.dueAt -= byMs;
    },
  };
};
