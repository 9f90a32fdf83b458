import { NOON, NIGHT, FIXED, memory, rescue, offSince, off, type Row } from './terms.js';
import { readingsAt } from '../../../support/hot-water-rig.js';
import { HOUR, MINUTE } from '../../../../lib/hot-water/time.js';

/** When water is too cold, and when it is warm again. */
export const RESCUES: readonly Row[] = [
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
      readings: readingsAt(NOON, { temperature: 53, heating: false }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 30 * MINUTE, heatedAt: NOON - 30 * MINUTE }) }),
    },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: the pump has stopped a moment ago and may go on',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 53, heating: false }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 40 * MINUTE, heatedAt: NOON - 29 * MINUTE }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: the pump has stopped by itself, but the water is hardly warm',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 52.4, heating: false }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 2 * HOUR, heatedAt: NOON - 2 * HOUR }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: the pump does not say what it does, and the water has not got warmer for an hour',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 53 }),
      memory: memory({ rescue: rescue({ roseAt: NOON - HOUR, heatedAt: NOON - HOUR }) }),
    },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: nor for 59 minutes',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 53 }),
      memory: memory({ rescue: rescue({ roseAt: NOON - 59 * MINUTE, heatedAt: NOON - HOUR }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
  [
    'rescue: the pump is busy, but the water has not got warmer for an hour',
    NOON,
    {
      readings: readingsAt(NOON, { temperature: 53, heating: true }),
      memory: memory({ rescue: rescue({ roseAt: NOON - HOUR }) }),
    },
    { on: false, write: false, why: 'fixed_off' },
  ],
  [
    'rescue: what the pump did an hour ago says nothing',
    NOON,
    {
      readings: {
        ...readingsAt(NOON, { temperature: 53 }),
        heating: { value: false, at: NOON - HOUR },
      },
      memory: memory({ rescue: rescue({ roseAt: NOON - 40 * MINUTE, heatedAt: NOON - 40 * MINUTE }) }),
    },
    { on: true, write: null, why: 'rescue' },
  ],
];
