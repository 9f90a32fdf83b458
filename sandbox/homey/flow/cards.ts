import { isSubCapability, originOf, systemCapability } from '../capability.js';
import type { DeviceRegistry } from '../devices/registry.js';
import { notFound } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord } from '../json.js';
import type { FlowArgumentManifest, FlowCardManifest } from '../manifest.js';
import { parseFlowCard } from '../manifest.js';
import type { DeviceRecord } from '../store.js';
import { translateAll, translated } from '../text.js';
import type { CardKind } from '../wire.js';
import { matchesFilter, parseFilter } from './filter.js';
import type { HomeyCard } from './homey-card.js';

/** Who runs a card. */
export type CardSource =
  | {
      readonly by: 'app';
      readonly cardId: string;
      readonly device: { readonly argument: string; readonly id: string } | null;
    }
  | {
      readonly by: 'capability';
      readonly deviceId: string;
      readonly capability: string;
      readonly cardId: string;
    }
  | { readonly by: 'homey'; readonly card: HomeyCard };

export interface Card {
  readonly kind: CardKind;
  readonly id: string;
  readonly ownerUri: string;
  readonly ownerId: string;
  readonly ownerName: string;
  /** What a person fills in: without the device of a device's own card. */
  readonly args: readonly FlowArgumentManifest[];
  readonly definition: FlowCardManifest;
  readonly source: CardSource;
}

export interface Cards {
  readonly all: (kind: CardKind) => readonly Card[];
  /** Throws 404. */
  readonly get: (kind: CardKind, id: string) => Card;
  readonly present: (card: Card) => Record<string, unknown>;
}

const KIND_NAMES = {
  trigger: 'FlowCardTrigger',
  condition: 'FlowCardCondition',
  action: 'FlowCardAction',
} as const;

const systemCards = (capability: string, kind: CardKind): FlowCardManifest[] => {
  const definition = systemCapability(capability);
  const flow = isRecord(definition) ? definition['$flow'] : null;
  const cards = isRecord(flow) ? flow[`${kind}s`] : null;
  return Array.isArray(cards) ? cards.map(parseFlowCard) : [];
};

/** Where the definition says so, a card offers the values that the capability of this device has. */
const withOwnValues = (card: FlowCardManifest, values: unknown): FlowCardManifest =>
  values === undefined
    ? card
    : parseFlowCard({
        ...card,
        args: card.args.map((arg) =>
          isRecord(arg['meta']) && arg['meta']['$values'] === true ? { ...arg, values } : arg,
        ),
      });

export const createCards = (host: Host, devices: DeviceRegistry, homeyCards: readonly HomeyCard[]): Cards => {
  const { app, language } = host;
  const appName = translated(app.manifest.name, language) ?? app.manifest.id;

  const cardsOfCapability = (device: DeviceRecord, capability: string, kind: CardKind): Card[] => {
    if (isSubCapability(capability) || originOf(app, capability) !== 'system') return [];
    const { getable, setable } = devices.define(device, capability);
    if (kind === 'action' ? !setable : !getable) return [];
    return systemCards(capability, kind)
      .filter((card) => {
        const filter = isRecord(card['$filter']) ? card['$filter'] : {};
        const classes = typeof filter['class'] === 'string' ? filter['class'].split('|') : null;
        return classes?.includes(device.class) ?? true;
      })
      .map((card) => {
        const definition = withOwnValues(card, device.capabilitiesOptions[capability]?.['values']);
        return {
          kind,
          id: `${devices.uriOf(device.id)}:${card.id}`,
          ownerUri: devices.uriOf(device.id),
          ownerId: card.id,
          ownerName: device.name,
          args: definition.args,
          definition,
          source: { by: 'capability', deviceId: device.id, capability, cardId: card.id },
        };
      });
  };

  const cardsOfApp = (kind: CardKind): Card[] =>
    app.manifest.flow[`${kind}s`].flatMap((definition): Card[] => {
      const { id, args } = definition;
      const deviceArg = args.find((arg) => arg.type === 'device');
      const filter = parseFilter(deviceArg?.filter);
      if (deviceArg === undefined || filter['driver_id'] === undefined) {
        return [
          {
            kind,
            id: `${app.uri}:${id}`,
            ownerUri: app.uri,
            ownerId: id,
            ownerName: appName,
            args,
            definition,
            source: { by: 'app', cardId: id, device: null },
          },
        ];
      }
      return devices
        .all()
        .filter((device) => matchesFilter(filter, device))
        .map((device) => ({
          kind,
          id: `${devices.uriOf(device.id)}:${id}`,
          ownerUri: devices.uriOf(device.id),
          ownerId: id,
          ownerName: device.name,
          args: args.filter((arg) => arg !== deviceArg),
          definition,
          source: { by: 'app', cardId: id, device: { argument: deviceArg.name, id: device.id } },
        }));
    });

  const cardsOfHomey = (kind: CardKind): Card[] =>
    homeyCards
      .filter((card) => card.kind === kind)
      .map((card) => ({
        kind,
        id: `${card.ownerUri}:${card.definition.id}`,
        ownerUri: card.ownerUri,
        ownerId: card.definition.id,
        ownerName: card.ownerName,
        args: card.definition.args,
        definition: card.definition,
        source: { by: 'homey', card },
      }));

  const make = (kind: CardKind): Card[] => [
    ...cardsOfHomey(kind),
    ...cardsOfApp(kind),
    ...devices
      .all()
      .flatMap((device) => device.capabilities.flatMap((id) => cardsOfCapability(device, id, kind))),
  ];
  // Flows look cards up every minute, which at high speed is all the time; only a changed device changes them.
  const made = new Map<CardKind, ReadonlyMap<string, Card>>();
  devices.onChange(() => made.clear());
  const byId = (kind: CardKind): ReadonlyMap<string, Card> => {
    const cards = made.get(kind) ?? new Map(make(kind).map((card) => [card.id, card]));
    made.set(kind, cards);
    return cards;
  };

  return {
    all: (kind) => [...byId(kind).values()],
    get: (kind, id) => {
      const card = byId(kind).get(id);
      if (card === undefined) throw notFound(KIND_NAMES[kind], id);
      return card;
    },
    present: (card) => {
      const { definition, kind } = card;
      const droptoken = definition.droptoken ?? null;
      return {
        id: card.id,
        ownerUri: card.ownerUri,
        ownerId: card.ownerId,
        ownerName: card.ownerName,
        title: translated(definition.title, language) ?? card.ownerId,
        titleFormatted: translated(definition.titleFormatted, language),
        hint: translated(definition.hint, language),
        args: card.args.length === 0 ? null : translateAll(card.args, language),
        droptoken: typeof droptoken === 'string' ? [droptoken] : droptoken,
        deprecated: definition.deprecated ?? null,
        highlight: definition.highlight ?? null,
        ...(kind === 'condition'
          ? {}
          : {
              tokens:
                definition.tokens.length === 0
                  ? null
                  : translateAll(
                      definition.tokens.map(({ name, ...token }) => ({ id: name, ...token })),
                      language,
                    ),
            }),
        ...(kind === 'action'
          ? {
              duration: definition.duration === true,
              durationMin: null,
              durationMax: null,
              advanced: definition.advanced === true || definition.tokens.length > 0,
            }
          : {}),
      };
    },
  };
};
