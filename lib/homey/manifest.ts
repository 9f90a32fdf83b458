import * as z from 'zod';

const Text = z.union([z.string(), z.record(z.string(), z.string())]);
const Values = z.array(z.looseObject({ id: z.string(), title: Text }));

const Setting = z.looseObject({ id: z.string(), label: Text });

const ManifestShape = z.looseObject({
  version: z.string(),
  capabilities: z.record(z.string(), z.looseObject({ title: Text, values: Values.optional() })),
  drivers: z.array(
    z.looseObject({
      id: z.string(),
      capabilitiesOptions: z.record(z.string(), z.looseObject({ title: Text.optional() })),
      settings: z.array(Setting.extend({ children: z.array(Setting).optional() })).optional(),
    }),
  ),
});

export type LocalText = z.infer<typeof Text>;
/** The part of the app's manifest that the app itself reads: names of capabilities, of their values and of settings. */
export type Manifest = z.infer<typeof ManifestShape>;
export type EnumValues = z.infer<typeof Values>;

export const parseManifest = (manifest: unknown): Manifest => ManifestShape.parse(manifest);

export const inLanguage = (text: LocalText, language: string): string =>
  typeof text === 'string' ? text : (text[language] ?? text['en'] ?? '');

const baseOf = (capability: string): string => capability.split('.')[0] ?? capability;

/** The driver's own title of a capability, or else the capability's. */
export const titleOf = (manifest: Manifest, capability: string): LocalText => {
  for (const driver of manifest.drivers) {
    const title = driver.capabilitiesOptions[capability]?.title;
    if (title !== undefined) return title;
  }
  return manifest.capabilities[baseOf(capability)]?.title ?? capability;
};

export const valuesOf = (manifest: Manifest, capability: string): EnumValues =>
  manifest.capabilities[baseOf(capability)]?.values ?? [];

/** The options that the manifest gives these capabilities. */
export const manifestOptions = (
  manifest: Manifest,
  driverId: string,
  capabilities: readonly string[],
): Record<string, Record<string, unknown>> => {
  const all = manifest.drivers.find(({ id }) => id === driverId)?.capabilitiesOptions ?? {};
  return Object.fromEntries(
    capabilities.flatMap((id) => (all[id] === undefined ? [] : [[id, { ...all[id] }]])),
  );
};

/** What a device setting is called; null for one that is not there. */
export const settingLabel = (manifest: Manifest, id: string): LocalText | null =>
  manifest.drivers
    .flatMap(({ settings }) => settings ?? [])
    .flatMap(({ children }) => children ?? [])
    .find((setting) => setting.id === id)?.label ?? null;
