import * as z from 'zod';
import { anyNumber, excerpt } from './fields.js';
import type { Complaint, PriceSlot } from './types.js';
import { unpackPrices } from './price-text.js';
import { HOUR, MINUTE, dayOf, hoursOf, instantOf, minuteOfDay } from './time.js';

/** Where a plain list of numbers begins: at midnight of the day that `now` is in, or of the next. */
export interface PriceContext {
  readonly now: number;
  readonly zone: string;
  readonly day?: 'today' | 'tomorrow';
}

/** Prices in order, without overlap; none if there is a complaint. */
export interface PricesRead {
  readonly prices: readonly PriceSlot[];
  readonly complaints: readonly Complaint[];
}

/** Names under which price services give the start and the value, first found wins. */
const START_NAMES = ['start', 'startsAt', 'time_start', 'startTime', 'start_time', 'from', 'time', 'hour'];
const VALUE_NAMES = ['value', 'price', 'total', 'SEK_per_kWh', 'NOK_per_kWh', 'DKK_per_kWh', 'EUR_per_kWh'];

/** An hour without a price is null: absence is not zero. */
const numbers = z.array(anyNumber.nullable());
const rows = z.array(z.record(z.string(), z.unknown()));
const moment = z.union([z.string(), z.number()]);
const record = z.record(z.string(), z.unknown());
const hourNumber = anyNumber.pipe(z.int().min(0).max(23));
type Row = Readonly<Record<string, unknown>>;

/** A price that starts outside of this is a misunderstanding. */
const PAST = 4 * 24 * HOUR;
const FUTURE = 9 * 24 * HOUR;

interface Dated {
  readonly start: number;
  readonly value: number;
}

const complain = (
  code: Complaint['code'],
  value: unknown,
  limits?: { min: number; max: number },
): PricesRead => ({
  prices: [],
  complaints: [{ field: 'prices', code, value: excerpt(value), ...limits }],
});

/**
 * Prices as other apps and people give them: numbers for each hour or quarter of an hour from local midnight, of one day
 * or two (a list, JSON, or text separated by spaces, commas or semicolons), the same by index (`{"0": 1.2, …}`), or
 * rows with a start, or an hour of the day, and a value. What can be read in two ways is refused. The unit does not matter as long as it is always the same.
 */
export function parsePrices(raw: unknown, context: PriceContext): PricesRead {
  const unpacked = typeof raw === 'string' ? unpackPrices(raw) : { value: raw };
  if ('ambiguous' in unpacked) return complain('not_understood', raw);
  const { value } = unpacked;
  if (value === undefined || value === null) return complain('empty', '');
  const list = numbers.safeParse(value);
  if (list.success) return fromMidnight(list.data, context);
  const table = rows.safeParse(value);
  if (table.success) return fromRows(table.data, context);
  const object = record.safeParse(value);
  if (object.success) return fromObject(object.data, context);
  return complain('not_understood', value);
}

function fromObject(object: Readonly<Record<string, unknown>>, context: PriceContext): PricesRead {
  const inside = object['prices'] ?? object['data'];
  if (inside !== undefined) return parsePrices(inside, context);
  if ('today' in object) {
    const parts = [parsePrices(object['today'], { ...context, day: 'today' })];
    const tomorrow = parsePrices(object['tomorrow'], { ...context, day: 'tomorrow' });
    // In the morning there is no tomorrow yet.
    if (tomorrow.complaints[0]?.code !== 'empty') parts.push(tomorrow);
    const complaints = parts.flatMap((part) => part.complaints);
    return { prices: complaints.length > 0 ? [] : parts.flatMap((part) => part.prices), complaints };
  }
  const entries = Object.entries(object);
  if (entries.every(([key]) => /^\d{1,3}$/.test(key))) {
    const list = numbers.safeParse(entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, each]) => each));
    return list.success ? fromMidnight(list.data, context) : complain('not_understood', object);
  }
  return fromRows(
    entries.map(([start, value]) => ({ start, value })),
    context,
  );
}

function fromMidnight(values: readonly (number | null)[], { now, zone, day }: PriceContext): PricesRead {
  if (values.length === 0) return complain('empty', '');
  const first = dayOf(now, zone, day === 'tomorrow' ? 1 : 0);
  const second = dayOf(first.end, zone);
  for (const days of [[first], [first, second]]) {
    for (const step of [HOUR, HOUR / 4]) {
      const starts = days.flatMap((each) => hoursOf(each)).flatMap((hour) => split(hour, step));
      if (starts.length === values.length) return slots(starts, step, (index) => values[index]);
      // The day is 23 or 25 hours long and the list is not: then it goes by what the clock on the wall shows.
      const perDay = (24 * HOUR) / step;
      if (values.length !== perDay * days.length) continue;
      return slots(starts, step, (_, at) => {
        const ahead = at < first.end ? 0 : perDay;
        return values[ahead + Math.floor((minuteOfDay(at, zone) * MINUTE) / step)];
      });
    }
  }
  const hours = hoursOf(first).length;
  return complain('wrong_count', values.length, { min: hours, max: (hours + hoursOf(second).length) * 4 });
}

const split = (hour: { start: number; end: number }, step: number): number[] => {
  const starts: number[] = [];
  for (let at = hour.start; at < hour.end; at += step) starts.push(at);
  return starts;
};

function slots(
  starts: readonly number[],
  step: number,
  valueOf: (index: number, at: number) => number | null | undefined,
): PricesRead {
  const prices = starts.flatMap((start, index) => {
    const value = valueOf(index, start);
    return value === null || value === undefined ? [] : [{ start, end: start + step, value }];
  });
  return prices.length === 0 ? complain('empty', '') : { prices, complaints: [] };
}

function fromRows(table: readonly Row[], context: PriceContext): PricesRead {
  const { now, zone } = context;
  if (table.length > 0 && table.every((row) => hourOf(row) !== null)) return fromHours(table, context);
  const dated: Dated[] = [];
  for (const row of table) {
    const previous = dated.at(-1)?.start ?? null;
    const start = momentOf(named(row, START_NAMES), zone, previous);
    const value = anyNumber.safeParse(named(row, VALUE_NAMES));
    const isAboutNow = start !== null && start > now - PAST && start < now + FUTURE;
    if (!isAboutNow || !value.success) return complain('not_understood', row);
    dated.push({ start, value: value.data });
  }
  const ordered = [...new Map(dated.map((each) => [each.start, each])).values()].sort(
    (a, b) => a.start - b.start,
  );
  const gaps = ordered.map((each, index) => each.start - (ordered[index - 1]?.start ?? -Infinity));
  const step = Math.min(HOUR, ...gaps);
  return { prices: ordered.map(({ start, value }) => ({ start, end: start + step, value })), complaints: [] };
}

/** The hour of the clock that a row is for, 0 to 23. */
function hourOf(row: Row): number | null {
  const hour = hourNumber.safeParse(named(row, START_NAMES));
  return hour.success ? hour.data : null;
}

function fromHours(table: readonly Row[], context: PriceContext): PricesRead {
  const values = Array.from({ length: 24 }, (): number | null => null);
  for (const row of table) {
    const hour = hourOf(row) ?? -1;
    const value = anyNumber.safeParse(named(row, VALUE_NAMES));
    if (!value.success || values[hour] !== null) return complain('not_understood', row);
    values[hour] = value.data;
  }
  return fromMidnight(values, context);
}

const named = (row: Row, names: readonly string[]): unknown =>
  names.map((name) => row[name]).find((value) => value !== undefined);

/** ISO text or seconds or milliseconds since 1970. The same local time twice is the hour that comes twice. */
function momentOf(raw: unknown, zone: string, previous: number | null): number | null {
  const parsed = moment.safeParse(raw);
  if (!parsed.success) return null;
  if (typeof parsed.data === 'number') return parsed.data < 1e11 ? parsed.data * 1000 : parsed.data;
  const at = instantOf(parsed.data, zone);
  return at !== null && previous !== null && at <= previous ? instantOf(parsed.data, zone, true) : at;
}
