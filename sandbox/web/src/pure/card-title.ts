import type { Card, CardArg } from '../client/schemas.js';

export type TitlePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'argument'; readonly argument: CardArg };

const INVERTIBLE = /!\{\{([^|{}]*)\|([^{}]*)\}\}/g;

/** `!{{is|isn't}}` reads as its first half, or as its second where the condition is turned round. */
export const invert = (title: string, inverted = false): string =>
  title.replace(INVERTIBLE, (_, plain: string, turned: string) => (inverted ? turned : plain));

/** The arguments a person fills in: the device a card belongs to is known already. */
export const argumentsOf = (card: Pick<Card, 'args'>): CardArg[] =>
  card.args.filter(({ type }) => type !== 'device');

/** A card as a sentence with its arguments in place; what the sentence does not mention follows it. */
export const titleParts = (card: Pick<Card, 'title' | 'titleFormatted' | 'args'>): TitlePart[] => {
  const open = new Map(argumentsOf(card).map((argument) => [argument.name, argument]));
  const parts: TitlePart[] = [];
  const text = invert(card.titleFormatted ?? card.title);
  for (const piece of text.split(/(\[\[[^[\]]+\]\])/)) {
    const name = /^\[\[([^[\]]+)\]\]$/.exec(piece)?.[1]?.trim();
    const argument = name === undefined ? undefined : open.get(name);
    if (argument !== undefined) {
      parts.push({ kind: 'argument', argument });
      open.delete(argument.name);
    } else if (name !== undefined) {
      // The device of the card: its tile stands beside it.
      continue;
    } else if (piece.trim() !== '') {
      parts.push({ kind: 'text', text: piece.trim() });
    }
  }
  for (const argument of open.values()) parts.push({ kind: 'argument', argument });
  return parts;
};

/** A number that the card itself suggests. */
const exampleOf = ({ placeholder }: CardArg): number | undefined => {
  const example = placeholder === null ? NaN : Number.parseFloat(placeholder);
  return Number.isFinite(example) ? example : undefined;
};

/** What an argument starts with, so that a card can be run at once where that makes sense. */
export const initialArgument = (argument: CardArg): unknown => {
  switch (argument.type) {
    case 'dropdown':
      return argument.values[0]?.id;
    case 'checkbox':
      return false;
    case 'number':
    case 'range':
      return exampleOf(argument) ?? argument.min ?? 0;
    case 'text':
      return '';
    default:
      return undefined;
  }
};

export interface CardGroup {
  readonly ownerUri: string;
  readonly name: string;
  readonly cards: readonly Card[];
}

/** The Homey's own managers that have cards, as people call them. */
const MANAGERS: Readonly<Record<string, string>> = { cron: 'Date and time', flow: 'Flow', logic: 'Logic' };

const nameOf = (ownerUri: string, ownerName: string | null): string => {
  const id = ownerUri.split(':').at(-1) ?? ownerUri;
  const name = ownerName ?? id;
  return name === id ? (MANAGERS[id] ?? name.charAt(0).toUpperCase() + name.slice(1)) : name;
};

/** Cards by what they belong to, devices first, each group in the order it came. */
export const groupCards = (cards: readonly Card[], names: ReadonlyMap<string, string>): CardGroup[] => {
  const groups = new Map<string, Card[]>();
  for (const card of cards) {
    if (card.deprecated) continue;
    groups.set(card.ownerUri, [...(groups.get(card.ownerUri) ?? []), card]);
  }
  const rank = (uri: string): number =>
    uri.startsWith('homey:device:') ? 0 : uri.startsWith('homey:app:') ? 1 : 2;
  return [...groups]
    .map(([ownerUri, own]) => ({
      ownerUri,
      name: names.get(ownerUri) ?? nameOf(ownerUri, own[0]?.ownerName ?? null),
      cards: own,
    }))
    .sort((a, b) => rank(a.ownerUri) - rank(b.ownerUri) || a.name.localeCompare(b.name));
};
