import { badRequest } from '../errors.js';
import { isRecord, jsonCopy, typeName } from '../json.js';
import type { FlowArgumentManifest } from '../manifest.js';
import type { Card } from './cards.js';

/** The arguments of a card as its listener gets them, and which of them are devices. */
export interface ResolvedArguments {
  readonly args: Record<string, unknown>;
  readonly devices: Record<string, string>;
}

/** The value of a tag: one of the trigger's own, or `owner|token` of the whole Homey. Throws where there is none. */
export type TokenValue = (token: string) => unknown;

const TAG = /\[\[(.+?)\]\]/g;
const ONLY_TAG = /^\[\[(.+?)\]\]$/;

/** Puts the values of tags in place; a text that is one tag and nothing else becomes its value. */
const replaceTags = (value: unknown, tokenValue: TokenValue): unknown => {
  if (typeof value !== 'string') return value;
  const only = ONLY_TAG.exec(value)?.[1];
  if (only !== undefined && !only.includes('[[')) return tokenValue(only);
  return value.replace(TAG, (_whole, token: string) => String(tokenValue(token)));
};

const hasTag = (value: unknown): boolean => typeof value === 'string' && /\[\[.+?\]\]/.test(value);

const wrong = (arg: FlowArgumentManifest, expected: string, value: unknown): Error =>
  badRequest(`Invalid value for argument ${arg.name}. Expected: ${expected}. Got: ${describe(value)}`);

const describe = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${typeof value} ${value}` : typeName(value);

const asNumber = (arg: FlowArgumentManifest, value: unknown): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong(arg, 'number', value);
  if (number < (arg.min ?? number) || number > (arg.max ?? number)) {
    throw wrong(arg, `${arg.min ?? '-∞'} to ${arg.max ?? '∞'}`, value);
  }
  return number;
};

const oneOf = (arg: FlowArgumentManifest, value: unknown): unknown => {
  const ids = (arg.values ?? []).map(({ id }) => id);
  if (typeof value !== 'string' || !ids.includes(value)) throw wrong(arg, ids.join(' | '), value);
  return value;
};

const shaped = (arg: FlowArgumentManifest, value: unknown, shape: RegExp, expected: string): unknown => {
  if (typeof value !== 'string' || !shape.test(value)) throw wrong(arg, expected, value);
  return value;
};

const checked = (arg: FlowArgumentManifest, value: unknown): unknown => {
  switch (arg.type) {
    case 'text':
    case 'code':
      if (isRecord(value) || Array.isArray(value)) throw wrong(arg, 'string', value);
      return String(value);
    case 'number':
    case 'range':
      return asNumber(arg, value);
    case 'dropdown':
      return oneOf(arg, value);
    case 'multiselect':
      if (!Array.isArray(value)) throw wrong(arg, 'array', value);
      return value.map((entry) => oneOf(arg, entry));
    case 'autocomplete':
      if (!isRecord(value) || typeof value['name'] !== 'string') {
        throw wrong(arg, 'an autocomplete result with a name', value);
      }
      return value;
    case 'checkbox':
      if (typeof value !== 'boolean') throw wrong(arg, 'boolean', value);
      return value;
    case 'date':
      return shaped(arg, value, /^\d\d-\d\d-\d{4}$/, 'dd-mm-yyyy');
    case 'time':
      return shaped(arg, value, /^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm');
    case 'color':
      return shaped(arg, value, /^#[0-9a-f]{6}$/i, '#rrggbb');
    default:
      throw badRequest(`Not Implemented: argument type ${arg.type}`);
  }
};

/** Throws for an argument that is missing, unknown or wrong. */
export const resolveArguments = (
  card: Card,
  given: Readonly<Record<string, unknown>>,
  tokenValue: TokenValue,
  isDevice: (id: string) => boolean,
): ResolvedArguments => {
  const args: Record<string, unknown> = {};
  const devices: Record<string, string> = {};
  for (const name of Object.keys(given)) {
    if (!card.args.some((arg) => arg.name === name)) throw badRequest(`Invalid Argument: ${name}`);
  }
  for (const arg of card.args) {
    const value = replaceTags(given[arg.name], tokenValue);
    if (value === undefined || value === null) {
      if (arg.required !== false) throw badRequest(`Missing Argument: ${arg.name}`);
      continue;
    }
    if (arg.type === 'device') {
      const id = isRecord(value) ? value['id'] : value;
      if (typeof id !== 'string' || !isDevice(id)) throw wrong(arg, 'device', value);
      devices[arg.name] = id;
    } else args[arg.name] = jsonCopy(checked(arg, value));
  }
  if (card.source.by === 'app' && card.source.device !== null) {
    devices[card.source.device.argument] = card.source.device.id;
  }
  return { args, devices };
};

/** Checks what can be checked while a Flow is being saved: everything but the values of tags. */
export const checkArguments = (
  card: Card,
  given: Readonly<Record<string, unknown>>,
  isDevice: (id: string) => boolean,
): void => {
  const fixed: Card = { ...card, args: card.args.filter(({ name }) => !hasTag(given[name])) };
  const known = Object.fromEntries(
    Object.entries(given).filter(
      ([name]) => fixed.args.some((arg) => arg.name === name) || !card.args.some((arg) => arg.name === name),
    ),
  );
  resolveArguments(fixed, known, () => null, isDevice);
};

/** Checks what an app hands along with a trigger: every declared token, with its type, and no other. */
export const checkTokens = (card: Pick<Card, 'definition'>, given: unknown): Record<string, unknown> => {
  const tokens = isRecord(given) ? given : {};
  const { tokens: declared, id } = card.definition;
  for (const { name, type } of declared) {
    const value = tokens[name];
    if (type === 'image') throw badRequest('Not Implemented: token type image');
    if (typeof value !== type) {
      throw badRequest(`Invalid value for token ${name}. Expected ${type} but got ${typeName(value)}`);
    }
  }
  for (const name of Object.keys(tokens)) {
    if (!declared.some((token) => token.name === name)) {
      throw badRequest(`Invalid Token: ${name} is not declared by Flow Card ${id}`);
    }
  }
  return tokens;
};
