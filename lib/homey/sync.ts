import type { Clock, Logger } from '../thermia/ports.js';
import type { PumpSnapshot } from '../thermia/pump/model.js';
import { rowOf } from './capabilities.js';
import { coalesced } from './coalesced.js';
import { described } from './logger.js';
import type { Manifest } from './manifest.js';
import {
  optionsToSet,
  planCapabilities,
  sameAbsence,
  valuesToSet,
  type Absence,
  type ValueChange,
} from './plan.js';
import type { DevicePort } from './ports.js';

const DAY_MS = 86_400_000;
/** After this long with the pump available everything that it has was read at least once. */
export const SETTLED_MS = 30 * 60 * 1000;
const ABSENCE = 'absence';

export interface Sync {
  /** Brings the device to what the snapshot says. Never rejects. */
  push(snapshot: PumpSnapshot): Promise<void>;
}

const isAbsence = (value: unknown): value is Absence => typeof value === 'object' && value !== null;

export const createSync = (dependencies: {
  readonly device: DevicePort;
  readonly manifest: Manifest;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pending: ReadonlySet<string>;
  expert(): boolean;
  /** How long the pump has been available without a break, milliseconds. */
  availableFor(): number;
  /** The device has a capability now that a person can change. */
  onSetable(capability: string): void;
  /** After the values were set. */
  onSynced(changes: readonly ValueChange[], snapshot: PumpSnapshot): void;
}): Sync => {
  const { device, manifest, clock, logger } = dependencies;

  // One capability's trouble is not the others': it is said once and the rest goes on.
  const said = new Set<string>();
  const attempt = async (what: string, act: () => Promise<void>): Promise<boolean> => {
    try {
      await act();
      said.delete(what);
      return true;
    } catch (error) {
      if (!said.has(what)) logger.error(`Could not ${what}`, { error: described(error) });
      said.add(what);
      return false;
    }
  };

  const reshape = async (snapshot: PumpSnapshot, settled: boolean): Promise<void> => {
    const stored = device.getStoreValue(ABSENCE);
    const absence = isAbsence(stored) ? stored : {};
    const plan = planCapabilities({
      snapshot,
      present: device.getCapabilities(),
      expert: dependencies.expert(),
      absence,
      today: Math.floor(clock.now() / DAY_MS),
      settled,
    });
    for (const id of plan.remove) await attempt(`remove ${id}`, () => device.removeCapability(id));
    for (const id of plan.add) {
      if (await attempt(`add ${id}`, () => device.addCapability(id))) dependencies.onSetable(id);
    }
    if (!sameAbsence(absence, plan.absence)) {
      await attempt('store absence', () => device.setStoreValue(ABSENCE, plan.absence));
    }
  };

  const fill = async (snapshot: PumpSnapshot, settled: boolean): Promise<ValueChange[]> => {
    const present = device.getCapabilities();
    for (const id of present.filter((one) => rowOf(one)?.options !== undefined)) {
      await attempt(`set options of ${id}`, async () => {
        const current = device.getCapabilityOptions(id);
        const options = optionsToSet(id, snapshot, manifest, current);
        if (options === null) return;
        // Nothing says whether a Homey adds these to the others or forgets the others.
        await device.setCapabilityOptions(id, {
          ...(typeof current === 'object' ? current : {}),
          ...options,
        });
      });
    }
    const changes = valuesToSet({
      snapshot,
      present,
      current: (id) => device.getCapabilityValue(id),
      pending: dependencies.pending,
      settled,
    });
    const done: ValueChange[] = [];
    for (const change of changes) {
      const { capability, value } = change;
      if (await attempt(`set ${capability}`, () => device.setCapabilityValue(capability, value)))
        done.push(change);
    }
    return done;
  };

  return {
    push: coalesced(async (snapshot) => {
      await attempt('bring the device up to date', async () => {
        const settled = dependencies.availableFor() >= SETTLED_MS;
        await reshape(snapshot, settled);
        const changes = await fill(snapshot, settled);
        dependencies.onSynced(changes, snapshot);
      });
    }),
  };
};
