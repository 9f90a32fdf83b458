import {
  memory,
  offSince,
  NOON,
  NIGHT,
  TEN_PM,
  SIX_TOMORROW,
  FIXED,
  NONE,
  CHEAPEST,
  PRICES,
  hold,
  off,
  type Row,
} from './terms.js';
import { at, readingsAt } from '../../../support/hot-water-rig.js';
import { HOUR } from '../../../../lib/hot-water/time.js';

/** What the plan alone says, and what is so without one. */
export const PLANS: readonly Row[] = [
  [
    'the switch is no longer reported: as it was last seen',
    NOON,
    { readings: readingsAt(NOON, { hotWater: null }), memory: memory({ changes: offSince(1) }) },
    { on: false, why: 'fixed_off', write: null, withheld: null },
  ],
  ['no plan: as it is, on', NOON, { plan: NONE }, { on: true, why: 'no_plan', write: null, until: null }],
  [
    'no plan: as it is, off',
    NOON,
    { plan: NONE, readings: off() },
    { on: false, why: 'no_plan', write: null },
  ],
  [
    'no plan and nothing known',
    NOON,
    { plan: NONE, readings: readingsAt(NOON, { hotWater: null, temperature: null }) },
    { on: true, why: 'no_plan', write: null, withheld: 'unknown_switch' },
  ],
  [
    'the plan was taken away while it kept hot water off',
    NOON,
    { plan: NONE, readings: off(), memory: memory({ rest: true }) },
    { on: true, why: 'restored', write: true },
  ],
  [
    'the plan was taken away, hot water is on',
    NOON,
    { plan: NONE, memory: memory({ rest: true }) },
    { on: true, why: 'no_plan', write: null },
  ],
  [
    'no plan, an on for some hours is over where it was off before',
    NOON,
    { plan: NONE, memory: memory({ rest: false, hold: hold({ kind: 'on', on: true, until: NOON }) }) },
    { on: false, why: 'restored', write: false },
  ],
  [
    'no plan, off for some hours',
    NOON,
    { plan: NONE, memory: memory({ rest: true, hold: hold({ kind: 'off' }) }) },
    { on: false, why: 'hold', write: false, until: NOON + HOUR },
  ],
  [
    'no plan: a person’s switch of an earlier plan no longer matters',
    NOON,
    { plan: NONE, memory: memory({ rest: true, hold: hold({}) }), readings: off() },
    { on: true, why: 'restored', write: true },
  ],
  [
    'fixed: off by day',
    NOON,
    { memory: memory({ changes: [{ at: NOON - HOUR, on: true, by: 'unknown' }] }) },
    {
      on: false,
      why: { kind: 'fixed_off', from: at('2025-01-15T06:00'), to: TEN_PM },
      write: false,
      until: TEN_PM,
    },
  ],
  ['fixed: on by night', NIGHT, {}, { on: true, why: 'fixed_on', write: null, until: SIX_TOMORROW }],
  [
    'fixed: off and already so',
    NOON,
    { readings: off() },
    { on: false, why: 'fixed_off', write: null, withheld: null },
  ],
  [
    'fixed: on and not yet so',
    NIGHT,
    { readings: off({}, NIGHT) },
    { on: true, write: true, why: 'fixed_on' },
  ],
  [
    'no off hours at all',
    NOON,
    { plan: { ...FIXED, offHours: [] } },
    { on: true, why: 'fixed_on', until: null },
  ],
  [
    'cheapest: a cheap hour',
    at('2025-01-15T02:30'),
    { plan: CHEAPEST, prices: PRICES, readings: off({}, at('2025-01-15T02:30')) },
    {
      on: true,
      write: true,
      why: { kind: 'cheap', price: 0.3, hours: 4 },
      until: at('2025-01-15T05:00'),
    },
  ],
  [
    'cheapest: under the ceiling, one of the cheapest hours too',
    at('2025-01-15T14:10'),
    {
      plan: { ...CHEAPEST, cheapHours: 0, leastHours: 0 },
      prices: PRICES,
      readings: off({}, at('2025-01-15T14:10')),
    },
    { on: true, write: true, why: { kind: 'under_ceiling', price: 0.05, ceiling: 0.1 } },
  ],
  [
    'cheapest: a dear hour',
    NOON,
    { plan: CHEAPEST, prices: PRICES },
    {
      on: false,
      write: false,
      why: { kind: 'expensive', price: 1.2, hours: 4, ceiling: 0.1 },
      until: at('2025-01-15T14:00'),
    },
  ],
  [
    'cheapest: what comes after the time to be ready by is not called expensive',
    at('2025-01-15T21:30'),
    { plan: { ...CHEAPEST, ceiling: null, readyBy: 18 * 60, leastHours: 0 }, prices: PRICES },
    { on: false, write: false, why: { kind: 'late', price: 1.2 } },
  ],
  [
    'cheapest without prices: on',
    NOON,
    { plan: CHEAPEST, readings: off() },
    { on: true, write: true, why: { kind: 'no_price', fallback: 'on' }, until: null },
  ],
  [
    'cheapest without prices: the fixed hours instead',
    NOON,
    { plan: { ...CHEAPEST, withoutPrices: 'fixed', leastHours: 0 } },
    { on: false, write: false, why: { kind: 'no_price', fallback: 'fixed' }, until: TEN_PM },
  ],
];
