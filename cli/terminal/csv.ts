import { stringify } from 'csv-stringify/sync';

/** Lines as RFC 4180 has them, without the last line break. */
export const csv = (
  heads: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string =>
  stringify([
    [...heads],
    ...rows.map((row) => row.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell))),
  ]).trimEnd();
