import * as z from 'zod';
import { ACTIVITIES, COMPONENTS } from '../../thermia/pump/model.js';
import { rowOf } from '../capabilities.js';
import { lastOwnRead } from '../own-readings.js';
import type { Pump } from '../pump-device.js';
import { Sentence } from '../texts.js';
import { modes, Picked, sensors, type ConditionRow } from './cards.js';
import { PLAN_CONDITIONS } from './plan-cards.js';

const known = <T>(pump: Pump, value: T | undefined, key = 'flow.value_unknown'): T => {
  if (value === undefined) throw new Sentence(pump.texts.say(key));
  return value;
};

export const CONDITIONS: Readonly<Record<string, ConditionRow>> = {
  ...PLAN_CONDITIONS,
  hot_water_boost_is_on: {
    run: (pump) => known(pump, pump.snapshot()?.readings.hot_water_boost?.value),
  },
  mode_is: {
    run(pump, args) {
      const { mode } = z.looseObject({ mode: Picked }).parse(args);
      return known(pump, pump.snapshot()?.readings.operation_mode?.value) === mode.id;
    },
    complete: { mode: modes },
  },
  is_doing: {
    run(pump, args) {
      const { activity } = z.looseObject({ activity: z.enum(ACTIVITIES) }).parse(args);
      return known(pump, pump.snapshot()?.readings.activities?.value).includes(activity);
    },
  },
  temperature_above: {
    run(pump, args) {
      const { sensor, temperature } = z.looseObject({ sensor: Picked, temperature: z.number() }).parse(args);
      const snapshot = pump.snapshot();
      const value = snapshot === null ? undefined : rowOf(sensor.id)?.value(snapshot);
      return known(pump, typeof value === 'number' ? value : undefined) > temperature;
    },
    complete: { sensor: sensors },
  },
  component_is_running: {
    run(pump, args) {
      const { component } = z.looseObject({ component: z.enum(COMPONENTS) }).parse(args);
      const value = pump.snapshot()?.readings[`component.${component}`]?.value;
      return known(pump, value, 'flow.component_unknown');
    },
  },
  data_is_fresh: {
    run(pump, args) {
      const { minutes } = z.looseObject({ minutes: z.number() }).parse(args);
      const last = lastOwnRead(pump.snapshot(), ({ freshness }) => freshness === 'current');
      return pump.now() - last < minutes * 60_000;
    },
  },
};
