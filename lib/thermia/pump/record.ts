import type { PumpListing, PumpReport, Topic, TopicReport } from '../source.js';
import type { Control, ControlValue, Freshness, PumpIdentity, PumpSnapshot, Reading } from './model.js';

type GoodTopic = Extract<TopicReport, { readonly ok: true }>;

/** What is known of a pump, kept apart by where it came from, so that a topic that is read again replaces itself only. */
export interface PumpRecord {
  readonly id: string;
  readonly listing: (PumpListing & { readonly at: number }) | null;
  readonly identity: Partial<PumpIdentity>;
  readonly topics: ReadonlyMap<Topic, GoodTopic & { readonly at: number }>;
}

export const emptyRecord = (id: string): PumpRecord => ({
  id,
  listing: null,
  identity: {},
  topics: new Map(),
});

const known = (identity: Partial<PumpIdentity>): Partial<PumpIdentity> =>
  Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== null));

/** Topics that failed keep what they said before. An older answer never replaces a newer one. */
export const applyReport = (record: PumpRecord, report: PumpReport): PumpRecord => {
  const topics = new Map(record.topics);
  for (const topic of report.topics) {
    const before = topics.get(topic.topic);
    if (topic.ok && (before === undefined || before.at <= report.at)) {
      topics.set(topic.topic, { ...topic, at: report.at });
    }
  }
  return { ...record, topics, identity: { ...record.identity, ...known(report.identity ?? {}) } };
};

export const applyListing = (record: PumpRecord, listing: PumpListing, at: number): PumpRecord => ({
  ...record,
  listing: { ...listing, at },
});

const earlier = <T extends { readonly at: number }>(from: T, byMs: number): T => ({
  ...from,
  at: from.at - byMs,
});

/** The record as if all of it had arrived earlier: for a clock that was set back. */
export const movedBack = (record: PumpRecord, byMs: number): PumpRecord => ({
  ...record,
  listing: record.listing === null ? null : earlier(record.listing, byMs),
  topics: new Map(
    [...record.topics].map(([topic, held]) => [
      topic,
      {
        ...earlier(held, byMs),
        readings: Object.fromEntries(
          Object.entries(held.readings).map(([id, reading]) => [id, earlier(reading, byMs)]),
        ),
        controls: held.controls.map((control) => earlier(control, byMs)),
      },
    ]),
  ),
});

/** The pump's own answers know more than the list, but a new name is in the list first. */
export const identityOf = ({ id, listing, identity }: PumpRecord): PumpIdentity => ({
  model: null,
  firmware: null,
  gatewayFirmware: null,
  timeZone: null,
  ...known(listing?.identity ?? {}),
  ...identity,
  name: listing?.identity.name ?? identity.name ?? null,
  id,
});

/** Where a value comes with several topics: the one that is about it, then the one that is read more often. */
const PRECEDENCE: readonly Topic[] = [
  'mode',
  'temperatures',
  'status',
  'hot_water',
  'doing',
  'hours',
  'settings',
  'alarms',
  'profile',
];

/** How a record is to be seen at some moment. */
export interface View {
  readonly freshness: (source: Topic | 'list', at: number) => Freshness;
  /** Values that were accepted and not seen yet, by control. */
  readonly pending: ReadonlyMap<string, ControlValue>;
}

/** A value that can be relied on comes before one that cannot, whatever topic it is from. */
const better = <T extends { readonly freshness: Freshness }>(held: T | undefined, next: T): T =>
  held === undefined || (held.freshness === 'stale' && next.freshness === 'current') ? next : held;

/** The same of two topics, but never back in time: a slow topic counts as current for long after a fast one does. */
const later = <T extends { readonly freshness: Freshness; readonly at: number }>(
  held: T | undefined,
  next: T,
): T => (held !== undefined && next.at < held.at ? held : better(held, next));

const mergeReadings = (record: PumpRecord, view: View): Record<string, Reading<unknown>> => {
  const merged: Record<string, Reading<unknown>> = {};
  for (const topic of PRECEDENCE) {
    for (const [id, reading] of Object.entries(record.topics.get(topic)?.readings ?? {})) {
      merged[id] = later(merged[id], { ...reading, freshness: view.freshness(topic, reading.at) });
    }
  }
  const { listing } = record;
  if (listing !== null && listing.alarms !== null) {
    const freshness = view.freshness('list', listing.at);
    const counted = { value: listing.alarms, unit: null, at: listing.at, freshness };
    // The counter comes more often than the texts, and two ways of counting must not take turns.
    merged['alarms'] = better<Reading<unknown>>(counted, merged['alarms'] ?? counted);
  }
  return merged;
};

/** A control that stands at a value of its own type, which is what it was checked against. */
const standing = (control: Control, value: ControlValue): Control => {
  switch (control.kind) {
    case 'switch':
      return typeof value === 'boolean' ? { ...control, value, pending: true } : control;
    case 'number':
      return typeof value === 'number' ? { ...control, value, pending: true } : control;
    case 'choice':
      return typeof value === 'string' ? { ...control, value, pending: true } : control;
  }
};

/** A control as the pump last reported it, whatever is pending, and the topic to read to learn more of it. */
export const findControl = (
  record: PumpRecord,
  controlId: string,
): { readonly topic: Topic; readonly control: Control } | null => {
  for (const topic of PRECEDENCE) {
    const control = record.topics.get(topic)?.controls.find(({ id }) => id === controlId);
    if (control !== undefined) return { topic, control };
  }
  return null;
};

/**
 * The pump as it is to be shown. A value that was accepted and not yet seen stands in the place of the reported one, in
 * its control and in the reading of the same id, marked as pending.
 */
export const snapshotOf = (record: PumpRecord, view: View): PumpSnapshot => {
  const readings = mergeReadings(record, view);
  const controls = new Map<string, Control>();
  const unknown = new Map<string, number>();
  for (const topic of PRECEDENCE) {
    const held = record.topics.get(topic);
    if (held === undefined) continue;
    for (const control of held.controls) {
      const seen = { ...control, freshness: view.freshness(topic, control.at) };
      controls.set(control.id, later(controls.get(control.id), seen));
    }
    for (const [name, value] of held.unknown) unknown.set(name, value);
  }
  for (const [id, value] of view.pending) {
    const control = controls.get(id);
    if (control !== undefined) controls.set(id, standing(control, value));
    const reading = readings[id];
    if (reading !== undefined) readings[id] = { ...reading, value, pending: true };
  }
  return {
    identity: identityOf(record),
    online: record.listing?.online ?? null,
    lastOnline: record.listing?.lastOnline ?? null,
    readings,
    controls,
    unknown,
  };
};
