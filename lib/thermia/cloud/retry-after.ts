const LONGEST_MS = 6 * 60 * 60_000;

/** Both forms of `Retry-After`, seconds and an HTTP date, as milliseconds from now; null where there is none to read. */
export const parseRetryAfter = (value: string | null, now: number): number | null => {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_MS);
};
