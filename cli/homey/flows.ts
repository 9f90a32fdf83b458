import * as z from 'zod';
import type { Homey } from './client.js';

const UsedCard = z.looseObject({
  id: z.string().default(''),
  args: z.record(z.string(), z.unknown()).nullish(),
  droptoken: z.string().nullish(),
  inverted: z.boolean().nullish(),
  group: z.string().nullish(),
  /** `{ number, multiplier }`, of an action. */
  delay: z.unknown().optional(),
  duration: z.unknown().optional(),
});
export type UsedCard = z.output<typeof UsedCard>;

const Flow = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean().default(true),
  broken: z.boolean().nullish(),
  folder: z.string().nullish(),
  trigger: UsedCard.nullish(),
  conditions: z.array(UsedCard).nullish(),
  actions: z.array(UsedCard).nullish(),
});
export type Flow = z.output<typeof Flow>;

const AdvancedFlow = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean().default(true),
  broken: z.boolean().nullish(),
  folder: z.string().nullish(),
  cards: z.record(z.string(), UsedCard).default({}),
});
export type AdvancedFlow = z.output<typeof AdvancedFlow>;

/** What is unreadable is left out: it belongs to somebody's other Flow. */
const tolerant = <T>(schema: z.ZodType<T>, answer: unknown): T[] =>
  Object.values(z.record(z.string(), z.unknown()).parse(answer)).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });

export const allFlows = async (homey: Homey): Promise<Flow[]> =>
  tolerant(Flow, await homey.call('flow', 'getFlows', { $cache: false }));

export const allAdvancedFlows = async (homey: Homey): Promise<AdvancedFlow[]> =>
  tolerant(AdvancedFlow, await homey.call('flow', 'getAdvancedFlows', { $cache: false }));

const Card = z.object({
  id: z.string(),
  title: z.string().nullish(),
  titleFormatted: z.string().nullish(),
  args: z
    .array(
      z.object({
        name: z.string(),
        type: z.string(),
        required: z.boolean().nullish(),
        values: z
          .array(z.object({ id: z.string() }))
          .nullish()
          .catch(null),
      }),
    )
    .nullish(),
});
export type Card = z.output<typeof Card>;
export type CardKind = 'trigger' | 'condition' | 'action';

const OPERATIONS = {
  trigger: 'getFlowCardTriggers',
  condition: 'getFlowCardConditions',
  action: 'getFlowCardActions',
} as const;

/** Comes as a map or as a list. */
export const allCards = async (homey: Homey, kind: CardKind): Promise<Card[]> =>
  Object.values(
    z.record(z.string(), z.unknown()).parse({ ...Object(await homey.call('flow', OPERATIONS[kind])) }),
  ).flatMap((item) => {
    const parsed = Card.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
