import { EventEmitter } from 'node:events';
import { isRecord } from '../json.js';
import type { Link } from '../link.js';
import type { CardKind } from '../wire.js';
import { createFlowCard, type FlowCard, type FlowCardSide } from './flow-card.js';
import { strict } from './missing.js';

interface FlowToken {
  readonly id: string;
  readonly setValue: (value: unknown) => Promise<void>;
  readonly unregister: () => Promise<void>;
}

export interface FlowManager extends EventEmitter {
  readonly getActionCard: (id: string) => FlowCard;
  readonly getConditionCard: (id: string) => FlowCard;
  readonly getTriggerCard: (id: string) => FlowCard;
  readonly getDeviceTriggerCard: (id: string) => FlowCard;
  readonly createToken: (id: string, options: unknown) => Promise<FlowToken>;
  readonly getToken: (id: string) => FlowToken;
  readonly unregisterToken: (token: FlowToken) => Promise<void>;
}

export interface FlowSide {
  readonly manager: FlowManager;
  readonly card: (kind: CardKind, id: string) => FlowCardSide | null;
}

const cardsOf = (manifest: Readonly<Record<string, unknown>>, kind: CardKind): Record<string, unknown>[] => {
  const flow = isRecord(manifest['flow']) ? manifest['flow'] : {};
  const cards = flow[`${kind}s`];
  return Array.isArray(cards) ? cards.filter(isRecord) : [];
};

const isDeviceCard = (card: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(card['args']) && card['args'].some((arg) => isRecord(arg) && arg['type'] === 'device');

export const createFlow = (manifest: Readonly<Record<string, unknown>>, link: Link): FlowSide => {
  const made = new Map<string, FlowCardSide>();
  const tokens = new Set<string>();
  const find = (kind: CardKind, id: string, withDevice: boolean | null = null): FlowCard => {
    const definition = cardsOf(manifest, kind).find((card) => card['id'] === id);
    if (definition === undefined) throw new Error(`Invalid Flow Card ID: ${id}`);
    if (withDevice !== null && isDeviceCard(definition) !== withDevice) {
      throw new Error(
        `Flow Card ${id} is ${withDevice ? 'not ' : ''}a device trigger; use get${withDevice ? '' : 'Device'}TriggerCard`,
      );
    }
    const key = `${kind}:${id}`;
    const side = made.get(key) ?? createFlowCard(kind, id, definition, link);
    made.set(key, side);
    return side.card;
  };
  const tokenOf = (id: string): FlowToken =>
    strict(
      {
        id,
        setValue: async (value: unknown): Promise<void> => {
          await link.call('tokens.setValue', { id, value });
        },
        unregister: async (): Promise<void> => {
          await link.call('tokens.unregister', { id });
          tokens.delete(id);
        },
      },
      'FlowToken',
    );
  const manager: FlowManager = strict(
    Object.assign(new EventEmitter(), {
      getActionCard: (id: string) => find('action', id),
      getConditionCard: (id: string) => find('condition', id),
      getTriggerCard: (id: string) => find('trigger', id, false),
      getDeviceTriggerCard: (id: string) => find('trigger', id, true),
      createToken: async (id: string, options: unknown) => {
        await link.call('tokens.create', { id, options });
        tokens.add(id);
        return tokenOf(id);
      },
      getToken: (id: string) => {
        if (!tokens.has(id)) throw new Error(`Invalid Flow Token ID: ${id}`);
        return tokenOf(id);
      },
      unregisterToken: (token: FlowToken) => token.unregister(),
    }),
    'homey.flow',
  );
  return { manager, card: (kind, id) => made.get(`${kind}:${id}`) ?? null };
};
