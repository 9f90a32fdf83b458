import type { Logger } from '../../thermia/ports.js';
import { described } from '../logger.js';
import type { Pump } from '../pump-device.js';
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
export type PumpOf = (args: unknown) => Pump;

/** Joins every card with its code. A card that one side lacks stops the app at once. */
export const registerCards = (flow: FlowPort, pumpOf: PumpOf, logger: Logger): void => {
  const complete = (card: CardPort, lists: Complete | undefined): void => {
    for (const [name, list] of Object.entries(lists ?? {})) {
      card.registerArgumentAutocompleteListener(name, (query, args) =>
        Promise.resolve(matching(list(pumpOf(args)), query)),
      );
    }
  };
  for (const [id, row] of Object.entries(ACTIONS)) {
    const card = flow.getActionCard(id);
    card.registerRunListener(async (args) => {
      await row.run(pumpOf(args), args);
      return true;
    });
    complete(card, row.complete);
  }
  for (const [id, row] of Object.entries(CONDITIONS)) {
    const card = flow.getConditionCard(id);
    card.registerRunListener((args) => Promise.resolve().then(() => row.run(pumpOf(args), args)));
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
