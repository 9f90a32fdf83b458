import { ThermiaError, type ErrorKind } from '../errors.js';
import type { ControlValue } from '../pump/model.js';
import { applyListing, applyReport, emptyRecord, type PumpRecord } from '../pump/record.js';
import { TOPICS, type PumpListing, type PumpReport, type Topic } from '../source.js';
import { backoffOf, periodOf, type Cadence } from './cadence.js';

/** What the account keeps of one pump. Nothing in it is shared between pumps. */
export interface PumpState {
  readonly id: string;
  readonly watchedSince: number;
  watchers: number;
  record: PumpRecord;
  goneSince: number | null;
  offlineSince: number | null;
  lastGoodAt: number | null;
  /** In a row. */
  failures: number;
  error: ErrorKind | null;
  /** When each topic is to be read. */
  readonly due: Record<Topic, number>;
  readonly topicFailures: Map<Topic, number>;
  /** The counter's value when the alarms were last read. */
  alarmsRead: number | null;
  forgottenAt: number;
  /** Values that were accepted and not seen yet, by control. */
  readonly pending: Map<string, ControlValue>;
  /** What was told last, to tell changes only. */
  readonly told: { availability: string; freshness: string };
}

export const createPumpState = (id: string, now: number, cadence: Cadence): PumpState => ({
  id,
  watchedSince: now,
  watchers: 0,
  record: emptyRecord(id),
  goneSince: null,
  offlineSince: null,
  lastGoodAt: null,
  failures: 0,
  error: null,
  due: {
    doing: now,
    temperatures: now,
    hot_water: now,
    status: now,
    mode: now,
    hours: now,
    settings: now,
    profile: now,
    // The list has to tell whether there are any, or that it does not tell.
    alarms: now + cadence.topicMs.alarms,
  },
  topicFailures: new Map(),
  alarmsRead: 0,
  forgottenAt: now,
  pending: new Map(),
  told: { availability: '', freshness: '' },
});

export const onlineOf = (pump: PumpState): boolean | null => pump.record.listing?.online ?? null;

/** Topics to read now: those due, and those that would be due before it is worth coming back. */
export const dueTopics = (pump: PumpState, now: number, slackMs: number): readonly Topic[] =>
  TOPICS.filter((topic) => pump.due[topic] <= now + slackMs);

export const nextDueAt = (pump: PumpState): number =>
  pump.goneSince === null ? Math.min(...Object.values(pump.due)) : Infinity;

export const makeDue = (pump: PumpState, topics: readonly Topic[], at: number): void => {
  for (const topic of topics) pump.due[topic] = Math.min(at, pump.due[topic]);
};

const FAST: readonly Topic[] = ['doing', 'temperatures'];

/** Everything but the alarms, which are not asked for while the list counts none. */
export const REGULAR: readonly Topic[] = TOPICS.filter((topic) => topic !== 'alarms');

/** Takes over what the list says; `listing` is undefined where a good list lacks the pump. */
export const noteListing = (pump: PumpState, listing: PumpListing | undefined, now: number): void => {
  if (listing === undefined) {
    pump.goneSince ??= now;
    return;
  }
  const isBack = pump.goneSince !== null || (onlineOf(pump) === false && listing.online !== false);
  pump.goneSince = null;
  pump.record = applyListing(pump.record, listing, now);
  if (listing.online !== false) pump.offlineSince = null;
  else pump.offlineSince ??= listing.lastOnline ?? now;
  // One alarm may have taken another's place: only where there are none does the counter say it all.
  if (listing.alarms !== pump.alarmsRead) makeDue(pump, ['alarms'], now);
  else if (listing.alarms === 0) pump.due.alarms = Infinity;
  if (isBack) makeDue(pump, REGULAR, now);
};

/** The service does not know what was asked for, which may be because ids were renumbered. */
const isUnknownThere = (error: ThermiaError): boolean =>
  error.kind === 'not_found' || error.kind === 'rejected';

const noteTopicFailure = (
  pump: PumpState,
  topic: Topic,
  error: ThermiaError,
  now: number,
  cadence: Cadence,
): void => {
  const failures = (pump.topicFailures.get(topic) ?? 0) + 1;
  pump.topicFailures.set(topic, failures);
  const period = periodOf(cadence, topic, { empty: false, online: onlineOf(pump) });
  const wait = isUnknownThere(error)
    ? Math.min(cadence.relearnMs, period * 2 ** Math.min(failures, 10))
    : backoffOf(cadence, failures);
  pump.due[topic] = now + wait;
};

export interface Noted {
  /** Why nothing came that shows the pump as it is; null where something did. */
  readonly failure: ThermiaError | null;
  /** The first topic's that failed, also where others did not. */
  readonly error: ThermiaError | null;
  /** Whether all that was asked for is unknown to the service. */
  readonly lost: boolean;
}

/** Takes over a report. What was asked for and is not in it is asked again at its own pace. */
export const noteReport = (
  pump: PumpState,
  asked: readonly Topic[],
  report: PumpReport,
  now: number,
  cadence: Cadence,
): Noted => {
  pump.record = applyReport(pump.record, report);
  const online = onlineOf(pump);
  for (const topic of asked) pump.due[topic] = now + periodOf(cadence, topic, { empty: false, online });
  for (const result of report.topics) {
    if (!result.ok) {
      noteTopicFailure(pump, result.topic, result.error, now, cadence);
      continue;
    }
    pump.topicFailures.delete(result.topic);
    pump.due[result.topic] = now + periodOf(cadence, result.topic, { empty: result.empty, online });
    if (result.topic !== 'alarms') continue;
    pump.alarmsRead = pump.record.listing?.alarms ?? null;
    if (pump.alarmsRead === 0) pump.due.alarms = Infinity;
  }
  const fast = report.topics.filter(({ topic }) => FAST.includes(topic));
  const errors = report.topics.flatMap((result) => (result.ok ? [] : [result.error]));
  const [error = null] = errors;
  if (!(fast.length > 0 ? fast : report.topics).some(({ ok }) => ok)) {
    const failure = error ?? new ThermiaError('unexpected_answer', 'Nothing was delivered');
    pump.failures += 1;
    pump.error = failure.kind;
    return { failure, error, lost: errors.some(isUnknownThere) };
  }
  if (!FAST.every((topic) => pump.topicFailures.has(topic))) {
    // A slow topic that can be read does not make up for all that shows the pump as it is now.
    pump.lastGoodAt = report.at;
    pump.failures = 0;
    pump.error = null;
  }
  return { failure: null, error, lost: false };
};

/** Takes over that a read failed as a whole. */
export const noteFailure = (
  pump: PumpState,
  asked: readonly Topic[],
  error: ThermiaError,
  now: number,
  cadence: Cadence,
): Noted => {
  pump.failures += 1;
  pump.error = error.kind;
  for (const topic of asked) pump.due[topic] = now + backoffOf(cadence, pump.failures);
  return { failure: error, error, lost: isUnknownThere(error) };
};
