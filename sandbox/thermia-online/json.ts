/** JSON as it travels, and the few guards that reading it needs. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const numberIn = (object: JsonObject, key: string): number | null => {
  const value = object[key];
  return typeof value === 'number' ? value : null;
};

export const textIn = (object: JsonObject, key: string): string | null => {
  const value = object[key];
  return typeof value === 'string' ? value : null;
};
