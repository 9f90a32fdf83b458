import { cheapestHours } from './cheapest.js';
import { offSpans } from './off-hours.js';
import { priceOf } from './prices.js';
import { daysIn, dayOf, hoursOf, wallTime, type LocalDay, type Span } from './time.js';
import type { Plan, PriceSlot, Reason } from './types.js';

/** A span in which the plan alone, without rescue or holds, wants one thing for one reason. */
export interface Slot extends Span {
  readonly on: boolean;
  readonly why: Reason;
}

/** What the plan wants in a span, without gaps and in order. A plan of mode `none` wants hot water on. */
export function scheduleOf(plan: Plan, zone: string, prices: readonly PriceSlot[], span: Span): Slot[] {
  // Whole days, so that what is decided for an hour does not depend on where the span begins.
  const whole = { start: dayOf(span.start, zone).start, end: dayOf(span.end, zone).end };
  if (plan.mode === 'none') return [{ ...whole, on: true, why: { kind: 'no_plan' } }];
  if (plan.mode === 'fixed') return fixedSlots(plan, zone, whole);
  return daysIn(whole, zone).flatMap((day) => cheapestSlots(plan, zone, prices, day));
}

function fixedSlots(plan: Plan, zone: string, span: Span): Slot[] {
  const slots: Slot[] = [];
  let at = span.start;
  const allowedUntil = (end: number): void => {
    if (end > at) slots.push({ start: at, end, on: true, why: { kind: 'fixed_on' } });
  };
  for (const off of offSpans(plan.offHours, span, zone)) {
    allowedUntil(off.start);
    const end = Math.min(off.end, span.end);
    slots.push({
      start: Math.max(off.start, at),
      end,
      on: false,
      why: { kind: 'fixed_off', from: off.start, to: off.end },
    });
    at = end;
  }
  allowedUntil(span.end);
  return slots;
}

/** Hours of hot water that the plan looks for each day. */
const hoursWanted = (plan: Plan): number => Math.ceil(Math.max(plan.cheapHours, plan.leastHours));

/** Until when the cheap hours of a day must have been. */
export const deadlineOf = (plan: Plan, day: LocalDay, zone: string): number =>
  plan.mode !== 'cheapest' || plan.readyBy === null ? day.end : wallTime(day, plan.readyBy, zone);

function cheapestSlots(plan: Plan, zone: string, prices: readonly PriceSlot[], day: LocalDay): Slot[] {
  const priced = hoursOf(day).map((hour) => ({ ...hour, price: priceOf(prices, hour) }));
  const deadline = deadlineOf(plan, day, zone);
  const before = priced.filter(({ end }) => end <= deadline);
  const known = before.flatMap(({ start, price }) => (price === null ? [] : [{ start, price }]));
  const hours = hoursWanted(plan);
  // Where some hours have no price, the known ones get their share.
  const share = known.length === 0 ? 0 : Math.ceil((hours * known.length) / before.length);
  const picks = cheapestHours(
    known.map(({ price }) => price),
    share,
  );
  const chosen = new Set(known.filter((_, index) => picks[index] === true).map(({ start }) => start));
  const unpriced = priced.every(({ price }) => price !== null) ? [] : unpricedSlots(plan, zone, day);
  return priced.flatMap(({ price, ...hour }): Slot[] => {
    if (price === null) return unpriced.flatMap((slot) => within(slot, hour));
    const { ceiling } = plan;
    if (chosen.has(hour.start)) return [{ ...hour, on: true, why: { kind: 'cheap', price, hours } }];
    if (ceiling !== null && price <= ceiling)
      return [{ ...hour, on: true, why: { kind: 'under_ceiling', price, ceiling } }];
    if (hour.end > deadline) return [{ ...hour, on: false, why: { kind: 'late', price } }];
    return [{ ...hour, on: false, why: { kind: 'expensive', price, hours, ceiling } }];
  });
}

function unpricedSlots(plan: Plan, zone: string, day: Span): Slot[] {
  const why: Reason = { kind: 'no_price', fallback: plan.withoutPrices };
  if (plan.withoutPrices === 'on') return [{ start: day.start, end: day.end, on: true, why }];
  return fixedSlots(plan, zone, day).map((slot) => ({ ...slot, why }));
}

function within(slot: Slot, { start, end }: Span): Slot[] {
  const part = { ...slot, start: Math.max(slot.start, start), end: Math.min(slot.end, end) };
  return part.end > part.start ? [part] : [];
}

/** When the plan next switches, after `at` and before `limit`. */
export function nextChange(slots: readonly Slot[], at: number, limit: number): number {
  const now = slots.find(({ start, end }) => start <= at && at < end);
  const next = slots.find(({ start, on }) => start > at && on !== now?.on);
  return Math.min(next?.start ?? limit, limit);
}
