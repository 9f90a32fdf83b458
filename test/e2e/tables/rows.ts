import type { Args, FlowRig } from '../../support/flow-rig.js';

export type Step = (pump: FlowRig) => Promise<void>;

export interface TriggerRow {
  readonly pump?: 'plain';
  readonly args?: (pump: FlowRig) => Promise<Args>;
  readonly tags?: readonly string[];
  /** Comes near to it and must not start it; other cards that start are named. */
  readonly near?: { readonly cause: Step; readonly others: readonly string[] };
  readonly cause: Step;
  /** Values of the tags. */
  readonly tells?: readonly (string | number)[];
  /** Other cards that the same cause starts, with their tags. */
  readonly also?: readonly string[];
}
export interface ConditionRow {
  readonly args: (pump: FlowRig) => Promise<Args>;
  readonly yes: Step;
  readonly no: Step;
  /** A register without which the card cannot answer, and what it says then; null for a card that always can. */
  readonly fails: { readonly without: string; readonly says: string } | null;
}

export const set =
  (values: Readonly<Record<string, number>>): Step =>
  async (pump) => {
    await pump.set(values);
    await pump.readNow();
  };

export const fixed = (args: Args) => (): Promise<Args> => Promise.resolve(args);
