import type { FlowCardManifest } from '../manifest.js';
import type { CardKind } from '../wire.js';

/** A card of the Homey itself. */
export interface HomeyCard {
  readonly kind: CardKind;
  readonly ownerUri: string;
  readonly ownerName: string;
  readonly definition: FlowCardManifest;
  /** What an action does, what a condition answers; `droptoken` is the value of the tag dropped on the card. */
  readonly run?: (args: Readonly<Record<string, unknown>>, droptoken: unknown) => unknown;
  readonly complete?: (name: string, query: string) => readonly Readonly<Record<string, unknown>>[];
  /** Whether a trigger lets a Flow with these arguments run; `state` is what happened. */
  readonly matches?: (args: Readonly<Record<string, unknown>>, state: unknown) => boolean;
}
