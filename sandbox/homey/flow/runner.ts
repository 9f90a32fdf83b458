import type { AppHost } from '../app/host.js';
import type { DeviceRegistry } from '../devices/registry.js';
import type { CapabilityValues } from '../devices/values.js';
import { badRequest, notFound } from '../errors.js';
import { within, type Host } from '../host.js';
import { isRecord } from '../json.js';
import type { CardKind } from '../wire.js';
import { resolveArguments, type ResolvedArguments, type TokenValue } from './arguments.js';
import { matchesCapabilityTrigger, runCapabilityAction, runCapabilityCondition } from './capability-cards.js';
import type { Card, Cards } from './cards.js';
import type { FlowTokens } from './tokens.js';

export interface CardRun {
  readonly args?: Readonly<Record<string, unknown>>;
  /** Tags of the trigger that started it. */
  readonly tokens?: Readonly<Record<string, unknown>>;
  readonly state?: unknown;
  /** The tag that was dropped on the card. */
  readonly droptoken?: string | null;
  readonly duration?: unknown;
}

export interface CardRunner {
  readonly action: (id: string, run: CardRun) => Promise<unknown>;
  readonly condition: (id: string, run: CardRun) => Promise<boolean>;
  /** Whether a trigger that fired with this state lets a Flow with these arguments run. */
  readonly matches: (card: Card, args: Readonly<Record<string, unknown>>, state: unknown) => Promise<boolean>;
  readonly autocomplete: (
    kind: CardKind,
    id: string,
    name: string,
    query: string,
    args: Readonly<Record<string, unknown>>,
  ) => Promise<unknown>;
}

/** How long a Homey waits for a card. */
const CARD_MS = 90_000;

const isResult = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && typeof value['name'] === 'string';

export const createCardRunner = (
  host: Host,
  app: Pick<AppHost, 'call'>,
  devices: DeviceRegistry,
  values: CapabilityValues,
  cards: Cards,
  tokens: FlowTokens,
): CardRunner => {
  const isDevice = (id: string): boolean => devices.all().some((device) => device.id === id);

  const tokenValue =
    (local: Readonly<Record<string, unknown>> = {}): TokenValue =>
    (reference) => {
      if (reference.includes('|')) return tokens.value(reference);
      const value = local[reference];
      if (value === undefined) throw badRequest(`Missing Token: ${reference}`);
      return value;
    };
  const droptokenOf = ({ droptoken, tokens: local }: CardRun): unknown =>
    typeof droptoken === 'string' ? tokenValue(local)(droptoken) : undefined;

  const askApp = (
    event: string,
    card: Card,
    cardId: string,
    resolved: ResolvedArguments,
    more: Readonly<Record<string, unknown>>,
  ): Promise<unknown> =>
    within(
      host.clock,
      CARD_MS,
      `Timeout after ${CARD_MS}ms`,
      app.call(event, { kind: card.kind, cardId, ...resolved, ...more }),
    );

  const resolve = (card: Card, run: CardRun): ResolvedArguments =>
    resolveArguments(card, run.args ?? {}, tokenValue(run.tokens), isDevice);

  const withExtras = (resolved: ResolvedArguments, card: Card, run: CardRun): ResolvedArguments => {
    const extras: Record<string, unknown> = {};
    if (card.definition.droptoken !== undefined) extras['droptoken'] = droptokenOf(run);
    if (card.definition.duration === true && typeof run.duration === 'number') {
      extras['duration'] = run.duration;
    }
    return { ...resolved, args: { ...resolved.args, ...extras } };
  };

  return {
    action: async (id, run) => {
      const card = cards.get('action', id);
      const resolved = resolve(card, run);
      const { source } = card;
      if (source.by === 'homey') return source.card.run?.(resolved.args, droptokenOf(run));
      if (source.by === 'capability') {
        await runCapabilityAction(devices, values, source, resolved.args, run.duration);
        return undefined;
      }
      return askApp('flow.run', card, source.cardId, withExtras(resolved, card, run), { state: run.state });
    },
    condition: async (id, run) => {
      const card = cards.get('condition', id);
      const resolved = resolve(card, run);
      const { source } = card;
      if (source.by === 'capability') return runCapabilityCondition(devices, source, resolved.args);
      const answer =
        source.by === 'homey'
          ? source.card.run?.(resolved.args, droptokenOf(run))
          : await askApp('flow.run', card, source.cardId, withExtras(resolved, card, run), {
              state: run.state,
            });
      if (typeof answer !== 'boolean') {
        throw new Error(`The run listener of condition ${card.ownerId} must answer true or false`);
      }
      return answer;
    },
    matches: async (card, args, state) => {
      const resolved = resolve(card, { args });
      const { source } = card;
      if (source.by === 'homey') return source.card.matches?.(resolved.args, state) ?? true;
      if (source.by === 'capability') {
        return matchesCapabilityTrigger(resolved.args, isRecord(state) ? state['value'] : null);
      }
      return (await askApp('flow.matches', card, source.cardId, resolved, { state })) === true;
    },
    autocomplete: async (kind, id, name, query, args) => {
      const card = cards.get(kind, id);
      const arg = card.args.find((candidate) => candidate.name === name);
      if (arg?.type !== 'autocomplete') throw notFound('FlowCardArgument', name);
      const { source } = card;
      if (source.by === 'homey') return source.card.complete?.(name, query) ?? [];
      if (source.by === 'capability') return [];
      const devicesOfCard = source.device === null ? {} : { [source.device.argument]: source.device.id };
      const found = await askApp(
        'flow.autocomplete',
        card,
        source.cardId,
        { args: { ...args }, devices: devicesOfCard },
        { name, query },
      );
      if (!Array.isArray(found) || !found.every(isResult)) {
        throw new Error(
          `The autocomplete listener of ${card.ownerId}.${name} must answer objects with a name`,
        );
      }
      return found.filter(isResult);
    },
  };
};
