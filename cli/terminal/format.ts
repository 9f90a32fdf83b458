const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `now`, `4 min`, `2 h 05 min`, `3 days`: how long ago something was. */
export const ageOf = (at: number | null, now: number): string => {
  if (at === null) return '–';
  const age = Math.max(0, now - at);
  if (age < MINUTE) return `${Math.floor(age / 1000)} s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < DAY) {
    const minutes = Math.floor((age % HOUR) / MINUTE);
    return `${Math.floor(age / HOUR)} h ${String(minutes).padStart(2, '0')} min`;
  }
  const days = Math.floor(age / DAY);
  return days === 1 ? '1 day' : `${days} days`;
};

export const timeOf = (text: string | null | undefined): number | null => {
  const at = text === null || text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-01-31 07:05`, in the zone of this computer. */
export const localTime = (at: number | null): string => {
  if (at === null) return '–';
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};

export const clockTime = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

/** A value as a person reads it; what is not known is a dash and never a zero. */
export const shown = (value: unknown, units?: string | null, decimals?: number | null): string => {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text =
    typeof value === 'number'
      ? String(Number(value.toFixed(decimals ?? 2)))
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  return units === null || units === undefined || units === '' ? text : `${text} ${units}`;
};
