import type { Clock } from '../../thermia/ports.js';
import type { Sending } from './sending.js';

/** How long one try waits for the service to take it, and the time between two. */
const PATIENCE_MS = 8_000;
const PAUSE_MS = 4_000;
/** A Homey does not wait longer than about half a minute for a device that goes. */
const TRIES = 3;

/** Switches hot water on before the device goes. False where the service did not take it. */
export const sayFarewell = async (sending: Sending, clock: Clock): Promise<boolean> => {
  const passed = (ms: number, work: Promise<unknown>): Promise<boolean> =>
    new Promise((resolve) => {
      const end = clock.after(ms, () => resolve(false));
      const done = (isTaken: boolean): void => {
        end();
        resolve(isTaken);
      };
      work.then(
        () => done(true),
        () => done(false),
      );
    });
  const never = new Promise(() => undefined);
  for (let left = TRIES; left > 0; left -= 1) {
    const { accepted } = await sending.switchHotWater(true, 'restored');
    if (await passed(PATIENCE_MS, accepted)) return true;
    if (left > 1) await passed(PAUSE_MS, never);
  }
  return false;
};
