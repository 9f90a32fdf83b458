import { z } from 'zod';

const Text = z
  .union([z.string(), z.record(z.string(), z.string()).transform((texts) => texts['en'] ?? '')])
  .nullish()
  .transform((text) => text ?? null);

const Navigation = z
  .looseObject({ next: z.string().nullish(), prev: z.string().nullish() })
  .nullish()
  .transform((navigation) => ({ next: navigation?.next ?? null, prev: navigation?.prev ?? null }));

export const PairView = z.looseObject({
  id: z.string(),
  template: z.string().nullish(),
  options: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((options) => options ?? {}),
  navigation: Navigation,
});
export type PairView = z.infer<typeof PairView>;

/** Sign in, choose, add: what most drivers have. */
export const USUAL_VIEWS: PairView[] = ['login_credentials', 'list_devices', 'add_devices'].map((id) =>
  PairView.parse({ id, template: id }),
);

/** What a Homey draws by itself. */
const SYSTEM_TEMPLATES = ['login_credentials', 'list_devices', 'add_devices', 'loading', 'done'] as const;
type SystemTemplate = (typeof SYSTEM_TEMPLATES)[number];

/** How a view is drawn: by a template of the Homey's own, by a page of the app, or not at all here. */
export const drawnBy = (view: PairView): SystemTemplate | 'custom' | 'unknown' => {
  if (view.template === null || view.template === undefined) return 'custom';
  return SYSTEM_TEMPLATES.find((template) => template === view.template) ?? 'unknown';
};

/** Where a view leads: as it says, else to the one after it. */
export const nextView = (views: readonly PairView[], id: string): string | null => {
  const at = views.findIndex((view) => view.id === id);
  return views[at]?.navigation.next ?? views[at + 1]?.id ?? null;
};

export const previousView = (views: readonly PairView[], id: string): string | null =>
  views.find((view) => view.id === id)?.navigation.prev ?? null;

/** An option of a system view as text. */
export const optionText = (view: PairView, name: string, fallback: string): string =>
  Text.catch(null).parse(view.options[name]) ?? fallback;

export const FoundDevice = z.looseObject({ name: z.string(), data: z.looseObject({}) });
export type FoundDevice = z.infer<typeof FoundDevice>;
