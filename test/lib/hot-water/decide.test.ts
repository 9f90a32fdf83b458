import { describe, expect, it } from 'vitest';
import { decide, look, mustLeaveOn } from '../../../lib/hot-water/decide.js';
import { judge } from '../../../lib/hot-water/judge.js';
import { EMPTY_MEMORY } from '../../../lib/hot-water/memory.js';
import { dayOf, HOUR, MINUTE } from '../../../lib/hot-water/time.js';
import type { Hold, PlanMemory } from '../../../lib/hot-water/types.js';
import { inputAt, readingsAt, ZONE } from '../../support/hot-water-rig.js';
import { GUARDS } from './truth-table/guards.js';
import { HOLDS_AND_WRITES } from './truth-table/holds-and-writes.js';
import { PLANS } from './truth-table/plans.js';
import { RESCUES } from './truth-table/rescues.js';
import { FIXED, NOON, hold, memory, offSince, written } from './truth-table/terms.js';

describe('the decision', () => {
  it.each([...PLANS, ...RESCUES, ...GUARDS, ...HOLDS_AND_WRITES])(
    '%s',
    (_name, now, given, { why, ...rest }) => {
      const decision = decide(inputAt(now, { readings: readingsAt(now), ...given }));
      expect(decision).toMatchObject(rest);
      expect(typeof why === 'string' ? decision.why.kind : decision.why).toEqual(why);
    },
  );

  it('switches the pump’s own boost on with a boost, and off after it', () => {
    const boost = hold({ kind: 'boost', on: true, since: NOON - MINUTE });
    const running = { since: NOON - MINUTE, retryAt: NOON - MINUTE };
    const say = (reported: boolean, given: Partial<PlanMemory>): boolean | null =>
      decide(inputAt(NOON, { readings: readingsAt(NOON, { boost: reported }), memory: memory(given) })).boost;
    expect(say(false, { hold: boost })).toBe(true);
    expect(say(true, { hold: boost })).toBeNull();
    // The pump has ended it itself: that is not for the plan to correct.
    expect(say(false, { hold: boost, boost: running })).toBeNull();
    expect(say(false, { hold: boost, boost: { ...running, since: NOON - HOUR } })).toBe(true);
    expect(say(true, { boost: running })).toBe(false);
    expect(say(true, { boost: { ...running, retryAt: NOON + MINUTE } })).toBeNull();
    expect(say(false, { boost: running })).toBeNull();
    // Someone else's boost is left alone.
    expect(say(true, {})).toBeNull();
    expect(decide(inputAt(NOON, { memory: memory({ hold: boost }) })).boost).toBeNull();
  });

  it('forgets a boost that has ended', () => {
    const ended = (boost: boolean, kind: Hold['kind']): PlanMemory['boost'] =>
      look(
        inputAt(NOON, {
          readings: readingsAt(NOON, { boost }),
          memory: memory({
            boost: { since: NOON - HOUR, retryAt: NOON - HOUR },
            hold: hold({ kind, on: true }),
          }),
        }),
      ).memory.boost;
    expect(ended(false, 'on')).toBeNull();
    expect(ended(true, 'on')).not.toBeNull();
    expect(ended(false, 'boost')).not.toBeNull();
  });

  it('is for hot water where nothing is planned', () => {
    const ground = {
      plan: FIXED,
      zone: ZONE,
      slots: [],
      hold: null,
      pause: null,
      rest: true,
      legionellaUntil: 0,
      rescue: null,
      blind: null,
    };
    const state = { on: false, since: NOON, by: 'unknown' as const, day: dayOf(NOON, ZONE), had: 0 };
    expect(judge(ground, NOON, state).on).toBe(true);
  });

  it('knows whether hot water must be switched on before the app goes', () => {
    expect(mustLeaveOn(EMPTY_MEMORY)).toBe(false);
    expect(mustLeaveOn(memory({ rest: true, changes: offSince(1) }))).toBe(true);
    expect(
      mustLeaveOn(memory({ rest: true, changes: offSince(2), writes: [written(1, true, 'accepted')] })),
    ).toBe(false);
    expect(mustLeaveOn(memory({ rest: true, writes: [written(1, false, 'begun')] }))).toBe(true);
    expect(mustLeaveOn(memory({ changes: offSince(1) }))).toBe(false);
  });
});
