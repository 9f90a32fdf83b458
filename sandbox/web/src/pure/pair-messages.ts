import { z } from 'zod';

/** Between the dialog and the one frame in which an app's own pair views are shown. */
export const ToFrame = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('show'),
    viewId: z.string(),
    markup: z.string(),
    dark: z.boolean(),
    texts: z.record(z.string(), z.unknown()),
  }),
  z.object({ kind: z.literal('event'), call: z.number(), event: z.string(), data: z.unknown() }),
  z.object({ kind: z.literal('reply'), call: z.number(), value: z.unknown(), error: z.string().nullable() }),
]);
export type ToFrame = z.infer<typeof ToFrame>;

/** What a view may ask for: the names of the methods of `Homey` in it. */
export const FRAME_CALLS = [
  'emit',
  'showView',
  'nextView',
  'prevView',
  'done',
  'createDevice',
  'setTitle',
  'setSubtitle',
  'alert',
  'confirm',
  'popup',
  'getZone',
  'getOptions',
  'setNavigationClose',
] as const;
export type FrameCall = (typeof FRAME_CALLS)[number];

export const FromFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('height'), height: z.number() }),
  z.object({
    kind: z.literal('call'),
    call: z.number(),
    name: z.enum(FRAME_CALLS),
    args: z.array(z.unknown()),
  }),
  z.object({ kind: z.literal('reply'), call: z.number(), value: z.unknown(), error: z.string().nullable() }),
]);
export type FromFrame = z.infer<typeof FromFrame>;

/** A text of the app by its key with dots; `__name__` in it is replaced. Null where there is none. */
export const textAt = (
  texts: Readonly<Record<string, unknown>>,
  key: string,
  tags: Readonly<Record<string, unknown>> = {},
): string | null => {
  let at: unknown = texts;
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null) return null;
    at = Object.entries(at).find(([name]) => name === part)?.[1];
  }
  if (typeof at !== 'string') return null;
  return at.replace(/__(\w+?)__/g, (whole, name: string) => {
    const tag = tags[name];
    return typeof tag === 'string' || typeof tag === 'number' ? String(tag) : whole;
  });
};
