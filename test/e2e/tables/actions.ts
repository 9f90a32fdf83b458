import type { Args, FlowRig } from '../../support/flow-rig.js';
import { sentence } from '../../support/swedish.js';
import {
  down,
  fault,
  goesOffline,
  gone,
  notTaken,
  offline,
  outside,
  refused,
  type ActionRow,
} from './failures.js';
import { PLAN_ACTIONS } from './plan-cards.js';
import { fixed } from './rows.js';

const mode =
  (id: string) =>
  async (pump: FlowRig): Promise<Args> => ({ mode: await pump.pick('action', 'set_mode', 'mode', id) });
const curve =
  (value: number) =>
  async (pump: FlowRig): Promise<Args> => ({
    number: await pump.pick('action', 'set_curve', 'number', 'curve.level'),
    value,
  });
const register =
  (id: string, value: string) =>
  async (pump: FlowRig): Promise<Args> => ({
    register: await pump.pick('action', 'set_register', 'register', id),
    value,
  });

/** Every action card: what it does to the pump, and how it fails. */
export const ACTIONS: Readonly<Record<string, ActionRow>> = {
  hot_water_boost_on: {
    before: { REG__HOT_WATER_BOOST: 0 },
    after: { REG__HOT_WATER_BOOST: 1 },
    fails: [refused, offline],
  },
  hot_water_boost_off: {
    before: { REG__HOT_WATER_BOOST: 1 },
    after: { REG__HOT_WATER_BOOST: 0 },
    fails: [notTaken, goesOffline, gone('REG__HOT_WATER_BOOST', 'errors.not_supported')],
  },
  ...PLAN_ACTIONS,
  set_mode: {
    args: mode('compressor'),
    before: { REG_OPERATIONMODE: 1 },
    after: { REG_OPERATIONMODE: 2 },
    fails: [refused, offline],
  },
  set_heating_target: {
    args: fixed({ temperature: 22 }),
    before: { REG_DESIRED_INDOOR_TEMPERATURE: 20 },
    after: { REG_DESIRED_INDOOR_TEMPERATURE: 22 },
    fails: [outside(fixed({ temperature: 31 }), 10, 30), down],
  },
  change_heating_target: {
    args: fixed({ direction: 'raise', degrees: 2 }),
    before: { REG_DESIRED_INDOOR_TEMPERATURE: 20 },
    after: { REG_DESIRED_INDOOR_TEMPERATURE: 22 },
    fails: [
      outside(fixed({ direction: 'lower', degrees: 11 }), 10, 30),
      {
        because: 'the pump has no such steps',
        args: fixed({ direction: 'lower', degrees: 1.5 }),
        says: sentence('flow.whole_steps', { step: '1 °C' }),
      },
      refused,
    ],
  },
  set_curve: {
    args: curve(40),
    before: { REG_HEATING_HEAT_CURVE: 34 },
    after: { REG_HEATING_HEAT_CURVE: 40 },
    fails: [outside(curve(57), 22, 56), down],
  },
  set_register: {
    args: register('cooling', 'on'),
    before: { REG_ACTIVATE_COOLING: 0 },
    after: { REG_ACTIVATE_COOLING: 1 },
    fails: [
      { ...refused, args: register('cooling', 'on') },
      outside(register('curve.heat_stop', '41'), 0, 40),
      {
        because: 'the value is no number',
        args: register('curve.heat_stop', 'varmt'),
        says: sentence('flow.not_a_number', { value: 'varmt' }),
      },
      {
        because: 'the switch has no such position',
        args: register('cooling', 'kanske'),
        says: sentence('flow.not_an_option', {
          value: 'kanske',
          options: `${sentence('values.on')}, ${sentence('values.off')}`,
        }),
      },
      {
        because: 'the register cannot be written on this pump',
        args: fixed({ register: { id: 'register.NOT_THERE', name: 'Borta' }, value: '1' }),
        says: sentence('errors.not_writable'),
      },
    ],
  },
  read_now: {
    before: {},
    after: {},
    fails: [
      {
        because: 'the service is down',
        trouble: fault({ kind: 'status', match: 'registers', status: 503 }),
        says: sentence('errors.service_down'),
      },
    ],
  },
};
