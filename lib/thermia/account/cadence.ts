import { TOPICS, type Topic } from '../source.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often what is asked, and how long is waited. All times in milliseconds. */
export interface Cadence {
  /** Between reads of what the pump does and of its temperatures. */
  readonly fastMs: number;
  /** Between reads of the other topics; never more often than the fast ones. */
  readonly topicMs: Readonly<Record<Exclude<Topic, 'doing' | 'temperatures'>, number>>;
  readonly listMs: number;
  /** While a pump is offline its values stand still: it is read rarely, and the list tells when it is back. */
  readonly offlineMs: number;
  readonly offlineListMs: number;
  /** After this long a topic that a pump has nothing under is asked again, and everything is looked up anew. */
  readonly relearnMs: number;
  /** So many empty answers in a row, over so long where there was something, mean that there is nothing. */
  readonly emptyTimes: number;
  readonly emptyMs: number;
  /** The first poll comes within this time; later ones early or late by this share of the fast cadence. */
  readonly firstJitterMs: number;
  readonly jitter: number;
  /** Longest wait between tries during an outage. */
  readonly backoffMaxMs: number;
  /** Wait where the service throttles and does not say for how long; doubles up to the longest wait. */
  readonly throttleMs: number;
  readonly listDeadlineMs: number;
  readonly readDeadlineMs: number;
  /** For profile and settings, which are many requests. */
  readonly slowReadDeadlineMs: number;
  readonly cycleDeadlineMs: number;
  readonly writeDeadlineMs: number;
  /** Writes of one control within this time become one. */
  readonly coalesceMs: number;
  /** When a write is looked for, after it was accepted. */
  readonly readBackMs: readonly number[];
  /** When a value is looked up that may have been written, though no answer came. */
  readonly lookAfterMs: number;
  /** A value read longer ago is read again before a write is saved because of it. */
  readonly trustedMs: number;
  /** Values older than this many periods of their topic, plus a minute, are stale. */
  readonly stalePeriods: number;
  /** Without a good answer for this long a pump is unavailable. */
  readonly unavailableMs: number;
}

export const CADENCE: Cadence = {
  fastMs: 3 * MINUTE,
  topicMs: {
    hot_water: 15 * MINUTE,
    status: 30 * MINUTE,
    mode: HOUR,
    hours: HOUR,
    alarms: HOUR,
    settings: 4 * HOUR,
    profile: DAY,
  },
  listMs: 15 * MINUTE,
  offlineMs: 15 * MINUTE,
  offlineListMs: 5 * MINUTE,
  relearnMs: DAY,
  emptyTimes: 3,
  emptyMs: HOUR,
  firstJitterMs: 3 * SECOND,
  jitter: 0.1,
  backoffMaxMs: 15 * MINUTE,
  throttleMs: MINUTE,
  listDeadlineMs: 45 * SECOND,
  readDeadlineMs: MINUTE,
  slowReadDeadlineMs: 3 * MINUTE,
  cycleDeadlineMs: 10 * MINUTE,
  writeDeadlineMs: 30 * SECOND,
  coalesceMs: SECOND,
  readBackMs: [3, 8, 15, 30, 60].map((seconds) => seconds * SECOND),
  lookAfterMs: 8 * SECOND,
  trustedMs: MINUTE,
  stalePeriods: 3,
  unavailableMs: HOUR,
};

/** The most requests for one pump and day while nobody touches it, at the cadence above. */
export const DAILY_REQUESTS = 1440;

/** What the interval can be set to, minutes. */
export const INTERVAL = { min: 1, max: 30 } as const;

/** Read first, so that something is seen soon; the rest is many requests. */
export const SLOW_TOPICS: ReadonlySet<Topic> = new Set(['profile', 'settings', 'hours', 'alarms']);

/** What shows the pump as it is now. */
export const FAST_TOPICS: ReadonlySet<Topic> = new Set(['doing', 'temperatures']);

/** How long until a topic is to be read again. */
export const periodOf = (
  cadence: Cadence,
  topic: Topic,
  facts: { readonly empty: boolean; readonly online: boolean | null },
): number => {
  const period =
    topic === 'doing' || topic === 'temperatures'
      ? cadence.fastMs
      : Math.max(cadence.topicMs[topic], cadence.fastMs);
  if (facts.empty) return Math.max(period, cadence.relearnMs);
  return facts.online === false ? Math.max(period, cadence.offlineMs) : period;
};

/** The age at which a value of a topic is stale: some reads were missed. */
export const maxAgeOf = (cadence: Cadence, source: Topic | 'list'): number => {
  const period =
    source === 'list' ? cadence.listMs : periodOf(cadence, source, { empty: false, online: true });
  return cadence.stalePeriods * period + MINUTE;
};

/** The wait after a number of failures in a row: doubles from the fast cadence up to the longest wait. */
export const backoffOf = (cadence: Cadence, failures: number): number =>
  Math.max(cadence.fastMs, Math.min(cadence.backoffMaxMs, cadence.fastMs * 2 ** Math.min(failures - 1, 10)));

/** The wait after a number of failures in a row of a topic. `alone`: the pump can be read otherwise. */
export const waitAfter = (
  cadence: Cadence,
  topic: Topic,
  facts: {
    readonly failures: number;
    readonly alone: boolean;
    /** The service does not know what was asked for. */
    readonly unknownThere: boolean;
    readonly online: boolean | null;
  },
): number => {
  const outage = backoffOf(cadence, facts.failures);
  if (!facts.alone || FAST_TOPICS.has(topic)) return outage;
  const period = periodOf(cadence, topic, { empty: false, online: facts.online });
  const doubled = 2 ** Math.min(facts.failures, 10);
  return facts.unknownThere
    ? Math.min(cadence.relearnMs, period * doubled)
    : Math.max(outage, Math.min(period, (cadence.fastMs * doubled) / 2));
};

/**
 * Whether empty answers in a row mean that there is nothing. The service answers so in passing, too: what was there
 * stays for a while, and a pump never ceases to do something.
 */
export const isNothing = (
  cadence: Cadence,
  topic: Topic,
  facts: { readonly held: boolean; readonly times: number; readonly forMs: number },
): boolean =>
  facts.times >= cadence.emptyTimes &&
  (!facts.held || (!FAST_TOPICS.has(topic) && facts.forMs >= cadence.emptyMs));

/** A pump, as far as it matters for the number of requests. */
export interface PumpShape {
  /** Groups that belong to settings: with registers, and without. */
  readonly settingsGroups: number;
  readonly emptySettingsGroups: number;
  readonly emptyTopics: readonly Topic[];
  /** Whether the list carries alarm counters; without them the alarms are asked for themselves. */
  readonly counters: boolean;
  /** Whether there are alarms: then they are asked for as well. */
  readonly alarms?: boolean;
}

/** Requests that reading a topic takes. */
export const requestsOf = (topic: Topic, settingsGroups: number): number =>
  topic === 'settings' ? settingsGroups : topic === 'profile' ? 2 : 1;

/** Requests in an idle day, the list for this pump alone. Alarms cost none while there are none and they are counted. */
export const requestsPerDay = (cadence: Cadence, shape: PumpShape): number => {
  const topics = TOPICS.map((topic) => {
    if (topic === 'alarms' && shape.counters && shape.alarms !== true) return 0;
    const empty = shape.emptyTopics.includes(topic);
    const each = requestsOf(topic, shape.settingsGroups);
    return (each * DAY) / periodOf(cadence, topic, { empty, online: true });
  });
  const relearning = (shape.emptySettingsGroups * DAY) / cadence.relearnMs;
  return topics.reduce((sum, each) => sum + each, DAY / cadence.listMs + relearning);
};
