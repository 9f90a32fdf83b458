import { Capability as SystemCapability, Device as DeviceClasses } from 'homey-lib';
import { z } from 'zod';
import { badRequest } from './errors.js';
import { isRecord, typeName, type JsonObject } from './json.js';
import type { App } from './manifest.js';
import { translated } from './text.js';

/** What a capability of one device is: its definition with the options of that device over it. */
export interface CapabilityDefinition {
  readonly id: string;
  readonly baseId: string;
  readonly origin: 'system' | 'app';
  readonly type: 'boolean' | 'number' | 'string' | 'enum';
  readonly getable: boolean;
  readonly setable: boolean;
  readonly title: string;
  readonly desc: string | null;
  readonly units: string | null;
  readonly decimals: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
  readonly values: readonly { readonly id: string; readonly title: string }[] | null;
  readonly chartType: string | null;
  readonly uiComponent: string | null;
  readonly uiQuickAction: boolean;
  readonly insights: boolean;
  readonly insightsTitleTrue: string | null;
  readonly insightsTitleFalse: string | null;
  readonly hasTag: boolean;
  readonly icon: string | null;
  readonly maintenanceAction: boolean;
}

const Raw = z.looseObject({
  type: z.enum(['boolean', 'number', 'string', 'enum']),
  getable: z.boolean().default(false),
  setable: z.boolean().default(false),
  decimals: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  values: z.array(z.looseObject({ id: z.string(), title: z.unknown() })).optional(),
  chartType: z.string().optional(),
  uiComponent: z.string().nullish(),
  uiQuickAction: z.boolean().default(false),
  insights: z.boolean().default(false),
  preventInsights: z.boolean().default(false),
  preventTag: z.boolean().default(false),
  maintenanceAction: z.boolean().default(false),
  icon: z.string().optional(),
});

const baseIdOf = (id: string): string => id.split('.', 1)[0] ?? id;
export const isSubCapability = (id: string): boolean => id.includes('.');

const system = new Map<string, unknown>(Object.entries(SystemCapability.getCapabilities()));
const classes: Readonly<Record<string, unknown>> = DeviceClasses.getClasses();

export const isDeviceClass = (id: string): boolean => id in classes;
export const systemCapability = (id: string): unknown => system.get(id);

/** An own capability of the app wins over the system's of the same name. */
export const originOf = (app: App, id: string): 'system' | 'app' | null => {
  const base = baseIdOf(id);
  if (base in app.manifest.capabilities) return 'app';
  return system.has(base) ? 'system' : null;
};

export const defineCapability = (
  app: App,
  language: string,
  id: string,
  options: JsonObject,
): CapabilityDefinition => {
  const baseId = baseIdOf(id);
  const origin = originOf(app, id);
  if (origin === null) throw badRequest(`Invalid Capability: ${id}`);
  const own = origin === 'app' ? app.manifest.capabilities[baseId] : system.get(baseId);
  const merged: Record<string, unknown> = { ...(isRecord(own) ? own : {}), ...options };
  const raw = Raw.parse(merged);
  const text = (key: string): string | null => translated(merged[key], language);
  return {
    id,
    baseId,
    origin,
    type: raw.type,
    getable: raw.getable,
    setable: raw.setable,
    title: text('title') ?? id,
    desc: text('desc'),
    units: text('units'),
    decimals: raw.decimals ?? null,
    min: raw.min ?? null,
    max: raw.max ?? null,
    step: raw.step ?? null,
    values:
      raw.values?.map((value) => ({
        id: value.id,
        title: translated(value.title, language) ?? value.id,
      })) ?? null,
    chartType: raw.chartType ?? null,
    uiComponent: raw.uiComponent ?? null,
    uiQuickAction: raw.uiQuickAction,
    insights: raw.insights && !raw.preventInsights && raw.getable && ['number', 'boolean'].includes(raw.type),
    insightsTitleTrue: text('insightsTitleTrue'),
    insightsTitleFalse: text('insightsTitleFalse'),
    hasTag: raw.getable && !raw.preventTag,
    icon: origin === 'app' ? (raw.icon ?? null) : null,
    maintenanceAction: raw.maintenanceAction,
  };
};

const EXPECTED = { boolean: 'boolean', number: 'number', string: 'string', enum: 'string' } as const;

/** Throws where the capability cannot hold the value. `null` is the value that is not known. */
export const checkValue = (app: App, definition: CapabilityDefinition, value: unknown): void => {
  if (value === null) return;
  const expected = EXPECTED[definition.type];
  const uri = definition.origin === 'app' ? `${app.uri}:${definition.id}` : definition.id;
  if (typeof value !== expected || (typeof value === 'number' && !Number.isFinite(value))) {
    const got = typeof value === 'number' ? String(value) : typeName(value);
    throw badRequest(`Invalid capability (${uri}) value type. Expected: ${expected}. Got: ${got}`);
  }
  if (typeof value === 'number') {
    const { min, max } = definition;
    if ((min !== null && value < min) || (max !== null && value > max)) {
      throw badRequest(
        `Invalid capability (${uri}) value: ${value} is out_of_range (${min ?? '-∞'} to ${max ?? '∞'})`,
      );
    }
  }
  if (definition.type === 'enum' && !(definition.values ?? []).some(({ id }) => id === value)) {
    const ids = (definition.values ?? []).map(({ id }) => id).join(', ');
    throw badRequest(`Invalid capability (${uri}) value: ${JSON.stringify(value)} is not one of ${ids}`);
  }
};
