/** What can cross the border between the processes, and between a Homey and its clients. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
export type Args = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isJson = (value: unknown): value is Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isRecord(value) && Object.values(value).every((entry) => entry === undefined || isJson(entry));
};

export const isJsonObject = (value: unknown): value is JsonObject => isRecord(value) && isJson(value);

/** A copy as it would come out of the other end of the border; what JSON cannot carry becomes null. */
export const jsonCopy = (value: unknown): Json => {
  const text: unknown = JSON.stringify(value);
  if (typeof text !== 'string') return null;
  const copy: unknown = JSON.parse(text);
  return isJson(copy) ? copy : null;
};

/** Equal as JSON, whatever the order of the keys. */
export const sameJson = (left: unknown, right: unknown): boolean => {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry, index) => sameJson(entry, right[index]));
  }
  if (isRecord(left) && isRecord(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => key in right && sameJson(left[key], right[key]))
    );
  }
  return left === right;
};

/** The name of a type as the messages of a Homey give it. */
export const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
