import type { ThermiaError } from './errors.js';
import type { Control, ControlValue, PumpIdentity, Readings } from './pump/model.js';

/**
 * The narrow port between the account and whatever reaches the pumps: Thermia Online today, a successor or Modbus later.
 */
export interface PumpSource {
  /** All pumps there are. Throws when the list cannot be trusted; an empty list is an answer. */
  list(signal: AbortSignal): Promise<PumpList>;
  /**
   * Reads some topics of one pump. One topic's failure does not spoil the others: it is reported in `failed`.
   * Throws only for what concerns all topics (sign-in, network, throttling).
   */
  read(pumpId: string, topics: readonly Topic[], signal: AbortSignal): Promise<PumpReport>;
  /** Hands one value over. Resolves when it was accepted, which says nothing about the pump having taken it. */
  write(pumpId: string, controlId: string, value: ControlValue, signal: AbortSignal): Promise<void>;
  /** Forgets what was learned about a pump, so that the next read looks everything up again. */
  forget(pumpId: string): void;
}

/**
 * What can be read apart from the rest, grouped by how fast it moves. `profile` is what a pump is and can do.
 */
export const TOPICS = [
  'doing',
  'temperatures',
  'hot_water',
  'status',
  'mode',
  'hours',
  'settings',
  'alarms',
  'profile',
] as const;
export type Topic = (typeof TOPICS)[number];

/** `incomplete`: something in it could not be read, so that a pump that it lacks may still be there. */
export type PumpList = readonly PumpListing[] & { readonly incomplete?: true };

export interface PumpListing {
  readonly identity: PumpIdentity;
  readonly online: boolean | null;
  readonly lastOnline: number | null;
  /** Counters that come with the list; null where the source has none. */
  readonly alarms: number | null;
}

export interface PumpReport {
  /** When the answers arrived, milliseconds since 1970. */
  readonly at: number;
  /** Facts about the pump itself that became known or changed. */
  readonly identity?: Partial<PumpIdentity>;
  /** Those that were asked for, and others whose known values have come to mean something else. */
  readonly topics: readonly TopicReport[];
}

/** A topic that was read replaces everything that an earlier report of the same topic had said. */
export type TopicReport =
  | {
      readonly topic: Topic;
      readonly ok: true;
      readonly readings: Readings;
      readonly controls: readonly Control[];
      readonly unknown: ReadonlyMap<string, number>;
      /** True where this pump has nothing under this topic, so that asking again soon is a waste. */
      readonly empty: boolean;
    }
  | { readonly topic: Topic; readonly ok: false; readonly error: ThermiaError };
