import { badRequest } from '../errors.js';
import { isJsonObject, isRecord, jsonCopy, typeName, type JsonObject } from '../json.js';
import type { DriverManifest, SettingManifest } from '../manifest.js';

const EXPECTED: Readonly<Record<string, 'string' | 'number' | 'boolean'>> = {
  text: 'string',
  password: 'string',
  textarea: 'string',
  label: 'string',
  dropdown: 'string',
  radio: 'string',
  number: 'number',
  slider: 'number',
  checkbox: 'boolean',
};

/** The values a fresh device has. */
export const defaultSettings = (driver: DriverManifest): JsonObject =>
  Object.fromEntries(driver.settings.map(({ id, value }) => [id, jsonCopy(value)]));

const checkSetting = (field: SettingManifest, value: unknown): void => {
  const expected = EXPECTED[field.type];
  if (expected === undefined) throw badRequest(`Invalid Setting Type: ${field.type}`);
  if (typeof value !== expected) {
    throw badRequest(`Invalid value for setting ${field.id}. Expected: ${expected}. Got: ${typeName(value)}`);
  }
  if (typeof value === 'number' && !((field.min ?? value) <= value && value <= (field.max ?? value))) {
    throw badRequest(
      `Invalid value for setting ${field.id}: ${value} is out of range (${field.min ?? '-∞'} to ${field.max ?? '∞'})`,
    );
  }
  if (field.values !== undefined && !field.values.some(({ id }) => id === value)) {
    throw badRequest(`Invalid value for setting ${field.id}: ${String(value)}`);
  }
};

/** Throws for an unknown setting, a wrong type, a value out of range, and for a label that a person would change. */
export const checkSettings = (driver: DriverManifest, settings: unknown, by: 'user' | 'app'): JsonObject => {
  if (!isRecord(settings)) throw badRequest('Invalid Settings');
  for (const [id, value] of Object.entries(settings)) {
    const field = driver.settings.find((candidate) => candidate.id === id);
    if (field === undefined) throw badRequest(`Invalid Setting: ${id}`);
    if (by === 'user' && field.type === 'label') throw badRequest(`Setting is read-only: ${id}`);
    checkSetting(field, value);
  }
  const copy = jsonCopy(settings);
  return isJsonObject(copy) ? copy : {};
};
