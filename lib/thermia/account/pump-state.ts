import { ThermiaError, type ErrorKind } from '../errors.js';
import type { ControlValue } from '../pump/model.js';
import { applyListing, applyReport, emptyRecord, movedBack, type PumpRecord } from '../pump/record.js';
import { TOPICS, type PumpListing, type PumpReport, type Topic, type TopicReport } from '../source.js';
import { FAST_TOPICS, isNothing, periodOf, waitAfter, type Cadence } from './cadence.js';

/** What the account keeps of one pump. Nothing in it is shared between pumps. */
export interface PumpState {
  /** As the outside knows it. */
  readonly id: string;
  /** As the source knows it now. */
  sourceId: string;
  /** What it is known by besides. */
  key: string | null;
  watchedSince: number;
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
  /** Empty answers in a row, and since when. */
  readonly empties: Map<Topic, { readonly times: number; readonly since: number }>;
  /** The counter's value when the alarms were last read. */
  alarmsRead: number | null;
  forgottenAt: number;
  /** Values that were accepted and not seen yet, by control. */
  readonly pending: Map<string, ControlValue>;
  /** What was told last, to tell changes only. */
  readonly told: { availability: string; freshness: string };
}

export const createPumpState = (
  id: string,
  key: string | null,
  now: number,
  cadence: Cadence,
): PumpState => ({
  id,
  sourceId: id,
  key,
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
  empties: new Map(),
  alarmsRead: 0,
  forgottenAt: now,
  pending: new Map(),
  told: { availability: '', freshness: '' },
});

/** All that was read of it is gone, as if it had not been looked at yet; who watches and writes goes on. */
export const forgetAnswers = (pump: PumpState, error: ErrorKind, now: number, cadence: Cadence): void => {
  const { id, watchers, pending, told } = pump;
  Object.assign(pump, createPumpState(id, null, now, cadence), { watchers, pending, told, error });
};

export const onlineOf = (pump: PumpState): boolean | null => pump.record.listing?.online ?? null;

/** Topics to read now: those due, and those that would be due before it is worth coming back. */
export const dueTopics = (pump: PumpState, now: number, slackMs: number): readonly Topic[] =>
  TOPICS.filter((topic) => pump.due[topic] <= now + slackMs);

export const nextDueAt = (pump: PumpState): number =>
  pump.goneSince === null ? Math.min(...Object.values(pump.due)) : Infinity;

export const makeDue = (pump: PumpState, topics: readonly Topic[], at: number): void => {
  for (const topic of topics) pump.due[topic] = Math.min(at, pump.due[topic]);
};

/** The clock was set back: what was kept of it is moved along. What the service said of a moment stays. */
export const movePumpBack = (pump: PumpState, byMs: number, now: number): void => {
  const back = (at: number | null): number | null => (at === null ? null : at - byMs);
  pump.record = movedBack(pump.record, byMs);
  for (const topic of TOPICS) pump.due[topic] -= byMs;
  for (const [topic, { times, since }] of pump.empties) {
    pump.empties.set(topic, { times, since: since - byMs });
  }
  pump.watchedSince -= byMs;
  pump.forgottenAt -= byMs;
  pump.lastGoodAt = back(pump.lastGoodAt);
  pump.goneSince = back(pump.goneSince);
  pump.offlineSince = pump.offlineSince === null ? null : Math.min(pump.offlineSince, now);
};

/** Everything but the alarms, which are not asked for while the list counts none. */
export const REGULAR: readonly Topic[] = TOPICS.filter((topic) => topic !== 'alarms');

/** Takes over what the list says; `listing` is undefined where a good list lacks the pump. */
export const noteListing = (pump: PumpState, listing: PumpListing | undefined, now: number): void => {
  if (listing === undefined) {
    pump.goneSince ??= now;
    return;
  }
  const { id, key } = listing.identity;
  const isBack =
    pump.goneSince !== null || pump.sourceId !== id || (onlineOf(pump) === false && listing.online !== false);
  pump.goneSince = null;
  pump.sourceId = id;
  pump.key = key ?? pump.key;
  pump.record = applyListing(pump.record, listing, now);
  if (listing.online !== false) pump.offlineSince = null;
  else pump.offlineSince ??= listing.lastOnline ?? now;
  // One alarm may have taken another's place: only where there are none does the counter say it all.
  if (listing.alarms !== pump.alarmsRead) makeDue(pump, ['alarms'], now);
  else if (listing.alarms === 0) pump.due.alarms = Infinity;
  if (isBack) makeDue(pump, REGULAR, now);
};

/** What the age of a value is judged by. A counter that has not moved since says that the alarms are still these. */
export const witnessOf = (
  { record: { listing }, alarmsRead }: Pick<PumpState, 'record' | 'alarmsRead'>,
  from: Topic | 'list',
  at: number,
): { readonly from: Topic | 'list'; readonly at: number } =>
  from === 'alarms' && listing !== null && listing.alarms !== null && listing.alarms === alarmsRead
    ? { from: 'list', at: Math.max(at, listing.at) }
    : { from, at };

/** The service does not know what was asked for, which may be because ids were renumbered. */
const isUnknownThere = (error: ThermiaError): boolean =>
  error.kind === 'not_found' || error.kind === 'rejected';

const noteTopicFailure = (
  pump: PumpState,
  topic: Topic,
  { error, alone, now, cadence }: { error: ThermiaError; alone: boolean; now: number; cadence: Cadence },
): void => {
  const failures = (pump.topicFailures.get(topic) ?? 0) + 1;
  pump.topicFailures.set(topic, failures);
  const facts = { failures, alone, unknownThere: isUnknownThere(error), online: onlineOf(pump) };
  pump.due[topic] = now + waitAfter(cadence, topic, facts);
};

/** Counts an empty answer; whether the topic has nothing to it. */
const noteEmpty = (pump: PumpState, topic: Topic, now: number, cadence: Cadence): boolean => {
  const { times, since } = pump.empties.get(topic) ?? { times: 0, since: now };
  pump.empties.set(topic, { times: times + 1, since });
  const held = pump.record.topics.get(topic)?.empty === false;
  return isNothing(cadence, topic, { held, times: times + 1, forMs: now - since });
};

/** Before a read: whether the last look at the pump showed it, and this one looks at something else. */
const isOtherwiseWell = (pump: PumpState, asked: readonly Topic[]): boolean =>
  pump.failures === 0 && !asked.some((topic) => FAST_TOPICS.has(topic));

/** All that shows the pump as it is now fails, or came back empty where there was something. */
const isBlind = (pump: PumpState): boolean =>
  [...FAST_TOPICS].every(
    (topic) =>
      pump.topicFailures.has(topic) ||
      (pump.empties.has(topic) && pump.record.topics.get(topic)?.empty === false),
  );

export interface Noted {
  /** Why nothing came that shows the pump as it is; null where something did. */
  readonly failure: ThermiaError | null;
  /** The first topic's that failed, also where others did not. */
  readonly error: ThermiaError | null;
  /** Whether all that was asked for is unknown to the service. */
  readonly lost: boolean;
}

/** The pump can be read again: what failed on the way gets another chance, as if for the first time. */
const recover = (pump: PumpState, now: number): void => {
  if (pump.failures > 0) {
    const missed = [...pump.topicFailures.keys()].filter((topic) => !FAST_TOPICS.has(topic));
    makeDue(pump, missed, now);
    for (const topic of missed) pump.topicFailures.delete(topic);
  }
  pump.lastGoodAt = now;
  pump.failures = 0;
  pump.error = null;
};

/** Takes over a report. What was asked for and is not in it is asked again at its own pace. */
export const noteReport = (
  pump: PumpState,
  asked: readonly Topic[],
  report: PumpReport,
  now: number,
  cadence: Cadence,
): Noted => {
  const online = onlineOf(pump);
  const errors = report.topics.flatMap((result) => (result.ok ? [] : [result.error]));
  const [error = null] = errors;
  const alone = errors.length < report.topics.length || isOtherwiseWell(pump, asked);
  for (const topic of asked) pump.due[topic] = now + periodOf(cadence, topic, { empty: false, online });
  const kept: TopicReport[] = [];
  for (const result of report.topics) {
    const { topic } = result;
    if (result.ok && !asked.includes(topic)) {
      kept.push(result);
      continue;
    }
    if (!result.ok) {
      noteTopicFailure(pump, topic, { error: result.error, alone, now, cadence });
      continue;
    }
    pump.topicFailures.delete(topic);
    const held = pump.record.topics.get(topic)?.empty === false;
    const nothing = result.empty && noteEmpty(pump, topic, now, cadence);
    if (!result.empty) pump.empties.delete(topic);
    if (nothing || !result.empty || !held) kept.push(result);
    pump.due[topic] = now + periodOf(cadence, topic, { empty: nothing, online });
  }
  pump.record = applyReport(pump.record, { ...report, topics: kept });
  if (kept.some(({ topic, ok }) => ok && topic === 'alarms')) {
    pump.alarmsRead = pump.record.listing?.alarms ?? null;
    if (pump.alarmsRead === 0) pump.due.alarms = Infinity;
  }
  const fast = report.topics.filter(({ topic }) => FAST_TOPICS.has(topic));
  const good =
    fast.length > 0 ? fast.some((result) => kept.includes(result)) : report.topics.some(({ ok }) => ok);
  if (!good) {
    const failure = error ?? new ThermiaError('unexpected_answer', 'Nothing was delivered');
    pump.failures += 1;
    pump.error = failure.kind;
    return { failure, error, lost: errors.some(isUnknownThere) };
  }
  // A slow topic that can be read does not make up for all that shows the pump as it is now.
  if (!isBlind(pump)) recover(pump, report.at);
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
  const alone = isOtherwiseWell(pump, asked);
  for (const topic of asked) noteTopicFailure(pump, topic, { error, alone, now, cadence });
  pump.failures += 1;
  pump.error = error.kind;
  return { failure: error, error, lost: isUnknownThere(error) };
};
