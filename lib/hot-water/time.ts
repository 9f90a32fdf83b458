import { Temporal } from 'temporal-polyfill';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY_MINUTES = 24 * 60;

/** A local calendar day: 23, 24 or 25 hours, as the zone has it. */
export interface LocalDay {
  readonly start: number;
  readonly end: number;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly date: Temporal.PlainDate;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const zoned = (at: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

const midnight = (date: Temporal.PlainDate, zone: string): number =>
  date.toZonedDateTime({ timeZone: zone }).epochMilliseconds;

/** The day that `at` is in, or the one `offset` days later. */
export function dayOf(at: number, zone: string, offset = 0): LocalDay {
  const date = zoned(at, zone).toPlainDate().add({ days: offset });
  return {
    start: midnight(date, zone),
    end: midnight(date.add({ days: 1 }), zone),
    weekday: date.dayOfWeek,
    date,
  };
}

/** All days that have a part in the span. */
export function daysIn(span: Span, zone: string): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = dayOf(span.start, zone); day.start < span.end; day = dayOf(day.end, zone)) days.push(day);
  return days;
}

/**
 * When the clock on the wall shows so many minutes after midnight; up to 24:00. An hour that is skipped counts from when
 * it would have been, of an hour that comes twice the first is meant.
 */
export function wallTime(day: LocalDay, minutes: number, zone: string): number {
  if (minutes >= DAY_MINUTES) return day.end;
  const plainTime = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  return day.date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

/** The next moment after `now` at which the clock on the wall shows this. */
export function nextWallTime(now: number, minutes: number, zone: string): number {
  const today = wallTime(dayOf(now, zone), minutes, zone);
  return today > now ? today : wallTime(dayOf(now, zone, 1), minutes, zone);
}

export function plusDays(at: number, days: number, zone: string): number {
  return zoned(at, zone).add({ days }).epochMilliseconds;
}

export function minuteOfDay(at: number, zone: string): number {
  const local = zoned(at, zone);
  return local.hour * 60 + local.minute;
}

/** The clock hours of a day, the last one shorter where a zone moves by less than an hour. */
export function hoursOf(day: LocalDay): Span[] {
  const hours: Span[] = [];
  for (let start = day.start; start < day.end; start += HOUR)
    hours.push({ start, end: Math.min(start + HOUR, day.end) });
  return hours;
}

/** An ISO date and time, null if it is none; without an offset it is local, and `later` means the second one of an hour that comes twice. */
export function instantOf(text: string, zone: string, later = false): number | null {
  const iso = text.trim().replace(' ', 'T');
  try {
    if (/(?:z|[+-]\d\d(?::?\d\d)?)$/i.test(iso.slice(10)))
      return Temporal.Instant.from(iso).epochMilliseconds;
    const disambiguation = later ? 'later' : 'compatible';
    return Temporal.PlainDateTime.from(iso).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  } catch {
    return null;
  }
}

/** `HH:MM` or `H.MM`, up to 24:00, as minutes. */
export function minutesOf(text: string): number | null {
  const match = /^(\d{1,2})[:.](\d\d)$/.exec(text.trim());
  if (match === null) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return minute < 60 && hour * 60 + minute <= DAY_MINUTES ? hour * 60 + minute : null;
}
