import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Text = z.union([z.string(), z.record(z.string(), z.string())]);
const Options = z.record(z.string(), z.json());

const FlowArgument = z.looseObject({
  name: z.string(),
  type: z.string(),
  title: Text.optional(),
  required: z.boolean().optional(),
  filter: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  values: z.array(z.looseObject({ id: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
});

const FlowToken = z.looseObject({
  name: z.string(),
  type: z.string().default('string'),
  title: Text.optional(),
});

const FlowCard = z.looseObject({
  id: z.string(),
  title: Text,
  titleFormatted: Text.optional(),
  hint: Text.optional(),
  args: z.array(FlowArgument).default([]),
  tokens: z.array(FlowToken).default([]),
  droptoken: z.union([z.array(z.string()), z.string()]).optional(),
  duration: z.boolean().optional(),
  highlight: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  advanced: z.boolean().optional(),
});

const Capability = z.looseObject({
  type: z.enum(['boolean', 'number', 'string', 'enum']),
  title: Text,
  getable: z.boolean().default(false),
  setable: z.boolean().default(false),
  insights: z.boolean().optional(),
  values: z.array(z.looseObject({ id: z.string() })).optional(),
});

const SettingField = z.looseObject({
  id: z.string(),
  type: z.string(),
  value: z.json().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  values: z.array(z.looseObject({ id: z.string() })).optional(),
});
const SettingEntry = z
  .looseObject({ type: z.string() })
  .transform((entry) =>
    entry.type === 'group'
      ? z.array(SettingField).parse(entry['children'] ?? [])
      : [SettingField.parse(entry)],
  );

const View = z.looseObject({ id: z.string(), template: z.string().optional() });

const Driver = z.looseObject({
  id: z.string(),
  name: Text,
  class: z.string(),
  capabilities: z.array(z.string()).default([]),
  capabilitiesOptions: z.record(z.string(), Options).default({}),
  /** Groups are opened. */
  settings: z
    .array(SettingEntry)
    .default([])
    .transform((entries) => entries.flat()),
  energy: Options.optional(),
  pair: z.array(View).optional(),
  repair: z.array(View).optional(),
  unpair: z.array(View).optional(),
  connectivity: z.array(z.string()).default([]),
  deprecated: z.boolean().default(false),
});

const Manifest = z.looseObject({
  id: z.string(),
  version: z.string(),
  compatibility: z.string(),
  sdk: z.literal(3),
  esm: z.boolean().default(false),
  name: Text,
  author: z.looseObject({ name: z.string() }).default({ name: '' }),
  brandColor: z.string().default('#000000'),
  permissions: z.array(z.string()).default([]),
  capabilities: z.record(z.string(), Capability).default({}),
  drivers: z.array(Driver).default([]),
  flow: z
    .looseObject({
      triggers: z.array(FlowCard).default([]),
      conditions: z.array(FlowCard).default([]),
      actions: z.array(FlowCard).default([]),
    })
    .default({ triggers: [], conditions: [], actions: [] }),
  api: z
    .record(
      z.string(),
      z.looseObject({ method: z.string(), path: z.string(), public: z.boolean().default(false) }),
    )
    .default({}),
});

type AppManifest = z.output<typeof Manifest>;
export type DriverManifest = z.output<typeof Driver>;
export type FlowCardManifest = z.output<typeof FlowCard>;
export type FlowArgumentManifest = z.output<typeof FlowArgument>;
export type SettingManifest = z.output<typeof SettingField>;

/** One card as a manifest or the definition of a capability has it. */
export const parseFlowCard = (card: unknown): FlowCardManifest => FlowCard.parse(card);

export interface App {
  readonly dir: string;
  readonly uri: string;
  readonly manifest: AppManifest;
  /** The manifest as the file has it: what the app itself gets to see. */
  readonly source: unknown;
  readonly driver: (id: string) => DriverManifest | null;
}

export const loadApp = (dir: string): App => {
  const source: unknown = JSON.parse(readFileSync(join(dir, 'app.json'), 'utf8'));
  const manifest = Manifest.parse(source);
  return {
    dir,
    uri: `homey:app:${manifest.id}`,
    manifest,
    source,
    driver: (id) => manifest.drivers.find((driver) => driver.id === id) ?? null,
  };
};
