import type { Write, WriteOutcome } from '../thermia/account/types.js';
import { ThermiaError } from '../thermia/errors.js';
import type { Clock } from '../thermia/ports.js';

/** A Homey stops waiting for a capability listener after about ten seconds. */
export const LISTENER_MS = 8_000;
/** A Homey is taken to stop waiting for a Flow card after thirty seconds. */
export const CARD_MS = 25_000;

/** What is known of a write when the time is up. */
const decidedWithin = (write: Write, clock: Clock, ms: number): Promise<WriteOutcome | null> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(null));
    const end = (settle: () => void): void => {
      cancel();
      settle();
    };
    write.accepted.catch((error: unknown) =>
      end(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    void write.settled.then((outcome) => end(() => resolve(outcome)));
  });

/**
 * For a person who waits before a switch: ends with the refusal, with the confirmation, or, neither yet, as accepted.
 * Rejects with the ThermiaError of the refusal.
 */
export const settleForListener = async (
  write: Write,
  clock: Clock,
  ms = LISTENER_MS,
): Promise<'confirmed' | 'accepted'> => {
  const outcome = await decidedWithin(write, clock, ms);
  if (outcome?.state === 'failed') throw outcome.error;
  return outcome === null ? 'accepted' : 'confirmed';
};

/** For a Flow: ends well only when the pump was seen to have taken the value. Rejects with a ThermiaError. */
export const settleForCard = async (write: Write, clock: Clock, ms = CARD_MS): Promise<void> => {
  const outcome = await decidedWithin(write, clock, ms);
  if (outcome === null) {
    throw new ThermiaError('not_confirmed', 'Not confirmed while the Flow waited', {
      during: write.controlId,
    });
  }
  if (outcome.state === 'failed') throw outcome.error;
};
