import { EventEmitter } from 'node:events';
import { isRecord, jsonCopy } from '../json.js';
import type { Link } from '../link.js';
import type { CardKind } from '../wire.js';
import { Device } from './device.js';
import { strict } from './missing.js';

type RunListener = (args: unknown, state: unknown) => unknown;
type AutocompleteListener = (query: string, args: unknown) => unknown;

export interface FlowCard extends EventEmitter {
  readonly id: string;
  readonly type: CardKind;
  readonly registerRunListener: (listener: RunListener) => FlowCard;
  readonly registerArgumentAutocompleteListener: (name: string, listener: AutocompleteListener) => FlowCard;
  readonly getArgument: (name: string) => unknown;
  readonly getArgumentValues: (device?: unknown) => Promise<unknown>;
  readonly trigger: (...args: readonly unknown[]) => Promise<void>;
}

export interface FlowCardSide {
  readonly card: FlowCard;
  readonly run: (args: unknown, state: unknown) => unknown;
  /** Whether a trigger lets a Flow with these arguments run. */
  readonly matches: (args: unknown, state: unknown) => Promise<boolean>;
  readonly autocomplete: (name: string, query: string, args: unknown) => unknown;
}

export const createFlowCard = (
  kind: CardKind,
  id: string,
  definition: Readonly<Record<string, unknown>>,
  link: Link,
): FlowCardSide => {
  const args = Array.isArray(definition['args']) ? definition['args'].filter(isRecord) : [];
  const byDevice = args.some((arg) => arg['type'] === 'device');
  const autocompletes = new Map<string, AutocompleteListener>();
  let runListener: RunListener | null = null;

  const trigger = async (...given: readonly unknown[]): Promise<void> => {
    if (kind !== 'trigger') throw new Error(`Flow Card ${id} is not a trigger`);
    const device = byDevice ? given[0] : null;
    if (byDevice && !(device instanceof Device)) throw new Error('Invalid Device');
    const [tokens = {}, state = {}] = byDevice ? given.slice(1) : given;
    await link.call('flow.trigger', {
      id,
      deviceId: device instanceof Device ? device.getId() : null,
      tokens: withoutUndefined(tokens),
      state: jsonCopy(state),
    });
  };

  const registerAutocomplete = (name: string, listener: AutocompleteListener): void => {
    const arg = args.find((candidate) => candidate['name'] === name);
    if (arg?.['type'] !== 'autocomplete') throw new Error(`Invalid Flow Card Argument: ${name}`);
    autocompletes.set(name, listener);
  };

  const card: FlowCard = strict(
    Object.assign(new EventEmitter(), {
      id,
      type: kind,
      registerRunListener: (listener: RunListener) => {
        runListener = listener;
        return card;
      },
      registerArgumentAutocompleteListener: (name: string, listener: AutocompleteListener) => {
        registerAutocomplete(name, listener);
        return card;
      },
      getArgument: (name: string) => {
        if (!args.some((arg) => arg['name'] === name)) {
          throw new Error(`Invalid Flow Card Argument: ${name}`);
        }
        return strict(
          {
            name,
            registerAutocompleteListener: (listener: AutocompleteListener): void =>
              registerAutocomplete(name, listener),
          },
          'FlowArgument',
        );
      },
      getArgumentValues: (device?: unknown) =>
        link.call('flow.argumentValues', {
          kind,
          id,
          deviceId: device instanceof Device ? device.getId() : null,
        }),
      trigger,
    }),
    'FlowCard',
  );

  return {
    card,
    run: (given, state) => {
      if (runListener === null) throw new Error(`Missing Run Listener: ${id}`);
      return runListener(given, state);
    },
    matches: async (given, state) => {
      if (runListener === null) return true;
      const answer = await runListener(given, state);
      if (typeof answer !== 'boolean') {
        throw new Error(`The run listener of trigger ${id} must answer true or false`);
      }
      return answer;
    },
    autocomplete: (name, query, given) => {
      const listener = autocompletes.get(name);
      if (listener === undefined) throw new Error(`Missing Autocomplete Listener: ${id}.${name}`);
      return listener(query, given);
    },
  };
};

/** JSON makes null of NaN, which a Homey would take; and drops undefined, which must be told apart from null. */
const withoutUndefined = (tokens: unknown): unknown => {
  if (!isRecord(tokens)) return tokens;
  return Object.fromEntries(
    Object.entries(tokens).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    ]),
  );
};
