import { z } from 'zod';

/** Texts arrive resolved; an object of languages is read as its English one. */
const Text = z.union([
  z.string(),
  z.record(z.string(), z.string()).transform((texts) => texts['en'] ?? Object.values(texts)[0] ?? ''),
]);
const optionalText = Text.nullish().transform((text) => text ?? null);
const Time = z
  .union([z.date(), z.string(), z.number()])
  .nullish()
  .transform((time) => {
    const at = time === null || time === undefined ? NaN : new Date(time).getTime();
    return Number.isNaN(at) ? null : at;
  });
const optionalNumber = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const flag = (fallback: boolean) =>
  z
    .boolean()
    .nullish()
    .transform((value) => value ?? fallback);

const Choice = z
  .looseObject({ id: z.string(), title: optionalText, label: optionalText })
  .transform(({ id, title, label }) => ({ id, title: title ?? label ?? id }));

export const CapabilityValue = z.union([z.boolean(), z.number(), z.string(), z.null()]);
export type CapabilityValue = z.infer<typeof CapabilityValue>;

export const Capability = z.object({
  id: z.string(),
  value: CapabilityValue.optional().transform((value) => value ?? null),
  lastUpdated: Time,
  type: z.string(),
  title: Text,
  desc: optionalText,
  units: optionalText,
  decimals: optionalNumber,
  min: optionalNumber,
  max: optionalNumber,
  step: optionalNumber,
  values: z
    .array(Choice)
    .nullish()
    .transform((values) => values ?? []),
  getable: flag(true),
  setable: flag(false),
  uiComponent: optionalText,
  iconObj: z.looseObject({ url: z.string() }).nullish().catch(null),
  options: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((options) => options ?? {}),
});
export type Capability = z.infer<typeof Capability>;

export const Device = z.object({
  id: z.string(),
  name: z.string(),
  class: z.string(),
  driverId: z.string(),
  /** What the app knows the device by. */
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
  available: flag(true),
  unavailableMessage: optionalText,
  warningMessage: optionalText,
  repair: flag(false),
  capabilities: z.array(z.string()),
  capabilitiesObj: z.record(z.string(), Capability),
  settings: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((settings) => settings ?? {}),
  ui: z
    .looseObject({
      quickAction: z.string().nullish(),
      components: z
        .array(z.looseObject({ id: z.string(), capabilities: z.array(z.string()).nullish() }))
        .nullish(),
    })
    .nullish()
    .catch(null),
  iconObj: z.looseObject({ url: z.string() }).nullish().catch(null),
  lastSeenAt: Time,
});
export type Device = z.infer<typeof Device>;

export const Driver = z.object({
  id: z.string(),
  name: Text,
  ownerName: optionalText,
  class: z.string(),
  pair: flag(true),
});
export type Driver = z.infer<typeof Driver>;

const settingFields = {
  id: z.string().nullish(),
  type: z.string(),
  label: optionalText,
  hint: optionalText,
  units: optionalText,
  min: optionalNumber,
  max: optionalNumber,
  step: optionalNumber,
  pattern: z.string().nullish(),
  values: z
    .array(Choice)
    .nullish()
    .transform((values) => values ?? []),
};
const SettingField = z.object(settingFields);
export type SettingField = z.infer<typeof SettingField>;
export const Setting = z.object({
  ...settingFields,
  children: z
    .array(SettingField)
    .nullish()
    .transform((children) => children ?? []),
});
export type Setting = z.infer<typeof Setting>;

export const InsightsLog = z.object({
  id: z.string(),
  ownerUri: z.string(),
  ownerId: z.string().nullish(),
  type: z.enum(['number', 'boolean']),
  title: Text,
  units: optionalText,
  decimals: optionalNumber,
});
export type InsightsLog = z.infer<typeof InsightsLog>;

export const LogEntries = z.object({
  step: optionalNumber,
  updatesIn: optionalNumber,
  values: z.array(
    z.object({
      t: z.union([z.string(), z.number()]).transform((time) => new Date(time).getTime()),
      v: z.union([z.number(), z.boolean(), z.null()]),
    }),
  ),
});
export type LogEntries = z.infer<typeof LogEntries>;

export const CardArg = z.object({
  name: z.string(),
  type: z.string(),
  title: optionalText,
  label: optionalText,
  placeholder: optionalText,
  min: optionalNumber,
  max: optionalNumber,
  step: optionalNumber,
  required: flag(true),
  values: z
    .array(Choice)
    .nullish()
    .transform((values) => values ?? []),
});
export type CardArg = z.infer<typeof CardArg>;

/** A tag of a trigger; a manifest calls its id a name. */
const Token = z
  .object({ id: z.string().nullish(), name: z.string().nullish(), title: optionalText })
  .transform(({ id, name, title }) => ({ id: id ?? name ?? '', title }));

export const Card = z.object({
  id: z.string(),
  ownerUri: z.string(),
  ownerName: optionalText,
  title: Text,
  titleFormatted: optionalText,
  hint: optionalText,
  args: z
    .array(CardArg)
    .nullish()
    .transform((args) => args ?? []),
  tokens: z
    .array(Token)
    .nullish()
    .transform((tokens) => tokens ?? []),
  highlight: flag(false),
  deprecated: flag(false),
});
export type Card = z.infer<typeof Card>;

/** What an autocomplete offers; further fields belong to the app and travel back untouched. */
export const Suggestion = z.looseObject({ name: z.string(), description: optionalText });
export type Suggestion = z.infer<typeof Suggestion>;

const CardUse = z.looseObject({ id: z.string() });
export const Flow = z.object({
  id: z.string(),
  name: z.string(),
  enabled: flag(true),
  trigger: CardUse.nullish(),
  conditions: z.array(CardUse).nullish(),
  actions: z.array(CardUse).nullish(),
});
export type Flow = z.infer<typeof Flow>;

export const Notification = z.object({
  id: z.string(),
  ownerUri: z.string(),
  ownerName: optionalText,
  dateCreated: Time,
  excerpt: z.string(),
});
export type Notification = z.infer<typeof Notification>;

/** A list is an array or a map by id; what does not fit its shape is left out rather than taking the rest along. */
export const listOf = <T>(schema: z.ZodType<T>, answer: unknown): T[] => {
  const items: unknown[] = typeof answer === 'object' && answer !== null ? Object.values(answer) : [];
  return items.flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
};
