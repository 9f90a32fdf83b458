import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const has = (path: string): boolean => existsSync(root + path.replace(/^\//, ''));
export const bytes = (path: string): Buffer => readFileSync(root + path.replace(/^\//, ''));
export const text = (path: string): string => bytes(path).toString('utf8');
export const json = (path: string): unknown => JSON.parse(text(path));
export const list = (path: string): string[] => readdirSync(root + path);

const Text = z.record(z.string(), z.string());
const Value = z.looseObject({ id: z.string(), title: Text });
const Arg = z.looseObject({
  name: z.string(),
  type: z.string(),
  title: Text.optional(),
  values: z.array(Value).optional(),
  filter: z.string().optional(),
});
const Token = z.looseObject({ name: z.string(), type: z.string(), title: Text });
const Card = z.looseObject({
  id: z.string(),
  title: Text,
  titleFormatted: Text.optional(),
  hint: Text.optional(),
  args: z.array(Arg),
  tokens: z.array(Token).optional(),
});
export type Card = z.infer<typeof Card>;
const View = z.looseObject({ id: z.string(), template: z.string().optional() });
const Setting = z.looseObject({ id: z.string(), type: z.string(), label: Text });

export const manifest = z
  .looseObject({
    id: z.string(),
    sdk: z.number(),
    esm: z.boolean(),
    version: z.string(),
    name: Text,
    description: Text,
    brandColor: z.string(),
    permissions: z.array(z.string()).optional(),
    images: z.record(z.string(), z.string()),
    api: z.record(z.string(), z.looseObject({ method: z.string(), path: z.string() })),
    capabilities: z.record(
      z.string(),
      z.looseObject({
        title: Text,
        type: z.string(),
        setable: z.boolean(),
        icon: z.string(),
        values: z.array(Value).optional(),
      }),
    ),
    drivers: z.array(
      z.looseObject({
        id: z.string(),
        name: Text,
        class: z.string(),
        images: z.record(z.string(), z.string()),
        capabilities: z.array(z.string()),
        capabilitiesOptions: z.record(
          z.string(),
          z.looseObject({ title: Text, icon: z.string().optional() }),
        ),
        pair: z.array(View),
        repair: z.array(View),
        settings: z.array(Setting.extend({ children: z.array(Setting) })),
      }),
    ),
    flow: z.object({ triggers: z.array(Card), conditions: z.array(Card), actions: z.array(Card) }),
  })
  .parse(json('app.json'));

export const [driver] = manifest.drivers as [(typeof manifest.drivers)[number]];
export const cards: readonly Card[] = Object.values(manifest.flow).flat();

/** Every text for people in the manifest, with the way to it. */
export const translatedTexts = (): [path: string, text: Record<string, string>][] => {
  const found: [string, Record<string, string>][] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const parsed = Text.safeParse(node);
    if (parsed.success && 'en' in parsed.data) {
      found.push([path, parsed.data]);
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      const name =
        Array.isArray(node) && typeof value === 'object' && value !== null
          ? String(Reflect.get(value, 'id') ?? Reflect.get(value, 'name') ?? key)
          : key;
      walk(value, path === '' ? name : `${path}/${name}`);
    }
  };
  walk(json('app.json'), '');
  return found;
};

export const leaves = (node: unknown, path = ''): [key: string, value: unknown][] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`))
    : [[path, node]];

/** Languages that the app says it speaks. */
export const languages: readonly string[] = list('locales').map((file) => file.replace('.json', ''));
