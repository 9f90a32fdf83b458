import { describe, expect, it } from 'vitest';
import { look } from '../../../lib/hot-water/decide.js';
import {
  EMPTY_MEMORY,
  parseMemory,
  personSwitched,
  prune,
  recordBoost,
  recordObservation,
  recordWrite,
  settleWrite,
} from '../../../lib/hot-water/memory.js';
import { applyOrder, type Order } from '../../../lib/hot-water/orders.js';
import { HOUR, MINUTE } from '../../../lib/hot-water/time.js';
import type { Hold, PlanInput, PlanMemory, SwitchedBy, WriteRow } from '../../../lib/hot-water/types.js';
import { at, inputAt, planOf, readingsAt } from '../../support/hot-water-rig.js';

const NOON = at('2025-01-15T12:00');
const NIGHT = at('2025-01-15T23:00');
const NONE = planOf({ plan_mode: 'none' });

const memory = (given: Partial<PlanMemory>): PlanMemory => ({ ...EMPTY_MEMORY, rest: true, ...given });
const change = (
  minutesAgo: number,
  on: boolean,
  by: SwitchedBy = 'fixed_on',
): PlanMemory['changes'][number] => ({
  at: NOON - minutesAgo * MINUTE,
  on,
  by,
});
const write = (minutesAgo: number, on: boolean, state: WriteRow['state']): WriteRow => ({
  at: NOON - minutesAgo * MINUTE,
  on,
  by: 'fixed_off',
  state,
});
const seeing = (on: boolean, before: PlanMemory, given: Partial<PlanInput> = {}): PlanMemory =>
  recordObservation(
    inputAt(NOON, { readings: readingsAt(NOON, { hotWater: on }), memory: before, ...given }),
  );

describe('what is seen', () => {
  it('of the switch for the first time is nobody’s doing', () => {
    const next = seeing(true, EMPTY_MEMORY);
    expect(next.changes).toEqual([{ at: NOON, on: true, by: 'unknown' }]);
    expect(next.hold).toBeNull();
  });

  it('again and again changes nothing, so that there is nothing to store', () => {
    const before = memory({ changes: [change(60, true)] });
    expect(seeing(true, before)).toBe(before);
    expect(seeing(true, before, { readings: readingsAt(NOON, { hotWater: null }) })).toBe(before);
  });

  it.each<['begun' | 'accepted']>([['begun'], ['accepted']])(
    'of a write that was %s is its effect',
    (state) => {
      const next = seeing(false, memory({ changes: [change(60, true)], writes: [write(3, false, state)] }));
      expect(next.changes.at(-1)).toEqual({ at: NOON - 3 * MINUTE, on: false, by: 'fixed_off' });
      expect(next.writes).toEqual([write(3, false, 'seen')]);
      expect(next.hold).toBeNull();
    },
  );

  it('of a write that had to be repeated counts once', () => {
    const next = seeing(
      true,
      memory({
        changes: [change(60, true)],
        writes: [write(30, true, 'accepted'), write(3, true, 'accepted')],
      }),
    );
    expect(next.changes).toEqual([change(60, true)]);
    expect(next.writes.map(({ state }) => state)).toEqual(['accepted', 'seen']);
  });

  it.each<[string, readonly WriteRow[]]>([
    ['nothing was written', []],
    ['the write was seen before', [write(60, false, 'seen')]],
    ['the opposite was written', [write(3, true, 'accepted')]],
    ['the write was refused', [write(3, false, 'refused')]],
  ])('is a person’s switch where %s', (_name, writes) => {
    const next = seeing(false, memory({ changes: [change(60, true)], writes }));
    expect(next.changes.at(-1)).toEqual({ at: NOON, on: false, by: 'person' });
    expect(next.hold).toMatchObject({
      kind: 'person',
      on: false,
      since: NOON,
      until: at('2025-01-15T22:00'),
    });
  });

  it('from before the last write or change says nothing', () => {
    const before = memory({ changes: [change(-1, true)] });
    expect(seeing(false, before)).toBe(before);
    const written = memory({ changes: [change(60, true)], writes: [write(-1, true, 'accepted')] });
    expect(seeing(false, written)).toBe(written);
  });

  it('is remembered as a rescue from too cold until warm', () => {
    const at50 = (temperature: number | null, before: PlanMemory): number | undefined =>
      seeing(true, before, { readings: readingsAt(NOON, { temperature }) }).rescue?.since;
    const since = NOON - HOUR / 2;
    const rescue = { since, seenAt: since, level: 49, roseAt: since, heatedAt: since };
    const running = memory({ changes: [change(60, true)], rescue });
    expect(at50(49, EMPTY_MEMORY)).toBe(NOON);
    expect(at50(52, EMPTY_MEMORY)).toBeUndefined();
    expect(at50(52, running)).toBe(since);
    expect(at50(null, running)).toBe(since);
    expect(at50(55, running)).toBeUndefined();
    expect(seeing(true, running, { plan: planOf({ plan_rescue: false }) }).rescue).toBeNull();
    expect(seeing(true, EMPTY_MEMORY, { plan: planOf({ plan_rescue: false }) }).rescue).toBeNull();
  });
});

describe('a person’s switch', () => {
  const switched = (on: boolean, given: Partial<PlanInput> = {}, now = NOON): Hold | null =>
    personSwitched(inputAt(now, { readings: readingsAt(now), ...given }), on).hold;

  it.each<[string, boolean, number, Partial<PlanInput>, number]>([
    ['by day until the evening', true, NOON, {}, at('2025-01-15T22:00')],
    ['by night until the morning', false, NIGHT, {}, at('2025-01-16T06:00')],
    [
      'a day where nothing changes',
      false,
      NOON,
      { plan: planOf({ plan_mode: 'cheapest' }) },
      NOON + 24 * HOUR,
    ],
    [
      'a day where the next change is far',
      false,
      NOON,
      { plan: planOf({ plan_mode: 'fixed', plan_off_hours: 'sat 06:00-22:00' }) },
      NOON + 24 * HOUR,
    ],
    [
      'until the end of a pause',
      false,
      NOON,
      { memory: memory({ pause: { kind: 'guests', since: NOON, until: NOON + 2 * HOUR } }) },
      NOON + 2 * HOUR,
    ],
    [
      'not until the end of a pause that is over',
      false,
      NOON,
      { memory: memory({ pause: { kind: 'guests', since: NOON - HOUR, until: NOON } }) },
      at('2025-01-15T22:00'),
    ],
  ])('wins %s', (_name, on, now, given, until) => {
    expect(switched(on, given, now)).toEqual({ kind: 'person', on, since: now, until, firm: false });
  });

  it('off in the middle of a rescue or of legionella is meant', () => {
    expect(switched(false, { readings: readingsAt(NOON, { temperature: 45 }) })?.firm).toBe(true);
    expect(switched(true, { readings: readingsAt(NOON, { temperature: 45 }) })?.firm).toBe(false);
    expect(switched(false, { readings: readingsAt(NOON, { legionella: true }) })?.firm).toBe(true);
  });

  it('without a plan is simply so', () => {
    const next = personSwitched(inputAt(NOON, { plan: NONE, memory: memory({}) }), false);
    expect(next).toMatchObject({ hold: null, rest: null });
  });
});

describe('orders', () => {
  const given = (order: Order, rest: Partial<PlanInput> = {}): PlanMemory =>
    applyOrder(inputAt(NOON, rest), order);

  it.each<[Order, Partial<Hold>]>([
    [
      { kind: 'off', hours: 3, evenIfCold: true },
      { on: false, until: NOON + 3 * HOUR, firm: true },
    ],
    [
      { kind: 'on', hours: 0.5 },
      { on: true, until: NOON + HOUR / 2, firm: false },
    ],
    [
      { kind: 'boost', minutes: 45 },
      { on: true, until: NOON + 45 * MINUTE, firm: false },
    ],
  ])('%j', (order, hold) => {
    expect(given(order).hold).toEqual({ kind: order.kind, since: NOON, ...hold });
  });

  it('switch as a person does', () => {
    expect(given({ kind: 'switch', on: true }).hold?.kind).toBe('person');
  });

  it('pause until a time of day, for guests until the same time days later, and resume', () => {
    expect(given({ kind: 'pause', until: 6 * 60 }).pause).toEqual({
      kind: 'pause',
      since: NOON,
      until: at('2025-01-16T06:00'),
    });
    const guests = given({ kind: 'guests', days: 2 });
    expect(guests.pause?.until).toBe(at('2025-01-17T12:00'));
    expect(given({ kind: 'resume' }, { memory: guests })).toMatchObject({ hold: null, pause: null });
  });

  it('without a plan leave hot water as it was, but after an off they leave it on', () => {
    const before = { plan: NONE, readings: readingsAt(NOON, { hotWater: false }) };
    expect(given({ kind: 'boost', minutes: 30 }, before).rest).toBe(false);
    expect(given({ kind: 'off', hours: 1, evenIfCold: false }, before).rest).toBe(true);
    expect(given({ kind: 'on', hours: 1 }, { ...before, memory: memory({ rest: true }) }).rest).toBe(true);
    const unknown = { plan: NONE, readings: readingsAt(NOON, { hotWater: null }) };
    expect(given({ kind: 'on', hours: 1 }, unknown).rest).toBeNull();
  });
});

describe('what is sent', () => {
  it('is begun, then accepted or refused, and nothing is settled twice', () => {
    const begun = recordWrite(memory({}), { at: NOON, on: false, by: 'fixed_off' });
    expect(begun.writes).toEqual([{ at: NOON, on: false, by: 'fixed_off', state: 'begun' }]);
    const refused = settleWrite(begun, 'refused');
    expect(refused.writes[0]?.state).toBe('refused');
    expect(settleWrite(refused, 'accepted')).toBe(refused);
    expect(settleWrite(EMPTY_MEMORY, 'accepted')).toBe(EMPTY_MEMORY);
  });

  it('to the boost is remembered until it is ended', () => {
    const on = recordBoost(memory({}), { at: NOON, on: true, accepted: true });
    expect(on.boost).toEqual({ since: NOON, retryAt: NOON });
    const failed = recordBoost(on, { at: NOON + HOUR, on: false, accepted: false });
    expect(failed.boost).toEqual({ since: NOON, retryAt: NOON + HOUR + 15 * MINUTE });
    expect(recordBoost(failed, { at: NOON + 2 * HOUR, on: false, accepted: true }).boost).toBeNull();
    expect(recordBoost(memory({}), { at: NOON, on: false, accepted: false }).boost?.since).toBe(NOON);
  });
});

describe('the memory', () => {
  it('stays small', () => {
    let now = NOON;
    let kept = memory({});
    for (let i = 0; i < 500; i += 1) {
      now += 7 * MINUTE;
      kept = recordWrite(kept, { at: now, on: i % 2 === 0, by: 'cheap' });
      kept = look(
        inputAt(now, { readings: readingsAt(now, { hotWater: i % 2 === 0 }), memory: kept }),
      ).memory;
    }
    expect(JSON.stringify(kept).length).toBeLessThan(10_000);
  });

  it('forgets what is over, but not how it was at the beginning of the two days', () => {
    const old = memory({
      writes: [write(25 * 60, true, 'seen'), write(23 * 60, false, 'seen')],
      changes: [change(80 * 60, true), change(50 * 60, false), change(60, true)],
      hold: { kind: 'on', on: true, since: 0, until: NOON, firm: false },
      pause: { kind: 'pause', since: 0, until: NOON },
    });
    expect(prune(old, NOON)).toEqual(
      memory({
        writes: [write(23 * 60, false, 'seen')],
        changes: [change(50 * 60, false), change(60, true)],
      }),
    );
    const last = memory({ writes: [write(30 * 60, true, 'seen')] });
    expect(prune(last, NOON)).toBe(last);
  });

  it('forgets what a wrong clock dated into the future', () => {
    const future = memory({ writes: [write(-60, true, 'seen')], changes: [change(-60, true)] });
    expect(prune(future, NOON)).toEqual(memory({}));
  });

  it('survives being stored', () => {
    const full = memory({
      writes: [write(5, false, 'begun')],
      changes: [change(60, true, 'unknown')],
      hold: { kind: 'boost', on: true, since: NOON, until: NOON + HOUR, firm: false },
      pause: { kind: 'guests', since: NOON, until: NOON + HOUR },
      boost: { since: NOON, retryAt: NOON },
      rescue: { since: NOON, seenAt: NOON, level: 49, roseAt: NOON, heatedAt: NOON },
    });
    expect(parseMemory(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  it.each([[undefined], [null], ['x'], [{ hold: 5, writes: 'x', changes: [{ at: 'x' }] }]])(
    'starts anew from %j',
    (raw) => {
      expect(parseMemory(raw)).toEqual(EMPTY_MEMORY);
    },
  );
});
