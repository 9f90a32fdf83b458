import * as z from 'zod';
import { clockTime, numeric, orNone, readField } from './fields.js';
import { parseOffHours } from './off-hours.js';
import { DAY_MINUTES } from './time.js';
import type { Complaint, OffRange, Plan } from './types.js';

const offHours = z.string().transform((text, context): readonly OffRange[] => {
  const read = parseOffHours(text);
  if (read.ok) return read.ranges;
  context.addIssue({ code: 'custom', message: read.piece });
  return z.NEVER;
});

/** Ready by midnight is the end of the day, not its beginning. */
const deadline = clockTime.transform((minutes) => (minutes === 0 ? DAY_MINUTES : minutes));

interface Row<T> {
  readonly schema: z.ZodType<T>;
  /** Where nothing is set. */
  readonly absent: T;
  /** Where what is set cannot be understood: the side on which there is hot water. */
  readonly broken: T;
}
const row = <T>(schema: z.ZodType<T>, absent: T, broken = absent): Row<T> => ({ schema, absent, broken });

/** The settings of the device as the platform keeps them: flat, by id. */
const ROWS = {
  plan_mode: row(z.enum(['none', 'fixed', 'cheapest']), 'none'),
  plan_off_hours: row(offHours, [{ days: [1, 2, 3, 4, 5, 6, 7], from: 6 * 60, to: 22 * 60 }], []),
  plan_cheap_hours: row(numeric(0, 24), 8),
  plan_price_ceiling: row(orNone(numeric(-100_000, 100_000)), null),
  plan_ready_by: row(orNone(deadline), null),
  plan_without_prices: row(z.enum(['on', 'fixed']), 'on'),
  plan_rescue: row(z.boolean(), true),
  plan_rescue_below: row(numeric(30, 60), 50),
  plan_rescue_up_to: row(orNone(numeric(31, 70)), null),
  plan_longest_off: row(numeric(1, 12), 3),
  plan_least_hours: row(numeric(0, 24), 4),
  plan_daily_writes: row(numeric(4, 48), 12),
};
export const PLAN_SETTING_IDS: readonly string[] = Object.keys(ROWS);

/**
 * The plan that the settings describe. Never fails: what cannot be understood is taken on the side of hot water and
 * complained of. The upper limit of the rescue is 5 °C above the lower where it is empty or not above it.
 */
export function parsePlan(raw: unknown): { readonly plan: Plan; readonly complaints: readonly Complaint[] } {
  const settings = z.record(z.string(), z.unknown()).catch({}).parse(raw);
  const complaints: Complaint[] = [];
  const read = <T>(id: string, { schema, absent, broken }: Row<T>): T => {
    const value = settings[id];
    if (value === undefined) return absent;
    const field = readField(id, schema, value);
    if (field.ok) return field.value;
    complaints.push(field.complaint);
    return broken;
  };
  const below = read('plan_rescue_below', ROWS.plan_rescue_below);
  const wished = read('plan_rescue_up_to', ROWS.plan_rescue_up_to);
  if (wished !== null && wished < below + 1)
    complaints.push({
      field: 'plan_rescue_up_to',
      code: 'out_of_range',
      value: String(wished),
      min: below + 1,
    });
  const upTo = wished === null || wished < below + 1 ? below + 5 : wished;
  const plan: Plan = {
    mode: read('plan_mode', ROWS.plan_mode),
    offHours: read('plan_off_hours', ROWS.plan_off_hours),
    cheapHours: read('plan_cheap_hours', ROWS.plan_cheap_hours),
    ceiling: read('plan_price_ceiling', ROWS.plan_price_ceiling),
    readyBy: read('plan_ready_by', ROWS.plan_ready_by),
    withoutPrices: read('plan_without_prices', ROWS.plan_without_prices),
    rescue: read('plan_rescue', ROWS.plan_rescue) ? { below, upTo } : null,
    longestOff: read('plan_longest_off', ROWS.plan_longest_off),
    leastHours: read('plan_least_hours', ROWS.plan_least_hours),
    dailyWrites: Math.floor(read('plan_daily_writes', ROWS.plan_daily_writes)),
  };
  return { plan, complaints };
}
