import type { Args, FlowRig } from '../../support/flow-rig.js';
import { capabilityName, sentence, valueName } from '../../support/swedish.js';
import { ask } from '../../support/simulator.js';
import { PLAN_TRIGGERS } from './plan-cards.js';
import { set, type TriggerRow } from './rows.js';

/** A number that is shown: its own card tells the new one. */
const moved = (
  capability: string,
  register: string,
  value: number,
): Readonly<Record<string, TriggerRow>> => ({
  [`${capability}_changed`]: { tags: [capability], cause: set({ [register]: value }), tells: [value] },
});
/** Something that is on or off. Bits that others hold stay as they are. */
const switched = (
  capability: string,
  on: Readonly<Record<string, number>>,
  off: Readonly<Record<string, number>>,
  [alsoOn, alsoOff]: readonly [on?: readonly string[], off?: readonly string[]] = [],
): Readonly<Record<string, TriggerRow>> => ({
  [`${capability}_true`]: { cause: set(on), ...(alsoOn === undefined ? {} : { also: alsoOn }) },
  [`${capability}_false`]: { cause: set(off), ...(alsoOff === undefined ? {} : { also: alsoOff }) },
});

const HEATING = 32;
const heatingWith = (bit: number): Readonly<Record<string, number>> => ({ COMP_STATUS: HEATING + bit });
const step = (bits: number): Readonly<Record<string, number>> => ({ COMP_POWER_STATUS: bits });
const activity = (id: string): string => valueName('heat_pump_activity', id);

const sensor =
  (card: string, temperature: number) =>
  async (pump: FlowRig): Promise<Args> => ({
    sensor: await pump.pick('trigger', card, 'sensor', 'measure_temperature.supply'),
    temperature,
  });

const ALARM = 'Low brine pressure';
export const NEW_PASSWORD = 'another-one';

/** Every trigger card, in the order in which they are made to happen: each row begins where the one before it ended. */
export const TRIGGERS: Readonly<Record<string, TriggerRow>> = {
  ...moved('measure_temperature.outdoor', 'REG_OUTDOOR_TEMPERATURE', 4),
  ...moved('measure_temperature.indoor', 'REG_INDOOR_TEMPERATURE', 21),
  ...moved('measure_temperature.supply', 'REG_SUPPLY_LINE', 30),
  ...moved('measure_temperature.desired_supply', 'REG_DESIRED_SUPPLY_LINE', 31),
  ...moved('measure_temperature.return', 'REG_RETURN_LINE', 28),
  ...moved('measure_temperature.brine_in', 'REG_BRINE_IN', 6),
  ...moved('measure_temperature.brine_out', 'REG_BRINE_OUT', 3),
  ...moved('measure_temperature.buffer_tank', 'REG_OPER_DATA_BUFFER_TANK', 35),
  ...moved('measure_temperature.desired_buffer_tank', 'REG_DESIRED_BUFFRER_TANK', 36),
  ...moved('measure_temperature.pool', 'REG_ACTUAL_POOL_TEMP', 24),
  ...moved('measure_temperature.cooling_tank', 'REG_COOL_SENSOR_TANK', 12),
  ...moved('measure_temperature.cooling_supply', 'REG_COOL_SENSOR_SUPPLY', 14),
  ...moved('measure_temperature.defrost', 'REG_SENSOR_CALIB_DEFROST_SENSOR', -2),
  ...moved('target_temperature.indoor', 'REG_DESIRED_INDOOR_TEMPERATURE', 23),
  ...moved('target_temperature.reduced', 'REG_DESIRED_INDOOR_TEMPERATURE_REDUCED', 16),
  ...moved('meter_operating_hours.compressor', 'REG_OPER_TIME_COMPRESSOR', 101),
  ...moved('meter_operating_hours.heating', 'REG_OPER_TIME_HEATING', 102),
  ...moved('meter_operating_hours.cooling', 'REG_OPER_TIME_COOLING', 103),
  ...moved('meter_operating_hours.hot_water', 'REG_OPER_TIME_HOT_WATER', 104),
  ...moved('meter_operating_hours.aux_heater_1', 'REG_OPER_TIME_IMM1', 105),
  ...moved('meter_operating_hours.aux_heater_2', 'REG_OPER_TIME_IMM2', 106),
  ...moved('meter_operating_hours.aux_heater_3', 'REG_OPER_TIME_IMM3', 107),
  ...moved('measure_integral', 'REG_INTEGRAL_LSD', -60),
  ...moved('measure_pid', 'REG_PID', 40),
  ...moved('meter_defrosts', 'REG_DEFROSTS_MA_SA', 51),
  ...moved('measure_defrost_interval', 'REG_DEFROSTS_BETW2DEFR_MA_SA', 55),
  ...moved('measure_last_defrost', 'REG_DEFROST_TIME_LAST_DEFROST_MA_SA', 5),
  heat_pump_mode_changed: {
    tags: ['heat_pump_mode'],
    cause: set({ REG_OPERATIONMODE: 4 }),
    tells: ['hot_water'],
  },
  heat_pump_mode_status_changed: {
    pump: 'plain',
    tags: ['heat_pump_mode_status'],
    cause: set({ REG_OPERATIONMODE: 2 }),
    tells: ['aux_heater_only'],
  },
  ...switched('hot_water_boost', { REG__HOT_WATER_BOOST: 1 }, { REG__HOT_WATER_BOOST: 0 }),
  ...switched('cooling_allowed', { REG_ACTIVATE_COOLING: 1 }, { REG_ACTIVATE_COOLING: 0 }),
  ...switched('compressor_running', heatingWith(1), heatingWith(0)),
  ...switched('brine_pump_running', heatingWith(2), heatingWith(0)),
  ...switched('circulation_pump_running', heatingWith(4), heatingWith(0)),
  ...switched('aux_heater_running', step(1), step(0), [
    ['aux_heater_step.3kw_true'],
    ['aux_heater_step.3kw_false'],
  ]),
  'aux_heater_step.3kw_true': { cause: set(step(1)), also: ['aux_heater_running_true'] },
  ...switched('aux_heater_step.6kw', step(1 + 2), step(1)),
  ...switched('aux_heater_step.9kw', step(1 + 4), step(1)),
  ...switched('aux_heater_step.12kw', step(1 + 8), step(1)),
  ...switched('aux_heater_step.15kw', step(1 + 16), step(1)),
  'aux_heater_step.3kw_false': { cause: set(step(0)), also: ['aux_heater_running_false'] },
  heat_pump_activity_changed: {
    tags: ['heat_pump_activity'],
    cause: set({ COMP_STATUS: 0 }),
    tells: ['idle'],
  },
  activity_started: {
    args: () => Promise.resolve({ activity: 'hot_water' }),
    tags: ['activity'],
    near: { cause: set({ COMP_STATUS: HEATING }), others: ['heat_pump_activity_changed|heating'] },
    cause: set({ COMP_STATUS: 16 }),
    tells: [activity('hot_water')],
    also: ['heat_pump_activity_changed|hot_water'],
  },
  activity_stopped: {
    args: () => Promise.resolve({ activity: 'cooling' }),
    tags: ['activity'],
    near: { cause: set({ COMP_STATUS: 8 }), others: ['heat_pump_activity_changed|cooling'] },
    cause: set({ COMP_STATUS: HEATING }),
    tells: [activity('cooling')],
    also: ['heat_pump_activity_changed|heating'],
  },
  temperature_warmer: {
    args: sensor('temperature_warmer', 40),
    tags: ['temperature', 'sensor'],
    near: {
      cause: set({ REG_SUPPLY_LINE: 40, REG_RETURN_LINE: 45 }),
      others: ['measure_temperature.return_changed|45', 'measure_temperature.supply_changed|40'],
    },
    cause: set({ REG_SUPPLY_LINE: 41 }),
    tells: [41, capabilityName('measure_temperature.supply')],
    also: ['measure_temperature.supply_changed|41'],
  },
  temperature_colder: {
    args: sensor('temperature_colder', 25),
    tags: ['temperature', 'sensor'],
    near: {
      cause: set({ REG_SUPPLY_LINE: 42, REG_RETURN_LINE: 20 }),
      others: ['measure_temperature.return_changed|20', 'measure_temperature.supply_changed|42'],
    },
    cause: set({ REG_SUPPLY_LINE: 24 }),
    tells: [24, capabilityName('measure_temperature.supply')],
    also: ['measure_temperature.supply_changed|24'],
  },
  alarm_raised: {
    tags: ['text'],
    near: {
      cause: async (pump) => {
        await pump.pump('POST', '/alarms', { title: 'Filter soon', severity: 'Warning' });
        await pump.readNow();
      },
      others: [],
    },
    cause: async (pump) => {
      await pump.pump('POST', '/alarms', { title: ALARM });
      await pump.readNow();
    },
    tells: [ALARM],
    also: [`problem_text_changed|${ALARM}`],
  },
  problem_text_changed: {
    tags: ['problem_text'],
    cause: async (pump) => {
      await pump.pump('POST', '/alarms', { title: 'High pressure' });
      await pump.readNow();
    },
    tells: [`High pressure; ${ALARM}`],
    also: ['alarm_raised|High pressure'],
  },
  alarm_cleared: {
    tags: ['text'],
    cause: async (pump) => {
      await pump.pump('DELETE', '/alarms/2');
      await pump.readNow();
    },
    tells: [ALARM],
    also: ['problem_text_changed|High pressure'],
  },
  ...PLAN_TRIGGERS,
  connection_lost: {
    tags: ['reason'],
    cause: async (pump) => {
      await pump.pump('PUT', '/online', { online: false });
      await pump.readNow();
    },
    tells: [sentence('errors.pump_offline')],
  },
  connection_restored: {
    tags: [],
    cause: async (pump) => {
      await pump.pump('PUT', '/online', { online: true });
      await pump.readNow();
    },
  },
  write_failed: {
    tags: ['setting', 'value', 'reason'],
    cause: async (pump) => {
      await ask(pump.running, '/faults', {
        method: 'POST',
        body: { kind: 'status', match: 'write', status: 400, body: 'problem' },
      });
      await pump.act('hot_water_boost_on').catch(() => undefined);
      await ask(pump.running, '/faults', { method: 'DELETE' });
    },
    tells: [capabilityName('hot_water_boost'), sentence('values.on'), sentence('errors.rejected')],
  },
  sign_in_needed: {
    tags: ['reason'],
    cause: async (pump) => {
      await ask(pump.running, '/session/change-password', {
        method: 'POST',
        body: { password: NEW_PASSWORD },
      });
      await ask(pump.running, '/session/revoke-refresh-tokens', { method: 'POST' });
      await ask(pump.running, '/session/expire-access-tokens', { method: 'POST' });
      await pump.readNow().catch(() => undefined);
    },
    tells: [sentence('errors.wrong_credentials')],
  },
  sign_in_restored: {
    cause: (pump) =>
      pump.repair('login', { username: pump.running.thermia.username, password: NEW_PASSWORD }),
  },
};
