import { readFileSync } from 'node:fs';
import { z } from 'zod';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

const Title = z.record(z.string(), z.string());
const Card = z.looseObject({ id: z.string() });
const Manifest = z.looseObject({
  flow: z.object({ triggers: z.array(Card), conditions: z.array(Card), actions: z.array(Card) }),
  capabilities: z.record(
    z.string(),
    z.looseObject({
      title: Title,
      values: z.array(z.looseObject({ id: z.string(), title: Title })).optional(),
    }),
  ),
  drivers: z.array(
    z.looseObject({
      capabilitiesOptions: z.record(z.string(), z.looseObject({ title: Title.optional() })),
    }),
  ),
});

export const manifest = Manifest.parse(read('app.json'));
const locale = z.record(z.string(), Title).parse(read('locales/sv.json'));

/** What the app says in Swedish under a key such as `errors.rejected`. */
export const sentence = (key: string, tags: Readonly<Record<string, string | number>> = {}): string => {
  const [section = '', name = ''] = key.split('.');
  const text = locale[section]?.[name];
  if (text === undefined) throw new Error(`There is no ${key}.`);
  return Object.entries(tags).reduce(
    (said, [tag, value]) => said.replaceAll(`__${tag}__`, String(value)),
    text,
  );
};

/** What a value of a capability is called in Swedish. */
export const valueName = (capability: string, id: string): string =>
  manifest.capabilities[capability]!.values!.find((value) => value.id === id)!.title['sv']!;

/** What a capability is called in Swedish: by the driver, or by its own definition. */
export const capabilityName = (id: string): string =>
  (manifest.drivers[0]!.capabilitiesOptions[id]?.title ?? manifest.capabilities[id]!.title)['sv']!;
