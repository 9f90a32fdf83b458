import { describe, expect, it } from 'vitest';
import { ThermiaError } from '../../../../lib/thermia/errors.js';
import {
  applyListing,
  applyReport,
  decodeTopic,
  emptyRecord,
  findControl,
  freshnessOf,
  identityOf,
  snapshotOf,
  type PumpRecord,
  type Readings,
  type View,
} from '../../../../lib/thermia/pump/index.js';
import type { PumpListing, Topic, TopicReport } from '../../../../lib/thermia/source.js';
import { classic, genesis } from './families.js';
import { AT, parsePump } from './wire-pumps.js';

const CURRENT: View = { freshness: () => 'current', pending: new Map() };
const listing = (rest: Partial<PumpListing> & { name?: string | null } = {}): PumpListing => ({
  identity: {
    id: '7',
    name: rest.name ?? null,
    model: 'From the list',
    firmware: null,
    gatewayFirmware: null,
    timeZone: null,
  },
  online: true,
  lastOnline: AT - 5,
  alarms: null,
  ...rest,
});

const topicOfPump = (pump: typeof classic, topic: Topic, at: number): TopicReport => ({
  topic,
  ok: true,
  ...decodeTopic(topic, { at, ...parsePump(pump), timeZone: null }),
});
const good = (topic: Topic, readings: Readings): TopicReport => ({
  topic,
  ok: true,
  readings,
  controls: [],
  unknown: new Map(),
  empty: false,
});
const reading = <T>(value: T, at: number) => ({ value, unit: null, at, freshness: 'current' }) as const;
const withTopics = (at: number, ...topics: TopicReport[]): PumpRecord =>
  applyReport(emptyRecord('7'), { at, topics });

describe('freshness', () => {
  it.each([
    [0, true, 'current'],
    [10, null, 'current'],
    [11, true, 'stale'],
    [0, false, 'stale'],
  ] as const)('at an age of %i of 10, online %s: %s', (ageMs, online, expected) => {
    expect(freshnessOf({ ageMs, maxAgeMs: 10, online })).toBe(expected);
  });
});

describe('a report', () => {
  const first = withTopics(
    AT,
    good('temperatures', { 'temperature.supply': reading(30, AT), 'temperature.return': reading(25, AT) }),
    good('hours', { 'hours.compressor': reading(1, AT) }),
  );

  it('replaces all that its topic said before, and nothing else', () => {
    const next = applyReport(first, {
      at: AT + 1,
      topics: [good('temperatures', { 'temperature.supply': reading(31, AT + 1) })],
    });
    const { readings } = snapshotOf(next, CURRENT);
    expect(readings['temperature.supply']?.value).toBe(31);
    expect(readings['temperature.return']).toBeUndefined();
    expect(readings['hours.compressor']?.value).toBe(1);
    expect(snapshotOf(first, CURRENT).readings['temperature.supply']?.value).toBe(30);
  });

  it('keeps what a failed topic said before', () => {
    const error = new ThermiaError('service_down', 'no');
    const next = applyReport(first, { at: AT + 1, topics: [{ topic: 'temperatures', ok: false, error }] });
    expect(snapshotOf(next, CURRENT).readings['temperature.return']?.value).toBe(25);
  });

  it('that is older than what is known changes nothing', () => {
    const late = applyReport(first, {
      at: AT - 1,
      topics: [good('temperatures', { 'temperature.supply': reading(99, AT - 1) })],
    });
    expect(snapshotOf(late, CURRENT).readings['temperature.supply']?.value).toBe(30);
  });
});

describe('who the pump is', () => {
  it('comes from its own answers, then the list; the name the other way round', () => {
    const record = applyListing(
      applyReport(emptyRecord('7'), {
        at: AT,
        identity: { name: 'Old', model: 'Detail', timeZone: 'Europe/Oslo', firmware: null },
        topics: [],
      }),
      listing({ name: 'New' }),
      AT,
    );
    expect(identityOf(record)).toEqual({
      id: '7',
      name: 'New',
      model: 'Detail',
      firmware: null,
      gatewayFirmware: null,
      timeZone: 'Europe/Oslo',
    });
    expect(identityOf(applyListing(record, listing(), AT)).name).toBe('Old');
    expect(identityOf(emptyRecord('7'))).toMatchObject({ id: '7', name: null, model: null });
  });

  it('and whether it is connected from the list', () => {
    const snapshot = snapshotOf(applyListing(emptyRecord('7'), listing({ online: false }), AT), CURRENT);
    expect(snapshot).toMatchObject({ online: false, lastOnline: AT - 5 });
    expect(snapshotOf(emptyRecord('7'), CURRENT)).toMatchObject({ online: null, lastOnline: null });
  });
});

describe('a value that comes with two topics', () => {
  const record = withTopics(
    AT,
    good('status', { 'temperature.outdoor': reading(1, AT) }),
    good('temperatures', { 'temperature.outdoor': reading(2, AT) }),
  );

  it('is taken from the one that is about it', () => {
    expect(snapshotOf(record, CURRENT).readings['temperature.outdoor']?.value).toBe(2);
  });

  it('unless only the other can be relied on', () => {
    const view: View = {
      ...CURRENT,
      freshness: (topic) => (topic === 'temperatures' ? 'stale' : 'current'),
    };
    expect(snapshotOf(record, view).readings['temperature.outdoor']).toMatchObject({
      value: 1,
      freshness: 'current',
    });
  });

  it('and never from one that is older, though that may be relied on for longer', () => {
    const later = applyReport(record, {
      at: AT + 5,
      topics: [good('temperatures', { 'temperature.outdoor': reading(3, AT + 5) })],
    });
    const view: View = {
      ...CURRENT,
      freshness: (topic) => (topic === 'temperatures' ? 'stale' : 'current'),
    };
    expect(snapshotOf(later, view).readings['temperature.outdoor']).toMatchObject({
      value: 3,
      freshness: 'stale',
    });
  });
});

describe('alarms', () => {
  const read = (counted: number | null, fresh: 'list' | 'alarms' | 'both'): unknown => {
    const record = applyListing(
      withTopics(AT, good('alarms', { alarms: reading(2, AT), alarm_texts: reading(['a', 'b'], AT) })),
      listing({ alarms: counted }),
      AT + 1,
    );
    return snapshotOf(record, {
      ...CURRENT,
      freshness: (topic) => (fresh === 'both' || topic === fresh ? 'current' : 'stale'),
    }).readings.alarms?.value;
  };
  it('are counted by the list, where it counts and is not old', () => {
    expect(read(3, 'both')).toBe(3);
    expect(read(3, 'list')).toBe(3);
    expect(read(3, 'alarms')).toBe(2);
    expect(read(null, 'both')).toBe(2);
  });
  it('are known from the list alone', () => {
    const record = applyListing(emptyRecord('7'), listing({ alarms: 0 }), AT);
    expect(snapshotOf(record, CURRENT).readings.alarms).toEqual(reading(0, AT));
  });
});

describe('a value that was accepted and not seen', () => {
  const record = withTopics(
    AT,
    topicOfPump(genesis, 'hot_water', AT),
    topicOfPump(genesis, 'status', AT),
    topicOfPump(classic, 'mode', AT),
    topicOfPump(classic, 'settings', AT),
  );

  it('stands in the place of the reported one, marked', () => {
    const { readings, controls } = snapshotOf(record, {
      ...CURRENT,
      pending: new Map<string, boolean | number | string>([
        ['hot_water', true],
        ['heating_target', 24],
        ['operation_mode', 'off'],
        ['curve.level', 40],
        ['no.longer.there', 1],
      ]),
    });
    expect(controls.get('hot_water')).toMatchObject({ value: true, pending: true });
    expect(readings.hot_water).toMatchObject({ value: true, pending: true });
    expect(readings.heating_target).toMatchObject({ value: 24, pending: true });
    expect(readings.operation_mode).toMatchObject({ value: 'off', pending: true });
    expect(controls.get('curve.level')).toMatchObject({ value: 40, pending: true });
    expect(readings.hot_water_boost).not.toHaveProperty('pending');
  });

  it('of another type than the control is not shown', () => {
    for (const [id, value] of [
      ['hot_water', 1],
      ['heating_target', 'x'],
      ['operation_mode', 3],
    ] as const) {
      const { controls } = snapshotOf(record, { ...CURRENT, pending: new Map([[id, value]]) });
      expect(controls.get(id)).not.toHaveProperty('pending');
    }
  });

  it('does not change what the pump reported, nor where that is read', () => {
    expect(findControl(record, 'hot_water')).toMatchObject({ topic: 'hot_water', control: { value: false } });
    expect(findControl(record, 'curve.level')).toMatchObject({ topic: 'settings' });
    expect(findControl(record, 'nothing')).toBeNull();
  });
});

it('a snapshot carries what nobody has named', () => {
  const record = withTopics(AT, topicOfPump(genesis, 'doing', AT));
  expect(snapshotOf(record, CURRENT).unknown).toEqual(
    new Map([['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 256]]),
  );
});
