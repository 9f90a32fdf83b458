import type { PumpSnapshot } from '../thermia/pump/model.js';
import { CAPABILITIES, isOffered, MAINTENANCE, rowOf } from './capabilities.js';
import { valuesOf, type Manifest } from './manifest.js';
import type { CapabilityOptions, CapabilityValue } from './ports.js';

/** On how many different days a capability was looked for in vain, and on which last (days since 1970). */
export type Absence = Readonly<Record<string, { readonly days: number; readonly last: number }>>;

/** Registers come and go with the firmware; what stays away this many days is taken off the device. */
export const DAYS_BEFORE_REMOVAL = 3;

export interface PlanInput {
  readonly snapshot: PumpSnapshot;
  readonly present: readonly string[];
  readonly expert: boolean;
  readonly absence: Absence;
  /** Days since 1970. */
  readonly today: number;
  /** False until everything can be expected to have been read: then a missing value says nothing yet. */
  readonly settled: boolean;
}

export interface Plan {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly absence: Absence;
}

const wanted = (snapshot: PumpSnapshot, expert: boolean, present: readonly string[]): string[] =>
  CAPABILITIES.filter(
    (row) =>
      isOffered(row, snapshot) &&
      (expert || row.expert !== true) &&
      (row.bornTrue !== true || row.value(snapshot) === true || present.includes(row.capability)),
  ).map(({ capability }) => capability);

/** The capabilities of a pump that was never seen before. */
export const initialCapabilities = (snapshot: PumpSnapshot | null): string[] => [
  ...(snapshot === null ? [] : wanted(snapshot, false, [])),
  ...MAINTENANCE,
];

/** What to add to and take off a device, given what its pump reports. */
export const planCapabilities = (input: PlanInput): Plan => {
  const { snapshot, present, expert, today } = input;
  const offered = wanted(snapshot, expert, present);
  const remove: string[] = [];
  const absence: Record<string, { days: number; last: number }> = {};
  for (const id of present) {
    const row = rowOf(id);
    if (row === undefined || offered.includes(id)) continue;
    // What the person does not want to see goes at once.
    if (row.expert === true && !expert) {
      remove.push(id);
      continue;
    }
    const known = input.absence[id];
    if (!input.settled) {
      if (known !== undefined) absence[id] = known;
      continue;
    }
    const days = known === undefined ? 1 : known.days + (known.last === today ? 0 : 1);
    if (days > DAYS_BEFORE_REMOVAL) remove.push(id);
    else absence[id] = { days, last: today };
  }
  // A reading may move to another capability, for instance when it becomes writable. That takes the Flow cards of the one
  // away, so one odd answer must not do it: the other comes when the one has been away for days.
  const stays = (id: string | undefined): boolean =>
    id !== undefined && present.includes(id) && !remove.includes(id);
  const add = [...offered, ...MAINTENANCE].filter(
    (id) => !present.includes(id) && !stays(rowOf(id)?.insteadOf),
  );
  return { add, remove, absence };
};

export const sameAbsence = (a: Absence, b: Absence): boolean => {
  const ids = Object.keys(a);
  return (
    ids.length === Object.keys(b).length &&
    ids.every((id) => a[id]?.days === b[id]?.days && a[id]?.last === b[id]?.last)
  );
};

/** Equal as JSON, whatever the order of keys. */
const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [left, right] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => same(value, right.get(key)));
};

/** The options that this pump needs and the device does not have yet; null where all is as it should be. */
export const optionsToSet = (
  capability: string,
  snapshot: PumpSnapshot,
  manifest: Manifest,
  current: unknown,
): CapabilityOptions | null => {
  const options = rowOf(capability)?.options?.(snapshot, valuesOf(manifest, capability));
  if (options === undefined) return null;
  const have = new Map<string, unknown>(Object.entries(current ?? {}));
  return Object.entries(options).every(([name, value]) => same(value, have.get(name))) ? null : options;
};

export interface ValueChange {
  readonly capability: string;
  readonly before: unknown;
  /** Null: it is not known any more. */
  readonly value: CapabilityValue | null;
}

/**
 * The values to set. What is being written is left alone until that is decided; what is missing becomes unknown, not zero,
 * once everything was read.
 */
export const valuesToSet = (input: {
  readonly snapshot: PumpSnapshot;
  readonly present: readonly string[];
  readonly current: (capability: string) => unknown;
  readonly pending: ReadonlySet<string>;
  readonly settled: boolean;
}): ValueChange[] =>
  input.present.flatMap((capability): ValueChange[] => {
    const row = rowOf(capability);
    if (row === undefined || row.byPlan === true) return [];
    if (row.control !== undefined && input.pending.has(row.control)) return [];
    const before = input.current(capability) ?? null;
    const value = row.value(input.snapshot) ?? null;
    if ((value === null && !input.settled) || Object.is(value, before)) return [];
    return [{ capability, before, value }];
  });
