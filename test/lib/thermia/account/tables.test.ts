import { describe, expect, it } from 'vitest';
import { availabilityOf, type Observed } from '../../../../lib/thermia/account/index.js';
import {
  backoffOf,
  CADENCE,
  DAILY_REQUESTS,
  isNothing,
  maxAgeOf,
  periodOf,
  requestsPerDay,
  waitAfter,
  type PumpShape,
} from '../../../../lib/thermia/account/cadence.js';
import { witnessOf } from '../../../../lib/thermia/account/pump-state.js';
import { emptyRecord, type PumpRecord } from '../../../../lib/thermia/pump/index.js';
import type { Topic } from '../../../../lib/thermia/source.js';
import { createRequestCounter } from '../../../../lib/thermia/account/budget.js';
import { createVirtualClock } from '../../../support/virtual-clock.js';
import { DAY, HOUR, MINUTE } from './rig.js';

const NOW = 1_000_000_000;

describe('availability', () => {
  const fine: Observed = {
    now: NOW,
    watchedSince: NOW - DAY,
    goneSince: null,
    online: true,
    offlineSince: null,
    lastGoodAt: NOW,
    failures: 0,
    error: null,
    staleMs: 10 * MINUTE,
    unavailableMs: HOUR,
  };
  const table: readonly [string, Partial<Observed>, string, string | null][] = [
    ['read just now', {}, 'available', null],
    ['the connection is not known', { online: null }, 'available', null],
    ['some failures, but values that are young', { failures: 5, error: 'network' }, 'available', null],
    ['at the edge', { lastGoodAt: NOW - 10 * MINUTE, failures: 3, error: 'timeout' }, 'available', null],
    [
      'old',
      { lastGoodAt: NOW - 10 * MINUTE - 1, failures: 3, error: 'service_down' },
      'stale',
      'service_down',
    ],
    ['old, and nothing was tried', { lastGoodAt: NOW - 2 * HOUR }, 'stale', 'timeout'],
    ['too old', { lastGoodAt: NOW - HOUR - 1, failures: 9, error: 'throttled' }, 'unavailable', 'throttled'],
    ['never read, nothing tried', { lastGoodAt: null }, 'starting', null],
    ['never read, failed once', { lastGoodAt: null, failures: 1, error: 'network' }, 'starting', null],
    [
      'never read, failed twice',
      { lastGoodAt: null, failures: 2, error: 'network' },
      'unavailable',
      'network',
    ],
    ['offline', { online: false, offlineSince: NOW - 5 }, 'unavailable', 'pump_offline'],
    ['offline and never read', { online: false, lastGoodAt: null }, 'unavailable', 'pump_offline'],
    ['signed out', { error: 'sign_in_needed', failures: 1 }, 'unavailable', 'sign_in_needed'],
    ['terms to accept', { error: 'consent_needed', online: false }, 'unavailable', 'consent_needed'],
    ['password changed', { error: 'wrong_credentials', failures: 1 }, 'unavailable', 'wrong_credentials'],
    ['gone', { goneSince: NOW - 7, online: false, error: 'sign_in_needed' }, 'unavailable', 'pump_gone'],
    ['a missing pump of a service that is down', { error: 'not_found', failures: 1 }, 'available', null],
  ];
  it.each(table)('%s', (_name, facts, state, reason) => {
    const found = availabilityOf({ ...fine, ...facts });
    expect([found.state, 'reason' in found ? found.reason : null]).toEqual([state, reason]);
  });

  it('tells since when', () => {
    const since = (facts: Partial<Observed>): unknown => {
      const found = availabilityOf({ ...fine, ...facts });
      return 'since' in found ? found.since : null;
    };
    expect(since({ goneSince: NOW - 7 })).toBe(NOW - 7);
    expect(since({ online: false, offlineSince: NOW - 5 })).toBe(NOW - 5);
    expect(since({ online: false, lastGoodAt: NOW - 6 })).toBe(NOW - 6);
    expect(since({ lastGoodAt: NOW - HOUR })).toBe(NOW - HOUR);
    expect(since({ lastGoodAt: null, failures: 3, error: 'network' })).toBe(NOW - DAY);
  });
});

describe('cadence', () => {
  it.each([
    ['doing', false, true, 3 * MINUTE],
    ['temperatures', false, null, 3 * MINUTE],
    ['hot_water', false, true, 15 * MINUTE],
    ['hot_water', true, true, DAY],
    ['doing', false, false, 15 * MINUTE],
    ['settings', false, false, 4 * HOUR],
  ] as const)('%s, empty %s, online %s', (topic, empty, online, ms) => {
    expect(periodOf(CADENCE, topic, { empty, online })).toBe(ms);
  });

  it('never reads the slow more often than the fast', () => {
    const slow = { ...CADENCE, fastMs: 30 * MINUTE };
    expect(periodOf(slow, 'hot_water', { empty: false, online: true })).toBe(30 * MINUTE);
    expect(periodOf(slow, 'hours', { empty: false, online: true })).toBe(HOUR);
  });

  it('calls a value stale when some reads were missed', () => {
    expect([maxAgeOf(CADENCE, 'doing'), maxAgeOf(CADENCE, 'list')]).toEqual([10 * MINUTE, 46 * MINUTE]);
  });

  it('waits longer after each failure, up to a quarter of an hour', () => {
    expect([1, 2, 3, 4, 99].map((failures) => backoffOf(CADENCE, failures) / MINUTE)).toEqual([
      3, 6, 12, 15, 15,
    ]);
    expect(backoffOf({ ...CADENCE, fastMs: 30 * MINUTE }, 1)).toBe(30 * MINUTE);
  });
});

describe('the wait after a failure', () => {
  it.each([
    ['what moves fast, in an outage', 'doing', 1, false, false, 3 * MINUTE],
    ['and for long', 'doing', 99, false, false, 15 * MINUTE],
    ['what moves fast and is not known there', 'temperatures', 99, true, true, 15 * MINUTE],
    ['all that was asked, and not known there', 'settings', 99, false, true, 15 * MINUTE],
    ['one slow topic', 'hours', 1, true, false, 3 * MINUTE],
    ['again and again: no rarer than when it is well', 'hours', 99, true, false, HOUR],
    ['one that is read often', 'hot_water', 99, true, false, 15 * MINUTE],
    ['one slow topic that is not known there', 'hot_water', 1, true, true, 30 * MINUTE],
    ['and for long: a day', 'hot_water', 99, true, true, DAY],
  ] as const)('%s', (_name, topic, failures, alone, unknownThere, ms) => {
    expect(waitAfter(CADENCE, topic, { failures, alone, unknownThere, online: true })).toBe(ms);
  });
});

describe('an empty answer means that there is nothing', () => {
  it.each([
    ['the first of a topic that never held anything', 'hot_water', false, 1, 0, false],
    ['the third', 'hot_water', false, 3, 0, true],
    ['the third of what moves fast', 'doing', false, 3, 0, true],
    ['the first where there was something', 'hot_water', true, 1, DAY, false],
    ['the third within an hour', 'hot_water', true, 3, HOUR - 1, false],
    ['the third after an hour', 'hot_water', true, 3, HOUR, true],
    ['any where the pump did something', 'doing', true, 99, DAY, false],
    ['any where it had temperatures', 'temperatures', true, 99, DAY, false],
  ] as const)('%s', (_name, topic, held, times, forMs, expected) => {
    expect(isNothing(CADENCE, topic, { held, times, forMs })).toBe(expected);
  });
});

describe('the age of a value is judged by', () => {
  const listing = { at: 500, alarms: 2 } as NonNullable<PumpRecord['listing']>;
  const witness = (from: Topic, alarms: number | null, alarmsRead: number | null): unknown =>
    witnessOf({ record: { ...emptyRecord('1'), listing: { ...listing, alarms } }, alarmsRead }, from, 100);
  const itself = (from: Topic): unknown => ({ from, at: 100 });
  it.each([
    ['its own reading', 'doing', 2, 2, itself('doing')],
    ['the list, for alarms whose counter has not moved', 'alarms', 2, 2, { from: 'list', at: 500 }],
    ['its own reading, where the counter has moved', 'alarms', 1, 2, itself('alarms')],
    ['its own reading, where nobody counts', 'alarms', null, null, itself('alarms')],
  ] as const)('%s', (_name, from, alarms, alarmsRead, expected) => {
    expect(witness(from, alarms, alarmsRead)).toEqual(expected);
  });

  it('its own reading, where there was no list', () => {
    expect(witnessOf({ record: emptyRecord('1'), alarmsRead: 0 }, 'alarms', 100)).toEqual(itself('alarms'));
  });
});

describe('the budget', () => {
  const shapes: readonly [string, PumpShape, number][] = [
    [
      'classic, no hot water switch',
      { settingsGroups: 4, emptySettingsGroups: 11, emptyTopics: ['hot_water'], counters: true },
      1190,
    ],
    [
      'genesis, mode among the status',
      { settingsGroups: 1, emptySettingsGroups: 17, emptyTopics: ['mode'], counters: true },
      1250,
    ],
    [
      'all topics filled',
      { settingsGroups: 2, emptySettingsGroups: 16, emptyTopics: [], counters: true },
      1278,
    ],
    [
      'all topics filled, and an alarm all day',
      { settingsGroups: 2, emptySettingsGroups: 16, emptyTopics: [], counters: true, alarms: true },
      1302,
    ],
    [
      'every group of the longest profile filled, and an alarm all day',
      { settingsGroups: 19, emptySettingsGroups: 0, emptyTopics: [], counters: true, alarms: true },
      1388,
    ],
    [
      'every group of the longest profile filled, and no alarm counters',
      { settingsGroups: 19, emptySettingsGroups: 0, emptyTopics: [], counters: false },
      1388,
    ],
  ];
  it.each(shapes)('%s: within it', (_name, shape, requests) => {
    expect(requestsPerDay(CADENCE, shape)).toBe(requests);
    expect(requests).toBeLessThanOrEqual(DAILY_REQUESTS);
  });

  it('counts the last 24 hours by name', () => {
    const clock = createVirtualClock(Date.UTC(2026, 0, 1));
    const counter = createRequestCounter(clock);
    counter.count('list');
    counter.count('doing');
    counter.count('doing');
    expect(counter.figures()).toEqual({ requests: { list: 1, doing: 2 }, total: 3 });
    return clock
      .advance(23 * HOUR)
      .then(() => {
        counter.count('doing');
        expect(counter.figures().total).toBe(4);
        return clock.advance(HOUR);
      })
      .then(() => expect(counter.figures()).toEqual({ requests: { doing: 1 }, total: 1 }));
  });
});
