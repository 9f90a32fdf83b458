import type { Capability } from '../client/schemas.js';

const NO_VALUE = '–';

export const formatNumber = (value: number, decimals: number | null): string =>
  new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 2,
    useGrouping: Math.abs(value) >= 10_000,
  })
    .format(value)
    .replace('-', '−');

type Formattable = Pick<Capability, 'id' | 'type' | 'value' | 'decimals' | 'units' | 'values' | 'options'>;

const word = (options: Formattable['options'], key: string, fallback: string): string => {
  const text = options[key];
  if (typeof text === 'object' && text !== null && 'en' in text && typeof text.en === 'string')
    return text.en;
  return typeof text === 'string' && text !== '' ? text : fallback;
};

/** The value as people read it, unit apart so that it can be set smaller. */
export const formatValue = (capability: Formattable): { text: string; unit: string } => {
  const { value, options } = capability;
  if (value === null) return { text: NO_VALUE, unit: '' };
  if (typeof value === 'boolean') {
    const isAlarm = capability.id.startsWith('alarm_');
    return {
      text: value
        ? word(options, 'titleTrue', isAlarm ? 'Alarm' : 'On')
        : word(options, 'titleFalse', isAlarm ? 'OK' : 'Off'),
      unit: '',
    };
  }
  if (typeof value === 'number') {
    return { text: formatNumber(value, capability.decimals), unit: capability.units ?? '' };
  }
  return { text: capability.values.find(({ id }) => id === value)?.title ?? value, unit: '' };
};

export const plainValue = (capability: Formattable): string => {
  const { text, unit } = formatValue(capability);
  return unit === '' ? text : `${text} ${unit}`;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the roughest words that are still useful. */
export const formatAge = (at: number | null, now: number): string => {
  if (at === null) return 'never';
  const age = now - at;
  if (age < 45_000) return 'just now';
  if (age < 90 * MINUTE) return `${Math.max(1, Math.round(age / MINUTE))} min ago`;
  if (age < 36 * HOUR) return `${Math.round(age / HOUR)} h ago`;
  return `${Math.round(age / DAY)} days ago`;
};

/** Times are told as the Homey's clock shows them, wherever the page is looked at. */
const makeFormats = (timeZone: string | undefined) => {
  const made = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone !== undefined && { timeZone }) });
  const hours: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return {
    day: made({ weekday: 'long', day: 'numeric', month: 'long' }),
    weekday: made({ weekday: 'short' }),
    clock: made(hours),
    seconds: made({ ...hours, second: '2-digit' }),
  };
};
let formats = makeFormats(undefined);

/** An IANA name; what this browser does not know leaves its own zone. */
export const tellTimesIn = (timeZone: string): void => {
  try {
    formats = makeFormats(timeZone);
  } catch {
    formats = makeFormats(undefined);
  }
};

export const formatDay = (at: number): string => formats.day.format(at);
export const formatWeekday = (at: number): string => formats.weekday.format(at);
export const formatClock = (at: number): string => formats.clock.format(at);
export const formatSeconds = (at: number): string => formats.seconds.format(at);

/** Since when something is as it is: a value that has not changed is no old value. */
export const formatSince = (at: number, now: number): string => {
  if (now - at < 45_000) return 'just now';
  if (formatDay(at) === formatDay(now)) return `since ${formatClock(at)}`;
  return now - at < 6 * DAY ? `since ${formatWeekday(at)} ${formatClock(at)}` : `since ${formatDay(at)}`;
};

/** The day as a heading of a list that is read backwards. */
export const nameOfDay = (at: number, now: number): string => {
  if (formatDay(at) === formatDay(now)) return 'Today';
  if (formatDay(at) === formatDay(now - DAY)) return 'Yesterday';
  return formatDay(at);
};

/** What a refusal says, as a sentence. */
export const sentence = (error: unknown): string => {
  const text = (error instanceof Error ? error.message : typeof error === 'string' ? error : '').trim();
  if (text === '') return 'It failed, and nothing was said about why.';
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
};
