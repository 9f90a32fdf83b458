import type { Json, JsonObject } from './json.js';

/** A simulated pump before it lives: what the service would answer for it, and how its plant moves. */
export interface PumpData {
  readonly id: number;
  /** Windows zone name, as `timeZoneId` of the detail. */
  readonly zone: string;
  /** Item of `GET /api/v1/installationsInfo`. */
  readonly installation: JsonObject;
  /** `GET /api/v1/installations/{id}` */
  readonly detail: JsonObject;
  /** `GET /api/v1/installationstatus/{id}/status` */
  readonly status: JsonObject;
  /** `GET /api/v1/installationprofiles/{profileId}/groups` */
  readonly groups: readonly JsonObject[];
  /** By group name: `GET /api/v1/Registers/Installations/{id}/Groups/{group}` */
  readonly registers: Readonly<Record<string, readonly JsonObject[]>>;
  /** Null: values stay as they are until something is written. */
  readonly plant: PlantSpec | null;
  /** Events that were there before, ages in hours. */
  readonly events: readonly PastEvent[];
  /** Schedule functions that this pump takes: 15001 … 15004. */
  readonly scheduleFunctions: readonly number[];
}

export interface PastEvent {
  readonly title: string;
  readonly severity: string;
  readonly hoursAgo: number;
  /** Null while active. */
  readonly clearedHoursAgo: number | null;
}

/** What the physical model needs to know of a plant. Temperatures in °C. */
export interface PlantSpec {
  readonly source: 'ground' | 'air';
  readonly climate: {
    /** Mean of the year, half the span between winter and summer, half the span between night and afternoon. */
    readonly yearMean: number;
    readonly yearSwing: number;
    readonly daySwing: number;
  };
  /** Hot water: starts below, stops at, and stops at when boosted. */
  readonly tank: { readonly startAt: number; readonly stopAt: number; readonly boostTo: number };
  /** Seconds since midnight of the pump's first reading do not matter; hours run on from here. */
  readonly hours: {
    readonly compressor: number;
    readonly heating: number;
    readonly hotWater: number;
    readonly cooling: number;
    readonly step1: number;
    readonly step2: number;
    readonly step3: number;
  };
  readonly defrosts: number;
  readonly cooling: boolean;
  readonly pool: boolean;
  readonly legionella: boolean;
  /** Room sensor: the room temperature moves as well. */
  readonly room: boolean;
  /** Bits that this pump sets in its status without anybody knowing why. */
  readonly strayBits: number;
}

export interface ValueName {
  readonly value: number;
  readonly name: string;
  readonly visible: boolean;
  readonly isReadonly: boolean;
  readonly confirmation: string | null;
}

export const valueNamesOf = (register: JsonObject): readonly ValueName[] => {
  const list = register['valueNames'];
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
    const object = entry as JsonObject;
    const { value, name } = object;
    if (typeof value !== 'number' || typeof name !== 'string') return [];
    return [
      {
        value,
        name,
        visible: object['visible'] !== false,
        isReadonly: object['isReadonly'] === true,
        confirmation: typeof object['confirmation'] === 'string' ? object['confirmation'] : null,
      },
    ];
  });
};
