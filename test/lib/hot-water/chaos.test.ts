import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../lib/hot-water/orders.js';
import { HOUR, MINUTE } from '../../../lib/hot-water/time.js';
import type { Plan, PlanDecision } from '../../../lib/hot-water/types.js';
import { at, PlanRig, planOf } from '../../support/hot-water-rig.js';
import { aMinuteLater, type Tank } from '../../support/hot-water-tank.js';

const POLL = 10;
const ROUNDS = 150;
const RUNS = 8;
const START = at('2025-01-15T00:00');
/** After so many rounds without trouble all that was refused has been made up for. */
const WELL_AGAIN = 8;

type Trouble = 'down' | 'refuses';
type What = Order | Trouble | 'person on' | 'person off';
const LASTS: Readonly<Record<Trouble, number>> = { down: 9, refuses: 5 };

const plans = fc
  .record({
    plan_mode: fc.constant('fixed'),
    plan_off_hours: fc.constantFrom('06:00-22:00', '00:00-24:00', '22:00-06:00; 08:00-09:15'),
    plan_rescue_below: fc.integer({ min: 40, max: 50 }),
    plan_longest_off: fc.integer({ min: 1, max: 6 }),
    plan_least_hours: fc.integer({ min: 0, max: 8 }),
    plan_daily_writes: fc.integer({ min: 4, max: 12 }),
  })
  .map(planOf);
const ordered: readonly Order[] = [
  { kind: 'off', hours: 0.25, evenIfCold: false },
  { kind: 'off', hours: 9, evenIfCold: false },
  { kind: 'off', hours: 3, evenIfCold: true },
  { kind: 'on', hours: 0.5 },
  { kind: 'boost', minutes: 30 },
  { kind: 'pause', until: 12 * 60 },
  { kind: 'resume' },
];
const orders = fc.constantFrom<What>(...ordered);
const anything = fc.constantFrom<What>(...ordered, 'person on', 'person off', 'down', 'refuses');
const eventsOf = (what: fc.Arbitrary<What>): fc.Arbitrary<{ round: number; what: What }[]> =>
  fc.array(fc.record({ round: fc.integer({ min: 0, max: ROUNDS - 1 }), what }), { maxLength: 30 });

interface Round {
  readonly now: number;
  readonly decision: PlanDecision;
  readonly rig: PlanRig;
  /** As it was read. */
  readonly temperature: number;
  /** Rounds since the last trouble. */
  readonly well: number;
}

/** A day and a little of everything at once; each round is shown to `check`. */
function live(
  plan: Plan,
  events: readonly { round: number; what: What }[],
  { seesTemperature, drawn }: { seesTemperature: boolean; drawn: number },
  check: (round: Round) => void,
): void {
  const rig = new PlanRig(plan);
  const until: Record<Trouble, number> = { down: 0, refuses: 0 };
  let tank: Tank = { temperature: 57, heating: false };
  let well = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = START + round * POLL * MINUTE;
    for (const { what } of events.filter((event) => event.round === round)) {
      if (what === 'down' || what === 'refuses') until[what] = round + LASTS[what];
      else if (what === 'person on' || what === 'person off') {
        rig.on = what === 'person on';
        // Right behind a write it may also be that the pump has not followed.
        well = Math.min(well, WELL_AGAIN - 3);
      } else rig.order(now, what);
    }
    const [up, refuses] = [round >= until.down, round < until.refuses];
    well = up && !refuses ? well + 1 : 0;
    const { temperature } = tank;
    const decision = rig.round(now, temperature, { up, refuses, seesTemperature });
    check({ now, decision, rig, temperature, well });
    for (let minute = 0; minute < POLL; minute += 1) tank = aMinuteLater(tank, rig.on, drawn / 30);
  }
}

const isFirm = ({ rig: { memory }, now }: Round): boolean =>
  memory.hold !== null && memory.hold.firm && now < memory.hold.until;

describe('whatever people, Flows and the network do', { timeout: 90_000 }, () => {
  const draws = fc.constantFrom(0, 0.2, 0.6);

  it('hot water that is wanted is on', () => {
    fc.assert(
      fc.property(plans, eventsOf(anything), draws, fc.boolean(), (plan, events, drawn, sees) => {
        live(plan, events, { seesTemperature: sees, drawn }, ({ decision, rig, well }) => {
          if (well >= WELL_AGAIN) expect(rig.on || !decision.on).toBe(true);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('it is on at once where nothing went wrong, however often it was switched', () => {
    fc.assert(
      fc.property(plans, eventsOf(orders), draws, (plan, events, drawn) => {
        live(plan, events, { seesTemperature: true, drawn }, ({ decision, rig }) => {
          expect(decision.on).toBe(decision.on && rig.on);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('cold water is warmed, unless it was meant so', () => {
    fc.assert(
      fc.property(plans, eventsOf(anything), (plan, events) => {
        live(plan, events, { seesTemperature: true, drawn: 0.6 }, (round) => {
          const isCold = round.temperature < (plan.rescue?.below ?? 0);
          if (isCold && round.well >= WELL_AGAIN && !isFirm(round)) expect(round.rig.on).toBe(true);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('without a temperature it is not off longer than the limit, unless it was meant so', () => {
    fc.assert(
      fc.property(plans, eventsOf(orders), (plan, events) => {
        let off = 0;
        live(plan, events, { seesTemperature: false, drawn: 0.2 }, (round) => {
          off = round.rig.on || isFirm(round) ? 0 : off + POLL;
          expect(off).toBeLessThanOrEqual(plan.longestOff * 60 + POLL);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('the plan switches off only where an on is left for afterwards', () => {
    fc.assert(
      fc.property(plans, eventsOf(anything), draws, (plan, events, drawn) => {
        live(plan, events, { seesTemperature: true, drawn }, ({ now, rig, decision }) => {
          if (decision.write !== false || decision.why.kind === 'hold') return;
          const before = rig.memory.writes.filter(
            (row) => row.at > now - 24 * HOUR && row.at < now && row.state !== 'refused',
          );
          expect(before.length + 2).toBeLessThanOrEqual(plan.dailyWrites);
        });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a rescue', { timeout: 90_000 }, () => {
  const allDay = fc.integer({ min: 40, max: 50 }).map((below) =>
    planOf({
      plan_mode: 'fixed',
      plan_off_hours: '00:00-24:00',
      plan_least_hours: 0,
      plan_rescue_below: below,
      plan_daily_writes: 48,
    }),
  );
  const steady = fc.double({ min: 0.1, max: 0.9, noNaN: true });

  it('begins before steadily cooling water is too cold', () => {
    fc.assert(
      fc.property(allDay, steady, (plan, drawn) => {
        live(plan, [], { seesTemperature: true, drawn }, ({ temperature }) => {
          expect(temperature).toBeGreaterThanOrEqual((plan.rescue?.below ?? 0) - 0.01);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('goes on until the water is as warm as it should be', () => {
    fc.assert(
      fc.property(allDay, steady, (plan, drawn) => {
        let rescues = 0;
        live(plan, [], { seesTemperature: true, drawn }, ({ decision, rig, temperature }) => {
          const isAfter = rig.sent.at(-2)?.by === 'rescue' && decision.write === false;
          if (!isAfter) return;
          rescues += 1;
          expect(temperature).toBeGreaterThanOrEqual(plan.rescue?.upTo ?? 0);
        });
        if (drawn > 0.3) expect(rescues).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });
});
