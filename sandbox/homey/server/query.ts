/** Reads `a=1&args[target][id]=w&list[]=x`, the way the client writes objects into an address. */
export const parseQuery = (search: string): Record<string, unknown> => {
  const root: Record<string, unknown> = {};
  for (const [key, value] of new URLSearchParams(search)) {
    const path = [
      key.replace(/\[.*$/, ''),
      ...[...key.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? ''),
    ];
    put(root, path, value);
  }
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, listsOf(value)]));
};

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

const put = (target: Record<string, unknown>, path: readonly string[], value: string): void => {
  const [given = '', ...rest] = path;
  if (UNSAFE.has(given)) return;
  const key = given === '' ? String(Object.keys(target).length) : given;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const below = target[key];
  const next: Record<string, unknown> = isObject(below) ? below : {};
  target[key] = next;
  put(next, rest, value);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** An object whose keys count from 0 was a list. */
const listsOf = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, listsOf(entry)]);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
};
