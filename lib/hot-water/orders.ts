import * as z from 'zod';
import { personSwitched } from './memory.js';
import { clockTime, numeric, readField } from './fields.js';
import { HOUR, MINUTE, nextWallTime, plusDays } from './time.js';
import type { Complaint, Hold, Pause, PlanInput, PlanMemory } from './types.js';

/** What a person or a Flow asks of the plan. */
export type Order =
  /** The plain switch: wins until the plan next switches. */
  | { readonly kind: 'switch'; readonly on: boolean }
  | { readonly kind: 'off'; readonly hours: number; readonly evenIfCold: boolean }
  | { readonly kind: 'on'; readonly hours: number }
  | { readonly kind: 'boost'; readonly minutes: number }
  /** Until the clock on the wall next shows this, minutes since midnight. */
  | { readonly kind: 'pause'; readonly until: number }
  | { readonly kind: 'guests'; readonly days: number }
  | { readonly kind: 'resume' };

/** The memory with the order in it; {@link decide} then says what to send. */
export function applyOrder(input: PlanInput, order: Order): PlanMemory {
  const { now, zone, memory } = input;
  switch (order.kind) {
    case 'switch':
      return personSwitched(input, order.on);
    case 'off':
      return held(input, {
        kind: 'off',
        on: false,
        since: now,
        until: now + order.hours * HOUR,
        firm: order.evenIfCold,
      });
    case 'on':
      return held(input, { kind: 'on', on: true, since: now, until: now + order.hours * HOUR, firm: false });
    case 'boost':
      return held(input, {
        kind: 'boost',
        on: true,
        since: now,
        until: now + order.minutes * MINUTE,
        firm: false,
      });
    case 'pause':
      return paused(memory, { kind: 'pause', since: now, until: nextWallTime(now, order.until, zone) });
    case 'guests':
      return paused(memory, { kind: 'guests', since: now, until: plusDays(now, order.days, zone) });
    case 'resume':
      return { ...memory, hold: null, pause: null };
  }
}

/** Without a plan, hot water goes on again after an off, and back to what it was after an on. */
function held({ plan, memory, readings }: PlanInput, hold: Hold): PlanMemory {
  const rest = plan.mode !== 'none' || !hold.on ? true : (memory.rest ?? readings.hotWater?.value ?? null);
  return { ...memory, hold, rest };
}

const paused = (memory: PlanMemory, pause: Pause): PlanMemory => ({ ...memory, hold: null, pause });

const LIMITS = { off: [0.25, 72], on: [0.25, 168], boost: [5, 720], guests: [1, 60] } as const;

const fields = {
  off: z.object({
    kind: z.literal('off'),
    hours: numeric(...LIMITS.off),
    evenIfCold: z.boolean().default(false),
  }),
  on: z.object({ kind: z.literal('on'), hours: numeric(...LIMITS.on) }),
  boost: z.object({ kind: z.literal('boost'), minutes: numeric(...LIMITS.boost) }),
  pause: z.object({ kind: z.literal('pause'), until: clockTime }),
  guests: z.object({ kind: z.literal('guests'), days: numeric(...LIMITS.guests).pipe(z.int()) }),
  resume: z.object({ kind: z.literal('resume') }),
  switch: z.object({ kind: z.literal('switch'), on: z.boolean() }),
};
const orderSchema: z.ZodType<Order> = z.discriminatedUnion('kind', [
  fields.off,
  fields.on,
  fields.boost,
  fields.pause,
  fields.guests,
  fields.resume,
  fields.switch,
]);

/** An order as a Flow card, a widget or the command line hands it over: numbers may be text, times are `HH:MM`. */
export function parseOrder(raw: unknown): { readonly order: Order } | { readonly complaint: Complaint } {
  const read = readField('order', orderSchema, raw);
  return read.ok ? { order: read.value } : { complaint: read.complaint };
}
