import { sentence } from '../../support/swedish.js';
import { PLAN_CONDITIONS } from './plan-cards.js';
import { fixed, set, type ConditionRow, type Step } from './rows.js';

const online =
  (isOnline: boolean): Step =>
  async (pump) => {
    await pump.pump('PUT', '/online', { online: isOnline });
    await pump.readNow();
  };
const UNKNOWN = sentence('flow.value_unknown');

/** Every condition card: when it says yes, when no, and when it cannot say. */
export const CONDITIONS: Readonly<Record<string, ConditionRow>> = {
  ...PLAN_CONDITIONS,
  hot_water_boost_is_on: {
    args: fixed({}),
    yes: set({ REG__HOT_WATER_BOOST: 1 }),
    no: set({ REG__HOT_WATER_BOOST: 0 }),
    fails: { without: 'REG__HOT_WATER_BOOST', says: UNKNOWN },
  },
  mode_is: {
    args: async (pump) => ({ mode: await pump.pick('condition', 'mode_is', 'mode', 'hot_water') }),
    yes: set({ REG_OPERATIONMODE: 4 }),
    no: set({ REG_OPERATIONMODE: 1 }),
    fails: { without: 'REG_OPERATIONMODE', says: UNKNOWN },
  },
  is_doing: {
    args: fixed({ activity: 'hot_water' }),
    yes: set({ COMP_STATUS: 16 }),
    no: set({ COMP_STATUS: 32 }),
    fails: { without: 'COMP_STATUS', says: UNKNOWN },
  },
  temperature_above: {
    args: async (pump) => ({
      sensor: await pump.pick('condition', 'temperature_above', 'sensor', 'measure_temperature.supply'),
      temperature: 45,
    }),
    yes: set({ REG_SUPPLY_LINE: 46 }),
    no: set({ REG_SUPPLY_LINE: 45 }),
    fails: { without: 'REG_SUPPLY_LINE', says: UNKNOWN },
  },
  component_is_running: {
    args: fixed({ component: 'brine_pump' }),
    yes: set({ COMP_STATUS: 34 }),
    no: set({ COMP_STATUS: 32 }),
    fails: { without: 'COMP_STATUS', says: sentence('flow.component_unknown') },
  },
  data_is_fresh: { args: fixed({ minutes: 30 }), yes: online(true), no: online(false), fails: null },
};
