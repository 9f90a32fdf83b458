/**
 * What a heat pump is, whatever it is reached by: readings, controls and their limits. No register, no URL, no Homey.
 */

export type Unit = '°C' | '°C·min' | 'h' | 'min' | '%' | 'kW' | 'A';

/** Whether a value can be taken for what the pump says now. A stale value is the last one known. */
export type Freshness = 'current' | 'stale';

export interface Reading<T> {
  readonly value: T;
  readonly unit: Unit | null;
  /** When the source delivered it: milliseconds since 1970. */
  readonly at: number;
  /** When the pump last changed it, where the source tells. */
  readonly changedAt?: number;
  readonly freshness: Freshness;
  /** The value was written and accepted, and has not been seen at the pump yet. */
  readonly pending?: true;
}

export const TEMPERATURES = [
  'hot_water',
  'outdoor',
  'indoor',
  'supply',
  'desired_supply',
  'return',
  'brine_in',
  'brine_out',
  'buffer_tank',
  'desired_buffer_tank',
  'pool',
  'cooling_tank',
  'cooling_supply',
  'defrost',
] as const;
export type TemperatureId = (typeof TEMPERATURES)[number];

/** What the pump is doing, in one vocabulary for all families. `unknown` means: it reports a state nobody has named. */
export const ACTIVITIES = [
  'defrost',
  'legionella',
  'hot_water',
  'pool',
  'cooling',
  'passive_cooling',
  'heating',
  'manual',
  'idle',
  'off',
  'unknown',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** `aux_heater` is any step of the auxiliary heater. */
export const COMPONENTS = ['compressor', 'brine_pump', 'circulation_pump', 'aux_heater'] as const;
export type ComponentId = (typeof COMPONENTS)[number];

export const HOURS = [
  'compressor',
  'heating',
  'cooling',
  'hot_water',
  'aux_heater_1',
  'aux_heater_2',
  'aux_heater_3',
] as const;
export type HoursId = (typeof HOURS)[number];

/** The operation modes that are known by name. A pump may offer others: then the mode is its own name in lower case. */
export const OPERATION_MODES = [
  'off',
  'auto',
  'compressor',
  'auxiliary',
  'hot_water',
  'aux_heater_only',
] as const;
export type OperationMode = (typeof OPERATION_MODES)[number] | (string & Record<never, never>);

/** Every reading there is and the type of its value. */
export type ReadingValues = Record<`temperature.${TemperatureId}`, number> &
  Record<`component.${ComponentId}`, boolean> &
  Record<`hours.${HoursId}`, number> & {
    /** Whether hot water may be produced: the pump's own switch. */
    hot_water: boolean;
    hot_water_boost: boolean;
    cooling: boolean;
    /** The comfort wheel, °C; a shift of the heating curve where there is no room sensor. */
    heating_target: number;
    reduced_heating_target: number;
    operation_mode: OperationMode;
    /** The one thing to name when asked what the pump does. */
    activity: Activity;
    /** Everything it does at once. */
    activities: readonly Activity[];
    /** Steps of the auxiliary heater that are on, for instance `['3kw', '6kw']`. Not a measured power. */
    aux_heater_steps: readonly string[];
    /** Degree minutes; below zero heat is missing. */
    integral: number;
    pid: number;
    current: number;
    defrosts: number;
    defrost_interval: number;
    last_defrost: number;
    alarms: number;
    /** Texts of the active alarms, newest first, in the language of the account. */
    alarm_texts: readonly string[];
  };
export type ReadingId = keyof ReadingValues;
export type Readings = { readonly [K in ReadingId]?: Reading<ReadingValues[K]> };

/** `null` stands for "was looked for and is not there". */
export type ControlValue = boolean | number | string;

export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

interface ControlBase {
  /**
   * A reading's id (`hot_water`, `hot_water_boost`, `heating_target`, `operation_mode`, `cooling`, `reduced_heating_target`),
   * `curve.<name>` for a number of the heating curve, or `register.<NAME>` for whatever else can be written.
   */
  readonly id: string;
  readonly at: number;
  readonly freshness: Freshness;
  /** As in {@link Reading}. */
  readonly pending?: true;
}
export interface SwitchControl extends ControlBase {
  readonly kind: 'switch';
  readonly value: boolean | null;
}
export interface NumberControl extends ControlBase {
  readonly kind: 'number';
  readonly value: number | null;
  readonly limits: NumberLimits;
  readonly unit: Unit | null;
}
export interface ChoiceControl extends ControlBase {
  readonly kind: 'choice';
  readonly value: string | null;
  /** `warn`: the vendor asks for a confirmation before this value is taken. */
  readonly options: readonly { readonly value: string; readonly warn: boolean }[];
}
export type Control = SwitchControl | NumberControl | ChoiceControl;

/** The numbers of the heating curve that some families let their owners change. */
export const CURVE = [
  'level',
  'min',
  'max',
  'plus_5',
  'zero',
  'minus_5',
  'heat_stop',
  'room_factor',
] as const;
export type CurveId = (typeof CURVE)[number];

export interface PumpIdentity {
  readonly id: string;
  /** The owner's name for it; null where the service has none. */
  readonly name: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly gatewayFirmware: string | null;
  /** IANA name of the installation's zone. */
  readonly timeZone: string | null;
  /** Says nothing of the pump, and stays the same when its source numbers it anew. */
  readonly key?: string;
}

export interface PumpSnapshot {
  readonly identity: PumpIdentity;
  /** What the service says of the pump's own connection; null while unknown. */
  readonly online: boolean | null;
  /** When the pump last spoke to the service, milliseconds since 1970. */
  readonly lastOnline: number | null;
  readonly readings: Readings;
  /** By id. What is not here cannot be written on this pump. */
  readonly controls: ReadonlyMap<string, Control>;
  /** Raw values of what was reported and not understood, for diagnostics: register or bit name to value. */
  readonly unknown: ReadonlyMap<string, number>;
}
