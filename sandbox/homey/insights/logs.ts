import type { CapabilityDefinition } from '../capability.js';
import type { DeviceRegistry } from '../devices/registry.js';
import type { CapabilityValues } from '../devices/values.js';
import { badRequest, conflict, notFound } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord, type Json } from '../json.js';
import { valuesOf, type DeviceRecord, type InsightsLogRecord } from '../store.js';
import { translated } from '../text.js';
import { windowOf } from './resolutions.js';
import { createSeries } from './series.js';

/** Logs of capabilities and of the app, with their history. */
export interface Insights {
  readonly all: () => readonly InsightsLogRecord[];
  readonly get: (id: string) => InsightsLogRecord;
  readonly present: (log: InsightsLogRecord) => Record<string, unknown>;
  readonly entries: (id: string, resolution: string | undefined) => Record<string, unknown>;
  readonly clear: (id: string) => void;
  readonly remove: (id: string) => void;
  /** Logs that the app makes itself; `id` is the app's own name for it. */
  readonly create: (id: string, options: unknown) => void;
  readonly own: (id: string) => InsightsLogRecord;
  readonly owned: () => readonly string[];
  readonly append: (id: string, value: unknown) => void;
  /** Notes the time without data before this start, and begins to keep house. */
  readonly start: () => void;
  readonly close: () => void;
}

const ALIVE_MS = 60_000;
const PRUNE_EVERY = 360;

const numberOf = (value: Json): number | null => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
};

export const createInsights = (host: Host, devices: DeviceRegistry, values: CapabilityValues): Insights => {
  const { store, clock, app, language } = host;
  const series = createSeries(store);
  let stopTimer: () => void = () => undefined;

  const logOf = (device: DeviceRecord, definition: CapabilityDefinition): InsightsLogRecord => ({
    id: `${devices.uriOf(device.id)}:${definition.id}`,
    ownerUri: devices.uriOf(device.id),
    ownerId: definition.id,
    type: definition.type === 'boolean' ? 'boolean' : 'number',
    title: definition.title,
    titleTrue: definition.insightsTitleTrue,
    titleFalse: definition.insightsTitleFalse,
    units: definition.units,
    decimals: definition.decimals,
  });
  const ofDevice = (device: DeviceRecord): InsightsLogRecord[] =>
    device.capabilities
      .map((id) => devices.define(device, id))
      .filter(({ insights }) => insights)
      .map((definition) => logOf(device, definition));
  const all = (): InsightsLogRecord[] => [...devices.all().flatMap(ofDevice), ...valuesOf(store.logs)];
  const get = (id: string): InsightsLogRecord => {
    const log = all().find((candidate) => candidate.id === id);
    if (log === undefined) throw notFound('Log', id);
    return log;
  };
  const own = (id: string): InsightsLogRecord => {
    const log = store.logs.get(`${app.uri}:${id}`);
    if (log === undefined) throw notFound('Log', id);
    return log;
  };
  const valueOf = (log: InsightsLogRecord, value: number | null): number | boolean | null =>
    value === null || log.type === 'number' ? value : value >= 0.5;
  const lastValue = (log: InsightsLogRecord): number | boolean | null => {
    const [device] = devices.all().filter(({ id }) => devices.uriOf(id) === log.ownerUri);
    if (device === undefined) {
      const kept = store.meta.get(`lastValue/${log.id}`);
      return typeof kept === 'number' ? valueOf(log, kept) : null;
    }
    const { value = null } = devices.value(device.id, log.ownerId) ?? {};
    return typeof value === 'number' || typeof value === 'boolean' ? value : null;
  };

  values.onValue(({ device, definition, value, at }) => {
    if (definition.insights) series.write(logOf(device, definition).id, at, numberOf(value));
  });
  devices.onChange((id, kind) => {
    if (kind !== 'delete') return;
    const prefix = `${devices.uriOf(id)}:`;
    const logs = new Set<string>();
    for (const [log] of store.rollups.getKeys({ start: [prefix, 0, 0], end: [`${prefix}\uffff`, 0, 0] })) {
      logs.add(log);
    }
    for (const log of logs) series.remove(log);
  });

  let beats = 0;
  const beat = (): void => {
    const now = clock.now();
    store.meta.putSync('alive', now);
    if (beats % PRUNE_EVERY === 0) for (const { id } of all()) series.prune(id, now);
    beats += 1;
    stopTimer = clock.after(Math.max(ALIVE_MS, 1000 * clock.speed), beat);
  };

  return {
    all,
    get,
    present: (log) => ({ ...log, ownerName: log.ownerUri, lastValue: lastValue(log) }),
    entries: (id, resolution) => {
      const log = get(id);
      const now = clock.now();
      const window = windowOf(resolution, now, host.timezone);
      const found = series.read(id, window, now, log.type === 'number' ? 'mean' : 'last');
      return {
        uri: log.ownerUri,
        id,
        start: new Date(window.start).toISOString(),
        end: new Date(window.end).toISOString(),
        step: window.step,
        values: found.map((value, index) => ({
          t: new Date(window.start + index * window.step).toISOString(),
          v: valueOf(log, value),
        })),
        lastValue: lastValue(log),
        updatesIn: Math.ceil(window.step - (now % window.step)),
      };
    },
    clear: (id) => series.remove(get(id).id),
    remove: (id) => {
      const log = get(id);
      if (store.logs.get(id) === undefined) throw badRequest('The log of a capability cannot be deleted');
      series.remove(log.id);
      store.meta.removeSync(`lastValue/${id}`);
      store.logs.removeSync(id);
    },
    create: (id, options) => {
      if (!/^[a-z0-9]+$/.test(id)) throw badRequest(`Invalid Log ID: ${id}`);
      if (store.logs.get(`${app.uri}:${id}`) !== undefined) throw conflict('Log already exists');
      const { title, type, units, decimals } = isRecord(options) ? options : {};
      if (type !== 'number' && type !== 'boolean') throw badRequest(`Invalid Log Type: ${String(type)}`);
      const name = translated(title, language);
      if (name === null) throw badRequest('Missing Log Title');
      const log: InsightsLogRecord = {
        id: `${app.uri}:${id}`,
        ownerUri: app.uri,
        ownerId: id,
        type,
        title: name,
        titleTrue: null,
        titleFalse: null,
        units: translated(units, language),
        decimals: typeof decimals === 'number' ? decimals : null,
      };
      store.logs.putSync(log.id, log);
    },
    own,
    owned: () => valuesOf(store.logs).map(({ ownerId }) => ownerId),
    append: (id, value) => {
      const log = own(id);
      if (typeof value !== log.type || (typeof value === 'number' && !Number.isFinite(value))) {
        throw badRequest(`Invalid value for log ${id}. Expected: ${log.type}. Got: ${typeof value}`);
      }
      const number = typeof value === 'boolean' || typeof value === 'number' ? numberOf(value) : null;
      store.meta.putSync(`lastValue/${log.id}`, number);
      series.write(log.id, Math.floor(clock.now()), number);
    },
    start: () => {
      const alive = store.meta.get('alive');
      const now = Math.floor(clock.now());
      if (typeof alive === 'number' && alive < now) {
        for (const log of all()) {
          series.write(log.id, alive + 1, null);
          const last = lastValue(log);
          if (last !== null) series.write(log.id, now, numberOf(last));
        }
      }
      beat();
    },
    close: () => {
      stopTimer();
      store.meta.putSync('alive', clock.now());
    },
  };
};
