import {
  NOON,
  NIGHT,
  FIXED,
  CHEAPEST,
  PRICES,
  memory,
  rescue,
  hold,
  offSince,
  off,
  type Row,
} from './terms.js';
import { at, readingsAt } from '../../../support/hot-water-rig.js';
import { HOUR, MINUTE } from '../../../../lib/hot-water/time.js';

/** What keeps the water warm against the plan. */
export const GUARDS: readonly Row[] = [
  [
    'rescue: below the limit',
    NOON,
    { readings: off({ temperature: 49.9 }), memory: memory({ changes: offSince(1) }) },
    {
      on: true,
      write: true,
      until: null,
      why: { kind: 'rescue', temperature: 49.9, falling: false, below: 50, upTo: 55 },
    },
  ],
  [
    'rescue: at the limit it is not needed',
    NOON,
    { readings: off({ temperature: 50 }) },
    { on: false, why: 'fixed_off' },
  ],
  [
    'rescue: not yet warm again',
    NOON,
    { readings: readingsAt(NOON, { temperature: 54.9 }), memory: memory({ rescue: rescue({}) }) },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: warm again',
    NOON,
    { readings: readingsAt(NOON, { temperature: 55 }), memory: memory({ rescue: rescue({}) }) },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: it will be too cold before it is looked at again',
    NOON,
    {
      readings: {
        ...off(),
        temperature: { value: 52, at: NOON, before: { value: 55, at: NOON - 5 * MINUTE } },
      },
    },
    {
      on: true,
      write: true,
      why: { kind: 'rescue', temperature: 52, falling: true, below: 50, upTo: 55 },
    },
  ],
  [
    'rescue: what it was an hour ago is no trend',
    NOON,
    { readings: { ...off(), temperature: { value: 52, at: NOON, before: { value: 55, at: NOON - HOUR } } } },
    { on: false, why: 'fixed_off' },
  ],
  [
    'rescue is not wanted',
    NOON,
    { plan: { ...FIXED, rescue: null }, readings: off({ temperature: 20 }) },
    { on: false, why: 'fixed_off' },
  ],
  [
    'by night a cold tank is no rescue, hot water is on anyway',
    NIGHT,
    { readings: readingsAt(NIGHT, { temperature: 30 }) },
    { on: true, why: 'fixed_on' },
  ],
  [
    'the temperature is lost in a rescue: it goes on',
    NOON,
    { readings: readingsAt(NOON, { temperature: null }), memory: memory({ rescue: rescue({}) }) },
    { on: true, why: { kind: 'rescue', temperature: null, falling: false, below: 50, upTo: 55 } },
  ],
  [
    'the temperature was lost in a rescue two hours ago: no longer',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: null }),
      memory: memory({ rescue: rescue({ seenAt: NOON - 2 * HOUR }) }),
    },
    { on: false, why: 'fixed_off', write: false },
  ],
  [
    'the temperature is lost late in a long rescue: two hours count from then',
    NOON,
    {
      readings: { ...readingsAt(NOON), temperature: { value: 40, at: NOON - 10 * MINUTE, stale: true } },
      memory: memory({ rescue: rescue({ since: NOON - 5 * HOUR, seenAt: NOON - 3 * HOUR }) }),
    },
    { on: true, why: 'rescue', write: null },
  ],
  [
    'the same, and the app has forgotten what was read last',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: null }),
      memory: memory({ rescue: rescue({ since: NOON - 5 * HOUR, seenAt: NOON - 119 * MINUTE }) }),
    },
    { on: true, why: 'rescue', write: null },
  ],
  [
    'rescue: the pump has stopped by itself and the water is warm enough',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 52, heating: false }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 30 * MINUTE, heatedAt: NOON - 30 * MINUTE }) }),
    },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: the pump has stopped a moment ago and may go on',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 52, heating: false }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 40 * MINUTE, heatedAt: NOON - 29 * MINUTE }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: the pump has stopped by itself, but the water is hardly warm',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 50.9, heating: false }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 2 * HOUR, heatedAt: NOON - 2 * HOUR }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: the pump does not say what it does, and the water has not got warmer for an hour',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 52 }),
      memory: memory({ rescue: rescue({ roseAt: NOON - HOUR, heatedAt: NOON - HOUR }) }),
    },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: nor for 59 minutes',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 52 }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 59 * MINUTE, heatedAt: NOON - HOUR }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: the pump is busy, but the water has not got warmer for an hour',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 52, heating: true }),
      memory: memory({ rescue: rescue({ roseAt: NOON - HOUR }) }),
    },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: what the pump did an hour ago says nothing',
    NOON,
    {
      readings: {
        ...readingsAt(NOON, { temperature: 52 }),
        heating: { value: false, at: NOON - HOUR },
      },
      memory: memory({ rescue: rescue({ roseAt: NOON - 40 * MINUTE, heatedAt: NOON - 40 * MINUTE }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'no temperature, off for less than the limit',
    NOON,
    { readings: off({ temperature: null }), memory: memory({ changes: offSince(2) }) },
    { on: false, why: 'fixed_off', until: NOON + HOUR },
  ],
  [
    'no temperature, off for the limit',
    NOON,
    { readings: off({ temperature: null }), memory: memory({ changes: offSince(3) }) },
    { on: true, write: true, why: { kind: 'blind', limit: 3, seenAt: null }, until: NOON + HOUR },
  ],
  [
    'an old temperature is none',
    NOON,
    {
      readings: { ...off(), temperature: { value: 58, at: NOON - 31 * MINUTE } },
      memory: memory({ changes: offSince(3) }),
    },
    { on: true, write: true, why: { kind: 'blind', limit: 3, seenAt: NOON - 31 * MINUTE } },
  ],
  [
    'a temperature that its source calls stale is none',
    NOON,
    {
      readings: { ...off(), temperature: { value: 58, at: NOON, stale: true } },
      memory: memory({ changes: offSince(3) }),
    },
    { on: true, write: true, why: 'blind' },
  ],
  [
    'a temperature of an hour ago that its source stands by is one',
    NOON,
    {
      readings: { ...off(), temperature: { value: 58, at: NOON - HOUR, stale: false } },
      memory: memory({ changes: offSince(3) }),
    },
    { on: false, why: 'fixed_off' },
  ],
  [
    'but not one of three hours ago',
    NOON,
    {
      readings: { ...off(), temperature: { value: 58, at: NOON - 3 * HOUR, stale: false } },
      memory: memory({ changes: offSince(3) }),
    },
    { on: true, why: 'blind', write: true },
  ],
  [
    'no temperature: on for an hour at least',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: null }),
      memory: memory({ changes: [{ at: NOON - 59 * MINUTE, on: true, by: 'blind' }] }),
    },
    { on: true, why: 'blind', write: null, until: NOON + MINUTE },
  ],
  [
    'no temperature: and off again after it',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: null }),
      memory: memory({ changes: [{ at: NOON - HOUR, on: true, by: 'blind' }] }),
    },
    { on: false, why: 'fixed_off', write: false, until: NOON + 3 * HOUR },
  ],
  [
    'with a temperature there is no such limit',
    NOON,
    { readings: off(), memory: memory({ changes: offSince(12) }) },
    { on: false, why: 'fixed_off' },
  ],
  [
    'the day’s hours must be had before it ends',
    at('2025-01-15T20:00'),
    {
      plan: { ...FIXED, leastHours: 6, offHours: [{ days: [3], from: 0, to: 1440 }] },
      readings: off({}, at('2025-01-15T20:00')),
      memory: memory({
        changes: [
          { at: at('2025-01-14T20:00'), on: true, by: 'fixed_on' },
          { at: at('2025-01-15T02:00'), on: false, by: 'person' },
        ],
      }),
    },
    { on: true, write: true, why: { kind: 'least_hours', had: 2, least: 6 }, hoursToday: 2 },
  ],
  [
    'a moment earlier there is still time',
    at('2025-01-15T19:59'),
    {
      plan: { ...FIXED, leastHours: 6, offHours: [{ days: [3], from: 0, to: 1440 }] },
      readings: off({}, at('2025-01-15T19:59')),
      memory: memory({
        changes: [
          { at: at('2025-01-14T20:00'), on: true, by: 'fixed_on' },
          { at: at('2025-01-15T02:00'), on: false, by: 'person' },
        ],
      }),
    },
    { on: false, why: 'fixed_off', until: at('2025-01-15T20:00') },
  ],
  [
    'with an hour to be ready by, they must be had before that',
    at('2025-01-15T15:00'),
    {
      plan: { ...CHEAPEST, leastHours: 3, readyBy: 18 * 60, ceiling: null },
      prices: PRICES,
      readings: off({}, at('2025-01-15T15:00')),
      memory: memory({ changes: [{ at: at('2025-01-14T20:00'), on: false, by: 'person' }] }),
    },
    { on: true, why: { kind: 'least_hours', had: 0, least: 3 } },
  ],
  [
    'legionella: hot water is not switched off',
    NOON,
    { readings: readingsAt(NOON, { legionella: true }) },
    { on: true, why: 'legionella', write: null, until: null },
  ],
  [
    'legionella: and is switched on',
    NOON,
    { readings: off({ legionella: true }), memory: memory({ hold: hold({ kind: 'off' }) }) },
    { on: true, why: 'legionella', write: true },
  ],
  [
    'legionella: also where hot water was ordered off even if it gets cold',
    NOON,
    {
      readings: off({ legionella: true, temperature: 40 }),
      memory: memory({ hold: hold({ kind: 'off', firm: true }) }),
    },
    { on: true, why: 'legionella', write: true },
  ],
  [
    'no temperature: what was ordered off does not stay off longer than the limit',
    NOON,
    {
      readings: off({ temperature: null }),
      memory: memory({ changes: offSince(3), hold: hold({ kind: 'off', until: NOON + 60 * HOUR }) }),
    },
    { on: true, why: 'blind', write: true },
  ],
  [
    'no temperature: unless it was meant so',
    NOON,
    {
      readings: off({ temperature: null }),
      memory: memory({
        changes: offSince(3),
        hold: hold({ kind: 'off', until: NOON + 60 * HOUR, firm: true }),
      }),
    },
    { on: false, why: 'hold', write: null },
  ],
  [
    'an old report of legionella is none',
    NOON,
    { readings: { ...readingsAt(NOON), legionella: { value: true, at: NOON - HOUR } } },
    { on: false, why: 'fixed_off' },
  ],
];
