import type { Json, JsonObject } from './json.js';

/** What the Homey tells the process of the app at its start. */
export interface Boot {
  readonly appDir: string;
  readonly manifest: Json;
  readonly env: Readonly<Record<string, string>>;
  readonly settings: JsonObject;
  readonly language: string;
  readonly timezone: string;
  readonly units: string;
  readonly version: string;
  readonly homeyId: string;
  readonly localAddress: string;
  readonly location: { readonly latitude: number; readonly longitude: number };
  readonly clock: ClockOrigin;
  readonly devices: readonly DeviceState[];
}

export interface ClockOrigin {
  readonly speed: number;
  readonly startAt: number;
  readonly startedAt: number;
}

/** A device as its app sees it. */
export interface DeviceState {
  readonly id: string;
  readonly driverId: string;
  readonly name: string;
  readonly data: JsonObject;
  readonly class: string;
  readonly capabilities: readonly string[];
  readonly capabilitiesOptions: Readonly<Record<string, JsonObject>>;
  readonly settings: JsonObject;
  readonly store: JsonObject;
  readonly energy: JsonObject | null;
  readonly values: JsonObject;
}

export type CardKind = 'trigger' | 'condition' | 'action';
