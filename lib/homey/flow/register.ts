import * as z from 'zod';
import type { Logger } from '../../thermia/ports.js';
import { described } from '../logger.js';
import type { Pump } from '../pump-device.js';
import { inWords, Sentence, type Texts } from '../texts.js';
import { ACTIONS } from './actions.js';
import { matching, type Choice, type Complete } from './cards.js';
import { CONDITIONS } from './conditions.js';
import { TRIGGERS } from './triggers.js';

export interface CardPort {
  registerRunListener(run: (args: unknown, state: unknown) => Promise<unknown>): unknown;
  registerArgumentAutocompleteListener(
    name: string,
    complete: (query: string, args: unknown) => Promise<Choice[]>,
  ): unknown;
}

/** `homey.flow`: each function throws for a card that the manifest does not have. */
export interface FlowPort {
  getActionCard(id: string): CardPort;
  getConditionCard(id: string): CardPort;
  getDeviceTriggerCard(id: string): CardPort;
}

/** The device that a card is about, as the Homey hands it over; throws while that device is not there yet. */
export type PumpOf = (args: unknown, texts: Texts) => Pump;

/** Arguments that are not what the card asks for are of a card that was not filled in. */
const ofCard = (texts: Texts, error: unknown): Sentence =>
  error instanceof z.ZodError
    ? new Sentence(texts.say('flow.incomplete'), { cause: error })
    : inWords(texts, error);

/** Joins every card with its code. A card that one side lacks stops the app at once. */
export const registerCards = (flow: FlowPort, pumpOf: PumpOf, texts: Texts, logger: Logger): void => {
  /** What a card has to do with its device; what goes wrong is said in the person's words. */
  const saying =
    <T>(act: (pump: Pump, args: unknown) => T | Promise<T>) =>
    async (args: unknown): Promise<T> => {
      try {
        return await act(pumpOf(args, texts), args);
      } catch (error) {
        throw ofCard(texts, error);
      }
    };
  const complete = (card: CardPort, lists: Complete | undefined): void => {
    for (const [name, list] of Object.entries(lists ?? {})) {
      card.registerArgumentAutocompleteListener(name, (query, args) =>
        saying((pump) => matching(list(pump), query))(args),
      );
    }
  };
  for (const [id, row] of Object.entries(ACTIONS)) {
    const card = flow.getActionCard(id);
    card.registerRunListener(
      saying(async (pump, args) => {
        await row.run(pump, args);
        return true;
      }),
    );
    complete(card, row.complete);
  }
  for (const [id, row] of Object.entries(CONDITIONS)) {
    const card = flow.getConditionCard(id);
    card.registerRunListener(saying((pump, args) => row.run(pump, args)));
    complete(card, row.complete);
  }
  for (const [id, row] of Object.entries(TRIGGERS)) {
    const card = flow.getDeviceTriggerCard(id);
    const { matches } = row;
    if (matches !== undefined) {
      card.registerRunListener((args, state) =>
        Promise.resolve()
          .then(() => matches(args, state))
          .catch((error: unknown) => {
            logger.warn(`Flow card ${id} has odd arguments`, { error: described(error) });
            return false;
          }),
      );
    }
    complete(card, row.complete);
  }
};
