import * as z from 'zod';
import type { ReasonKind } from '../../hot-water/types.js';
import type { ActionRow, ConditionRow, TriggerRow } from './cards.js';

/** For these the plan itself has hot water off; an order or a person may have, too. */
const KEPT_OFF: readonly ReasonKind[] = ['fixed_off', 'expensive', 'late', 'no_price'];

export const PLAN_TRIGGERS: Readonly<Record<string, TriggerRow>> = { plan_switched: {} };

export const PLAN_CONDITIONS: Readonly<Record<string, ConditionRow>> = {
  plan_keeps_off: {
    run({ hotWater }) {
      const decision = hotWater.decision();
      return decision?.on === false && decision.withheld === null && KEPT_OFF.includes(decision.why.kind);
    },
  },
  rescue_is_active: { run: ({ hotWater }) => hotWater.decision()?.why.kind === 'rescue' },
};

const PriceArgs = z.looseObject({ day: z.enum(['today', 'tomorrow']), prices: z.string() });

/** Orders are checked where they are obeyed. */
const given = (args: unknown): Readonly<Record<string, unknown>> => z.looseObject({}).parse(args);

export const PLAN_ACTIONS: Readonly<Record<string, ActionRow>> = {
  hot_water_off_for: {
    run({ hotWater }, args) {
      const { hours, cold } = given(args);
      return hotWater.order({ kind: 'off', hours, evenIfCold: cold === 'stay_off' });
    },
  },
  hot_water_on_for: {
    run: ({ hotWater }, args) => hotWater.order({ kind: 'on', hours: given(args)['hours'] }),
  },
  hot_water_boost_for: {
    run: ({ hotWater }, args) => hotWater.order({ kind: 'boost', minutes: given(args)['minutes'] }),
  },
  pause_plan_until: {
    run: ({ hotWater }, args) => hotWater.order({ kind: 'pause', until: given(args)['time'] }),
  },
  guests: { run: ({ hotWater }, args) => hotWater.order({ kind: 'guests', days: given(args)['days'] }) },
  resume_plan: { run: ({ hotWater }) => hotWater.order({ kind: 'resume' }) },
  set_prices: {
    run({ hotWater }, args) {
      const { day, prices } = PriceArgs.parse(args);
      hotWater.givePrices(prices, day);
      return Promise.resolve();
    },
  },
};
