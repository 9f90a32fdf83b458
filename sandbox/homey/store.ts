import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database } from 'lmdb';
import type { Json, JsonObject } from './json.js';

export interface DeviceRecord {
  readonly id: string;
  /** The driver's id within its app. */
  readonly driverId: string;
  readonly name: string;
  readonly note: string | null;
  readonly zone: string;
  readonly data: JsonObject;
  readonly icon: string | null;
  readonly class: string;
  readonly virtualClass: string | null;
  readonly capabilities: readonly string[];
  readonly capabilitiesOptions: Readonly<Record<string, JsonObject>>;
  readonly settings: JsonObject;
  readonly store: JsonObject;
  readonly energy: JsonObject | null;
  readonly lastSeenAt: string | null;
  readonly createdAt: string;
}

export interface CapabilityValue {
  readonly value: Json;
  /** Milliseconds since 1970. */
  readonly lastUpdated: number;
}

export interface VariableRecord {
  readonly id: string;
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly value: string | number | boolean;
}

export interface NotificationRecord {
  readonly id: string;
  readonly ownerUri: string;
  readonly ownerName: string;
  readonly dateCreated: string;
  readonly excerpt: string;
  readonly meta: JsonObject;
}

export interface ZoneRecord {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly icon: string;
}

export interface InsightsLogRecord {
  readonly id: string;
  readonly ownerUri: string;
  readonly ownerId: string;
  readonly type: 'number' | 'boolean';
  readonly title: string;
  readonly titleTrue: string | null;
  readonly titleFalse: string | null;
  readonly units: string | null;
  readonly decimals: number | null;
}

/** A bucket of an Insights log: sum and number of its values, and the last one. `null` ends what came before. */
export interface Rollup {
  readonly sum: number;
  readonly count: number;
  readonly last: number | null;
}

/**
 * What a Homey remembers. Written in place and in order: a write that returned survives the end of the process, whatever
 * ends it.
 */
export interface Store {
  readonly meta: Database<Json, string>;
  readonly settings: Database<Json, string>;
  readonly devices: Database<DeviceRecord, string>;
  readonly values: Database<CapabilityValue, [string, string]>;
  readonly variables: Database<VariableRecord, string>;
  readonly notifications: Database<NotificationRecord, string>;
  readonly zones: Database<ZoneRecord, string>;
  readonly flows: Database<JsonObject, string>;
  readonly flowFolders: Database<JsonObject, string>;
  readonly logs: Database<InsightsLogRecord, string>;
  readonly points: Database<number | null, [string, number]>;
  readonly rollups: Database<Rollup, [string, number, number]>;
  readonly close: () => Promise<void>;
}

export const openStore = (folder: string): Store => {
  mkdirSync(folder, { recursive: true });
  // Without waiting for the disk: what has been handed to the operating system outlives this process, and a machine that
  // loses power is beyond what a sandbox has to survive.
  const root = open({ path: join(folder, 'homey.mdb'), maxDbs: 24, encoding: 'json', noSync: true });
  const database = <V, K extends string | (string | number)[]>(name: string): Database<V, K> =>
    root.openDB<V, K>(name, { encoding: 'json' });
  return {
    meta: database('meta'),
    settings: database('settings'),
    devices: database('devices'),
    values: database('values'),
    variables: database('variables'),
    notifications: database('notifications'),
    zones: database('zones'),
    flows: database('flows'),
    flowFolders: database('flowFolders'),
    logs: database('logs'),
    points: database('points'),
    rollups: database('rollups'),
    close: () => root.close(),
  };
};

/** All values of a database, oldest key first. */
export const valuesOf = <V, K extends string | (string | number)[]>(database: Database<V, K>): V[] => {
  const found: V[] = [];
  for (const { value } of database.getRange()) found.push(value);
  return found;
};
