import { Temporal } from 'temporal-polyfill';
import { findIana } from 'windows-iana';

/** Time stamps come without a zone: the list's are UTC, all others the installation's own time. */

const WITH_OFFSET = /(?:z|[+-]\d\d:?\d\d)$/i;

/** The library throws where a text is no time and a name no zone. */
const attempt = (read: () => number): number | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

/** The installation's zone by its IANA name; null where the service's name is unknown. */
export const ianaZone = (name: string | null): string | null => {
  if (name === null || name === '') return null;
  const [first] = findIana(name);
  if (first !== undefined) return first;
  return attempt(() => Temporal.Now.zonedDateTimeISO(name).epochMilliseconds) === null ? null : name;
};

/** Milliseconds since 1970; null where the text is no time or the zone is not known. */
export const parseStamp = (text: string | null, timeZone: string | null): number | null => {
  if (text === null) return null;
  const stamp = text.trim();
  if (WITH_OFFSET.test(stamp) && stamp.includes('T')) {
    return attempt(() => Temporal.Instant.from(stamp).epochMilliseconds);
  }
  if (timeZone === null) return null;
  return attempt(() => Temporal.PlainDateTime.from(stamp).toZonedDateTime(timeZone).epochMilliseconds);
};

export const parseUtcStamp = (text: string | null): number | null => parseStamp(text, 'UTC');

/** As the service takes it: local time of the installation, whole seconds, no zone. */
export const formatStamp = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });
