import { call } from '../../../sandbox/client.js';
import type { Args, FlowRig } from '../../support/flow-rig.js';
import { eventually } from '../../support/sandbox.js';
import { sentence } from '../../support/swedish.js';
import { down, gone, offline, refused, type ActionRow } from './failures.js';
import { fixed, set, type ConditionRow, type TriggerRow } from './rows.js';

const settings = async (pump: FlowRig, wanted: Readonly<Record<string, unknown>>): Promise<void> => {
  const { id } = await pump.device();
  await call(pump.client, 'devices', 'setDeviceSettings', { id, settings: wanted });
};
/** Off all day and night, whatever the temperature. */
const OFF = {
  plan_mode: 'fixed',
  plan_off_hours: '00:00-24:00',
  plan_least_hours: 0,
  plan_rescue: false,
  plan_daily_writes: 48,
};
const NONE = { plan_mode: 'none' };

const plan =
  (wanted: Readonly<Record<string, unknown>>) =>
  (pump: FlowRig): Promise<void> =>
    settings(pump, wanted);
/** The card is tried under a plan, and without one afterwards. */
const underPlan =
  (wanted: Readonly<Record<string, unknown>>, args: Args) =>
  async (pump: FlowRig): Promise<Args> => {
    await settings(pump, wanted);
    return args;
  };
const withoutPlan =
  (args: Args) =>
  async (pump: FlowRig): Promise<Args> => {
    await settings(pump, NONE);
    return args;
  };

/** A plan that has switched off, and guests because of whom it is on. */
const whileGuests = async (pump: FlowRig): Promise<Args> => {
  await settings(pump, OFF);
  await eventually(
    () => pump.held('REG_HOT_WATER_STATUS'),
    (value) => value === 0,
  );
  await pump.act('guests', { days: 2 });
  return {};
};

const offNow = `${sentence('plan.off')}: ${sentence('plan_why.fixed_off')}`;
const rescued = (limits: string): string =>
  `${sentence('plan.on')}: ${sentence('plan_why.rescue')} (${limits} °C)`;

const ON = { REG_HOT_WATER_STATUS: 1 };
const IS_OFF = { REG_HOT_WATER_STATUS: 0 };

/** In this order: the last ones leave the pump without a plan. */
export const PLAN_ACTIONS: Readonly<Record<string, ActionRow>> = {
  set_prices: {
    args: underPlan(
      { ...OFF, plan_mode: 'cheapest', plan_cheap_hours: 24 },
      { day: 'today', prices: Array.from({ length: 24 }, (_, hour) => hour).join(' ') },
    ),
    before: {},
    after: {},
    fails: [
      {
        because: 'these are no prices',
        args: fixed({ day: 'today', prices: '1 2 3' }),
        says: sentence('plan_complaint.wrong_count', { field: sentence('plan_field.prices'), value: '3' }),
      },
    ],
  },
  guests: {
    args: underPlan(OFF, { days: 2 }),
    before: IS_OFF,
    after: ON,
    fails: [
      {
        because: 'there is no plan',
        args: withoutPlan({ days: 2 }),
        says: sentence('plan.nothing_to_pause'),
      },
    ],
  },
  pause_plan_until: {
    args: underPlan(OFF, { time: '00:00' }),
    before: IS_OFF,
    after: ON,
    fails: [
      {
        because: 'there is no plan',
        args: withoutPlan({ time: '00:00' }),
        says: sentence('plan.nothing_to_pause'),
      },
    ],
  },
  resume_plan: {
    args: whileGuests,
    before: ON,
    after: IS_OFF,
    fails: [{ ...gone('REG_HOT_WATER_STATUS', 'plan.no_switch'), args: withoutPlan({}) }],
  },
  hot_water_off_for: {
    args: withoutPlan({ hours: 1, cold: 'stay_off' }),
    before: ON,
    after: IS_OFF,
    fails: [refused, offline],
  },
  hot_water_on_for: {
    args: withoutPlan({ hours: 1 }),
    before: IS_OFF,
    after: ON,
    fails: [refused, down],
  },
  hot_water_boost_for: {
    args: withoutPlan({ minutes: 30 }),
    before: { ...IS_OFF, REG__HOT_WATER_BOOST: 0 },
    after: { ...ON, REG__HOT_WATER_BOOST: 1 },
    fails: [refused],
  },
};

export const PLAN_CONDITIONS: Readonly<Record<string, ConditionRow>> = {
  plan_keeps_off: { args: fixed({}), yes: plan(OFF), no: plan(NONE), fails: null },
  rescue_is_active: {
    args: fixed({}),
    yes: async (pump) => {
      await set({ REG_HOT_WATER_TEMPERATURE: 45 })(pump);
      await settings(pump, { ...OFF, plan_rescue: true, plan_rescue_below: 50 });
    },
    no: plan(NONE),
    fails: null,
  },
};

/** In this order; before and afterwards there is no plan. */
export const PLAN_TRIGGERS: Readonly<Record<string, TriggerRow>> = {
  hot_water_rescue_true: {
    cause: async (pump) => {
      await set({ ...ON, REG_HOT_WATER_TEMPERATURE: 45 })(pump);
      await settings(pump, { ...OFF, plan_rescue: true, plan_rescue_below: 50 });
    },
    also: [`hot_water_plan_changed|${rescued('50 → 55')}`],
  },
  hot_water_rescue_false: {
    cause: set({ REG_HOT_WATER_TEMPERATURE: 56 }),
    also: [`hot_water_plan_changed|${offNow}`, `plan_switched|false|true|${offNow}|56|`],
  },
  hot_water_plan_changed: {
    tags: ['hot_water_plan'],
    cause: plan({ plan_rescue_below: 60 }),
    tells: [rescued('60 → 65')],
    also: ['hot_water_rescue_true', `plan_switched|true|false|${rescued('60 → 65')}|56|`],
  },
  plan_switched: {
    tags: ['on', 'was', 'reason', 'temperature', 'until'],
    cause: async (pump) => {
      await set({ REG_HOT_WATER_TEMPERATURE: 66 })(pump);
      await eventually(
        () => pump.held('REG_HOT_WATER_STATUS'),
        (value) => value === 0,
      );
      await pump.readNow();
      await pump.readNow();
      await settings(pump, NONE);
    },
    tells: ['false', 'true', offNow, '66', ''],
    also: [
      'hot_water_rescue_false',
      `hot_water_plan_changed|${offNow}`,
      `plan_switched|true|false|${sentence('plan_why.restored')}|66|`,
      `hot_water_plan_changed|${sentence('plan.on')}: ${sentence('plan_why.restored')}`,
      `hot_water_plan_changed|${sentence('plan.none')}`,
    ],
  },
};
