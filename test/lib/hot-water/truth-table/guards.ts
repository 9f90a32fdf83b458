import { NOON, FIXED, CHEAPEST, PRICES, memory, hold, offSince, off, type Row } from './terms.js';
import { at, readingsAt } from '../../../support/hot-water-rig.js';
import { HOUR, MINUTE } from '../../../../lib/hot-water/time.js';

/** What keeps the water warm against the plan. */
export const GUARDS: readonly Row[] = [
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
