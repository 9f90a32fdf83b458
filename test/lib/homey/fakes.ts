import { readFileSync } from 'node:fs';
import type { Logger } from '../../../lib/thermia/ports.js';
import type {
  Control,
  PumpSnapshot,
  Reading,
  ReadingId,
  Readings,
  ReadingValues,
} from '../../../lib/thermia/pump/model.js';
import { parseManifest, type Manifest } from '../../../lib/homey/manifest.js';
import type { PriceFeed } from '../../../lib/homey/prices/feed.js';
import { createTexts, type Tags, type Texts } from '../../../lib/homey/texts.js';

const json = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));

export const NOON = Date.UTC(2026, 0, 15, 12);
export const PUMP = '1234567';

export const manifest: Manifest = parseManifest(json('app.json'));

const lookUp = (tree: unknown, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>(
      (node, part) => (typeof node === 'object' && node !== null ? Reflect.get(node, part) : undefined),
      tree,
    );

/** The app's real texts; a key that is missing makes the test fail. */
export const textsIn = (language: string): Texts => {
  const locale = json(`locales/${language}.json`);
  return createTexts(
    {
      translate(key: string, tags: Tags = {}) {
        const text = lookUp(locale, key);
        if (typeof text !== 'string') {
          if (key.startsWith('curve.')) return null;
          throw new Error(`No text for ${key}`);
        }
        return text.replaceAll(/__(\w+)__/g, (_, name: string) => String(tags[name] ?? `<${name}?>`));
      },
      language: () => language,
      timeZone: () => 'Europe/Stockholm',
    },
    manifest,
  );
};
export const texts = textsIn('en');

/** Prices that never come. */
export const noPrices: PriceFeed = { follow: () => () => undefined, stop: () => undefined };

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Values = { readonly [K in ReadingId]?: ReadingValues[K] };

export const readings = (values: Values, at = NOON, freshness: 'current' | 'stale' = 'current'): Readings =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]): [string, Reading<unknown>] => [
      id,
      { value, unit: id.startsWith('temperature.') ? '°C' : null, at, freshness },
    ]),
  );

const at = { at: NOON, freshness: 'current' } as const;
export const hotWater = (value: boolean): Control => ({ ...at, id: 'hot_water', kind: 'switch', value });
export const boost = (value: boolean): Control => ({ ...at, id: 'hot_water_boost', kind: 'switch', value });
export const target = (value: number | null, min = 15, max = 25, step = 1): Control => ({
  ...at,
  id: 'heating_target',
  kind: 'number',
  value,
  limits: { min, max, step },
  unit: '°C',
});
export const curve = (value: number): Control => ({
  ...at,
  id: 'curve.level',
  kind: 'number',
  value,
  limits: { min: 22, max: 56, step: 1 },
  unit: '°C',
});
export const mode = (value: string, ...options: readonly string[]): Control => ({
  ...at,
  id: 'operation_mode',
  kind: 'choice',
  value,
  options: options.map((one) => ({ value: one, warn: one !== 'auto' })),
});

export const snapshot = (
  values: Values,
  controls: readonly Control[] = [],
  rest: Partial<PumpSnapshot> = {},
): PumpSnapshot => ({
  identity: {
    id: PUMP,
    name: 'Cellar',
    model: 'Model X',
    firmware: '1.2',
    gatewayFirmware: null,
    timeZone: 'Europe/Stockholm',
  },
  online: true,
  lastOnline: NOON,
  readings: readings(values),
  controls: new Map(controls.map((control) => [control.id, control])),
  unknown: new Map(),
  ...rest,
});
