import { z } from 'zod';
import { badRequest } from '../errors.js';

const Delay = z.strictObject({ number: z.number().nonnegative(), multiplier: z.number().positive() });

const UsedCard = z.strictObject({
  id: z.string(),
  args: z.record(z.string(), z.json()).default({}),
  droptoken: z.string().nullish(),
  group: z.string().optional(),
  delay: Delay.nullish(),
  duration: Delay.nullish(),
  inverted: z.boolean().optional(),
  // What a Homey writes along with a card; it means nothing here.
  uri: z.string().optional(),
  ownerUri: z.string().optional(),
});

const FlowBody = z.strictObject({
  name: z.string().min(1),
  folder: z.string().nullable().default(null),
  enabled: z.boolean().default(true),
  trigger: UsedCard,
  conditions: z.array(UsedCard).default([]),
  actions: z.array(UsedCard).default([]),
});

export type UsedCard = z.output<typeof UsedCard>;
export type Flow = z.output<typeof FlowBody> & { readonly id: string };

const DECIDED_HERE = new Set(['id', 'triggerable', 'broken', 'order']);

/** Reads a Flow as a client sends it; what only the Homey decides is not taken from there. */
export const parseFlow = (id: string, wish: Readonly<Record<string, unknown>>): Flow => {
  const body = Object.fromEntries(Object.entries(wish).filter(([key]) => !DECIDED_HERE.has(key)));
  const parsed = FlowBody.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`Invalid Flow: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  const flow = { id, ...parsed.data };
  for (const { group } of flow.conditions) {
    if (!['group1', 'group2', 'group3', undefined].includes(group)) {
      throw badRequest(`Invalid Flow: condition group ${String(group)}`);
    }
  }
  for (const { group } of flow.actions) {
    if (!['then', 'else', undefined].includes(group)) {
      throw badRequest(`Invalid Flow: action group ${String(group)}`);
    }
  }
  return flow;
};

export const inMilliseconds = (delay: { number: number; multiplier: number } | null | undefined): number =>
  delay === null || delay === undefined ? 0 : delay.number * delay.multiplier * 1000;

const usesLocalTag = (value: unknown): boolean =>
  typeof value === 'string' &&
  [...value.matchAll(/\[\[(.+?)\]\]/g)].some(([, tag = '']) => !tag.includes('|'));

/** Whether it can be started by hand: only where nothing in it waits for a tag of its trigger. */
export const isTriggerable = ({ conditions, actions }: Flow): boolean =>
  ![...conditions, ...actions].some(
    ({ args, droptoken }) =>
      Object.values(args).some(usesLocalTag) || (typeof droptoken === 'string' && !droptoken.includes('|')),
  );
