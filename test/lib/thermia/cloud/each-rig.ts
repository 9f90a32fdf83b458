import { afterEach, beforeEach, expect } from 'vitest';
import type { PumpListing } from '../../../../lib/thermia/source.js';
import { never, type Rig, startRig } from './rig.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The rig of the test that runs. */
export let rig: Rig;

/** At the top of a file: each of its tests has a rig of its own, and leaves no timer running. */
export const rigForEachTest = (): void => {
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(async () => {
    expect(rig.clock.pending()).toBe(0);
    await rig.close();
  });
};

/** Another rig in its place, whose client looks for the service at this origin. */
export const replaceRig = async (at: string): Promise<void> => {
  await rig.online.stop();
  await rig.close();
  rig = await startRig({ at });
};

export const list = (): Promise<readonly PumpListing[]> => rig.online.source.list(never);
/** The session as it rests. */
export const stored = (): Record<string, unknown> =>
  rig.store.values.get('session') as Record<string, unknown>;
export const refreshes = (): number => rig.sim.control.counters().refreshes;
export const signIns = (): number => rig.sim.control.counters().passwordSignIns;
