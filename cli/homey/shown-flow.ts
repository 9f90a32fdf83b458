import * as z from 'zod';
import { shownValue, withoutSecrets } from '../terminal/secrets.js';
import type { AdvancedFlow, Flow, UsedCard } from './flows.js';
import { isScriptCard } from './migrate/known.js';

const Named = z.object({ name: z.string() });
/** The only arguments of scripts that surely are none of somebody's secrets. */
const HARMLESS = new Set(['', 'on', 'off', 'status']);
const HIDDEN = '[not shown]';

/** What a card is told, without secrets: arguments and code of scripts often hold one, and so does a variable of that name. */
const shownCard = (card: UsedCard): unknown => {
  const { id, args } = card;
  const variable = Named.safeParse(args?.['variable']);
  const shownArgs = Object.entries(args ?? {}).map(([name, value]): [string, unknown] => {
    if (isScriptCard(id) && typeof value === 'string' && name !== 'script')
      return [name, HARMLESS.has(value) ? value : HIDDEN];
    return [name, name === 'value' && variable.success ? shownValue(variable.data.name, value) : value];
  });
  return withoutSecrets({ ...card, args: Object.fromEntries(shownArgs) });
};

export const shownFlow = (flow: Flow): object => ({
  ...flow,
  name: shownValue('', flow.name),
  trigger: flow.trigger ? shownCard(flow.trigger) : flow.trigger,
  conditions: flow.conditions?.map(shownCard),
  actions: flow.actions?.map(shownCard),
});

export const shownAdvancedFlow = (flow: AdvancedFlow): object => ({
  ...flow,
  name: shownValue('', flow.name),
  cards: Object.fromEntries(Object.entries(flow.cards).map(([id, card]) => [id, shownCard(card)])),
});
