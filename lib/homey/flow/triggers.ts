import * as z from 'zod';
import { Picked, sensors, type TriggerRow } from './cards.js';
import { PLAN_TRIGGERS } from './plan-cards.js';

const Crossing = z.object({ sensor: Picked, temperature: z.number() });
const Moved = z.object({ sensor: z.string(), before: z.number(), after: z.number() });
const Doing = z.looseObject({ activity: z.string() });

const crossed =
  (passed: (moved: z.infer<typeof Moved>, limit: number) => boolean) =>
  (args: unknown, state: unknown): boolean => {
    const { sensor, temperature } = Crossing.parse(args);
    const moved = Moved.parse(state);
    return sensor.id === moved.sensor && passed(moved, temperature);
  };

const sameActivity = (args: unknown, state: unknown): boolean =>
  Doing.parse(args).activity === Doing.parse(state).activity;

/** Cards that the app starts itself. Those of single capabilities are started by the Homey. */
export const TRIGGERS: Readonly<Record<string, TriggerRow>> = {
  ...PLAN_TRIGGERS,
  temperature_warmer: {
    matches: crossed(({ before, after }, limit) => before <= limit && after > limit),
    complete: { sensor: sensors },
  },
  temperature_colder: {
    matches: crossed(({ before, after }, limit) => before >= limit && after < limit),
    complete: { sensor: sensors },
  },
  activity_started: { matches: sameActivity },
  activity_stopped: { matches: sameActivity },
  alarm_raised: {},
  alarm_cleared: {},
  connection_lost: {},
  connection_restored: {},
  sign_in_needed: {},
  sign_in_restored: {},
  write_failed: {},
};
