import { findIana } from 'windows-iana';

/**
 * The three spellings of time in the service's answers: UTC without a Z (list), local time of the installation without
 * an offset (detail, registers, history), and the same with seven digits (computed registers). Trailing zeros of the
 * fraction are left out, as .NET does.
 */

const fallbackZone = 'W. Europe Standard Time';

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterFor = (windowsZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(windowsZone);
  if (known !== undefined) return known;
  const iana = findIana(windowsZone)[0] ?? findIana(fallbackZone)[0] ?? 'Europe/Stockholm';
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: iana,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(windowsZone, made);
  return made;
};

/** Zones change at quarters of an hour, so the answer of one quarter does for all of it. */
const QUARTER = 900_000;
const latest = new Map<string, { readonly quarter: number; readonly offset: number }>();

/** Milliseconds that the zone's wall clock is ahead of UTC at this moment. */
const offsetAt = (at: number, windowsZone: string): number => {
  const quarter = Math.floor(at / QUARTER);
  const known = latest.get(windowsZone);
  if (known?.quarter === quarter) return known.offset;
  const offset = computeOffset(at, windowsZone);
  latest.set(windowsZone, { quarter, offset });
  return offset;
};

const computeOffset = (at: number, windowsZone: string): number => {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterFor(windowsZone).formatToParts(at)) part[type] = Number(value);
  const wall = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'] ?? 1,
    part['hour'] ?? 0,
    part['minute'] ?? 0,
    part['second'] ?? 0,
  );
  return wall - Math.floor(at / 1000) * 1000;
};

/** `2024-10-13T13:44:16.407`: UTC, no Z. */
export const utcStamp = (at: number): string => {
  const [seconds = '', fraction = ''] = new Date(at).toISOString().slice(0, -1).split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? seconds : `${seconds}.${digits}`;
};

/** The wall clock of the installation, no offset. */
export const localStamp = (at: number, windowsZone: string): string =>
  utcStamp(at + offsetAt(at, windowsZone));

/** As {@link localStamp} with the seven digits of values that are computed when asked for. */
export const computedStamp = (at: number, windowsZone: string): string => {
  const ms = Math.floor(at);
  const seconds = localStamp(Math.floor(ms / 1000) * 1000, windowsZone);
  const ticks = (((ms % 1000) + 1000) % 1000) * 10_000 + 4131;
  return `${seconds}.${String(ticks).padStart(7, '0')}`;
};

/** Hour of the day at the installation, with fraction. */
export const localHour = (at: number, windowsZone: string): number =>
  (((at + offsetAt(at, windowsZone)) / 3_600_000) % 24) + 0;

/** Reads `periodStart` and the like: with Z or offset as it says, without as the installation's wall clock. */
export const parseStamp = (text: string, windowsZone: string): number | null => {
  if (/(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  }
  const wall = Date.parse(`${text.includes('T') ? text : `${text}T00:00:00`}Z`);
  if (Number.isNaN(wall)) return null;
  const guess = wall - offsetAt(wall, windowsZone);
  return wall - offsetAt(guess, windowsZone);
};
