import {
  NOON,
  NIGHT,
  SIX_TOMORROW,
  memory,
  hold,
  written,
  many,
  offSince,
  off,
  old,
  type Row,
} from './terms.js';
import { at, readingsAt } from '../../../support/hot-water-rig.js';
import { HOUR, MINUTE } from '../../../../lib/hot-water/time.js';

/** What people order, and what is sent to the pump. */
export const HOLDS_AND_WRITES: readonly Row[] = [
  [
    'a person’s on wins over the plan',
    NOON,
    { memory: memory({ hold: hold({ on: true }) }) },
    {
      on: true,
      write: null,
      why: { kind: 'hold', hold: 'person', since: NOON - HOUR, until: NOON + HOUR, cold: false },
      until: NOON + HOUR,
    },
  ],
  [
    'a person’s off wins over the plan; the next day still gets its least hours',
    NIGHT,
    { memory: memory({ hold: hold({ until: SIX_TOMORROW }) }), readings: off({}, NIGHT) },
    { on: false, write: null, why: 'hold', until: at('2025-01-16T20:00') },
  ],
  [
    'but not over the rescue',
    NOON,
    { memory: memory({ hold: hold({}) }), readings: off({ temperature: 45 }) },
    { on: true, write: true, why: 'rescue' },
  ],
  [
    'unless it was meant so',
    NOON,
    { memory: memory({ hold: hold({ firm: true }) }), readings: off({ temperature: 45, legionella: true }) },
    {
      on: false,
      write: null,
      why: { kind: 'hold', hold: 'person', since: NOON - HOUR, until: NOON + HOUR, cold: true },
    },
  ],
  [
    'a hold that is over is over',
    NOON,
    { memory: memory({ hold: hold({ on: true, until: NOON }) }) },
    { on: false, why: 'fixed_off' },
  ],
  [
    'guests: no plan, hot water on',
    NOON,
    {
      readings: off(),
      memory: memory({ pause: { kind: 'guests', since: NOON - HOUR, until: NOON + 30 * HOUR } }),
    },
    {
      on: true,
      write: true,
      why: { kind: 'paused', pause: 'guests', until: NOON + 30 * HOUR },
      until: NOON + 30 * HOUR,
    },
  ],
  [
    'a pause that is over is over',
    NOON,
    { memory: memory({ pause: { kind: 'pause', since: NOON - HOUR, until: NOON - 1 } }) },
    { on: false, why: 'fixed_off' },
  ],
  [
    'sent a moment ago: not again',
    NOON,
    { memory: memory({ writes: [written(14, false, 'accepted')] }) },
    { on: false, write: null, withheld: null, why: 'fixed_off' },
  ],
  [
    'sent and not followed: again after a quarter of an hour',
    NOON,
    { memory: memory({ writes: [written(15, false, 'accepted')] }) },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'sent twice and not followed: not so soon',
    NOON,
    { memory: memory({ writes: [written(60, false, 'accepted'), written(20, false, 'accepted')] }) },
    { on: false, write: null, why: 'fixed_off' },
  ],
  [
    'sent, and the switch was not looked at since: not again before an hour',
    NOON,
    {
      readings: old(readingsAt(NOON), 25 * MINUTE),
      memory: memory({ writes: [written(20, false, 'accepted')] }),
    },
    { on: false, write: null, withheld: null, why: 'fixed_off' },
  ],
  [
    'begun and nothing heard since: it was not sent',
    NOON,
    { memory: memory({ writes: [written(3, false, 'begun')] }) },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'what is under way is taken back when it is no longer right',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 45 }),
      memory: memory({ writes: [written(1, false, 'accepted')] }),
    },
    { on: true, write: true, why: 'rescue' },
  ],
  [
    'what was taken back a moment ago is not sent again',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 45 }),
      memory: memory({
        changes: [{ at: NOON - HOUR, on: true, by: 'fixed_on' }],
        writes: [written(2, false, 'accepted'), written(1, true, 'accepted')],
      }),
    },
    { on: true, write: null, withheld: null, why: 'rescue' },
  ],
  [
    'refused a moment ago: not again',
    NOON,
    { memory: memory({ writes: [written(5, false, 'refused')] }) },
    { on: false, write: null, withheld: 'waiting', why: 'fixed_off' },
  ],
  [
    'refused a quarter of an hour ago: again',
    NOON,
    { memory: memory({ writes: [written(15, false, 'refused')] }) },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'refused, but a person asks anew',
    NOON,
    {
      memory: memory({
        writes: [written(5, false, 'refused')],
        hold: hold({ kind: 'off', since: NOON - MINUTE }),
      }),
    },
    { on: false, write: false, why: 'hold' },
  ],
  [
    'written in a future that a wrong clock made',
    NOON,
    { memory: memory({ writes: [written(-600, false, 'accepted')] }) },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'nothing new from the pump: the plan waits',
    NOON,
    { readings: old(readingsAt(NOON), 2 * HOUR) },
    { on: false, write: null, withheld: 'stale', why: 'fixed_off' },
  ],
  [
    'nothing new from the pump: safety does not wait',
    NOON,
    { readings: old(off(), 4 * HOUR), memory: memory({ changes: offSince(6) }) },
    { on: true, write: true, why: 'blind' },
  ],
  [
    'switched too often: hot water stays on',
    NOON,
    { memory: memory({ writes: many(11, true) }) },
    { on: false, write: null, withheld: 'daily_limit', why: 'fixed_off', writesToday: 11 },
  ],
  [
    'the last two switchings are for off and on again',
    NOON,
    { memory: memory({ writes: many(10, true) }) },
    { on: false, write: false, why: 'fixed_off', writesToday: 10 },
  ],
  [
    'the last switching is for on',
    NIGHT,
    { readings: off({}, NIGHT), memory: memory({ writes: many(11, false) }) },
    { on: true, write: true, why: 'fixed_on' },
  ],
  [
    'the limit is no limit for a rescue',
    NOON,
    { readings: off({ temperature: 40 }), memory: memory({ writes: many(14, false) }) },
    { on: true, write: true, why: 'rescue' },
  ],
  [
    'nor for a person',
    NOON,
    { memory: memory({ writes: many(14, true), hold: hold({ kind: 'off' }) }) },
    { on: false, write: false, why: 'hold' },
  ],
  [
    'nor for hot water that the plan itself wants, cold or not',
    NIGHT,
    { readings: off({ temperature: 30 }, NIGHT), memory: memory({ writes: many(24, false) }) },
    { on: true, write: true, withheld: null, why: 'fixed_on' },
  ],
  [
    'nor for least hours, legionella, a pause, an unknown temperature',
    NOON,
    {
      readings: off({ temperature: null }),
      memory: memory({ writes: many(24, false), changes: offSince(3) }),
    },
    { on: true, write: true, why: 'blind' },
  ],
  [
    'nothing new from a pump that was last seen off: hot water that is wanted is sent',
    NIGHT,
    {
      readings: old(off({}, NIGHT), 3 * HOUR),
      memory: memory({ changes: offSince(5, NIGHT) }),
    },
    { on: true, write: true, withheld: null, why: 'fixed_on' },
  ],
  [
    'refused often, and now the pump is heard of again: hot water does not wait',
    NOON,
    {
      readings: off({ temperature: 40 }),
      memory: memory({
        changes: offSince(6),
        writes: [110, 95, 65, 5].map((minutes) => written(minutes, true, 'refused')),
      }),
    },
    { on: true, write: true, withheld: null, why: 'rescue' },
  ],
  [
    'refused often, and nothing was heard of the pump since',
    NOON,
    {
      readings: { ...off({ temperature: 40 }), hotWater: { value: false, at: NOON - 10 * MINUTE } },
      memory: memory({
        changes: offSince(6),
        writes: [110, 95, 65, 5].map((minutes) => written(minutes, true, 'refused')),
      }),
    },
    { on: true, write: null, withheld: 'waiting', why: 'rescue' },
  ],
  [
    'refused a moment ago by a pump that is heard of: not at every reading',
    NOON,
    {
      readings: off({ temperature: 40 }),
      memory: memory({ changes: offSince(6), writes: [written(4, true, 'refused')] }),
    },
    { on: true, write: null, withheld: 'waiting', why: 'rescue' },
  ],
  [
    'refused four times within the hour by a pump that is heard of: less often',
    NOON,
    {
      readings: off({ temperature: 40 }),
      memory: memory({
        changes: offSince(6),
        writes: [24, 18, 12, 6].map((minutes) => written(minutes, true, 'refused')),
      }),
    },
    { on: true, write: null, withheld: 'waiting', why: 'rescue' },
  ],
  [
    'sent on three times and not followed: again after a quarter of an hour all the same',
    NOON,
    {
      readings: off({ temperature: 40 }),
      memory: memory({
        changes: offSince(6),
        writes: [150, 75, 15].map((minutes) => written(minutes, true, 'accepted')),
      }),
    },
    { on: true, write: true, why: 'rescue' },
  ],
];
