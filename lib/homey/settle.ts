import type { Write, WriteOutcome } from '../thermia/account/types.js';
import { isThermiaError, ThermiaError } from '../thermia/errors.js';
import type { Clock } from '../thermia/ports.js';

/** A Homey stops waiting for a capability listener after about ten seconds. */
export const LISTENER_MS = 8_000;
/** It stops waiting for a Flow card after ninety; a value is looked for until a minute after it was accepted. */
export const CARD_MS = 80_000;

/** What is known of a write when the time is up. */
const decidedWithin = (write: Write, clock: Clock, ms: number): Promise<WriteOutcome | null> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(Math.max(0, ms), () => resolve(null));
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

const late = (during: string): ThermiaError =>
  new ThermiaError('not_confirmed', 'Not confirmed while the Flow waited', { during });

/** For a Flow: ends well only when the pump was seen to have taken the value. Rejects with a ThermiaError. */
export const settleForCard = async (write: Write, clock: Clock, ms = CARD_MS): Promise<void> => {
  const outcome = await decidedWithin(write, clock, ms);
  if (outcome === null) throw late(write.controlId);
  if (outcome.state === 'failed') throw outcome.error;
};

/**
 * The same for several writes, some of which wait for others to be sent: one deadline for all of it. `before`: what was
 * under way already, and may be replaced by them.
 */
export const settleAllForCard = async (
  { before, sent }: { readonly before: readonly Write[]; readonly sent: Promise<readonly Write[]> },
  clock: Clock,
  ms = CARD_MS,
): Promise<void> => {
  const until = clock.now() + ms;
  const settled = (write: Write): Promise<void> => settleForCard(write, clock, until - clock.now());
  const writes = await new Promise<readonly Write[]>((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(late('sending')));
    sent.then(resolve, reject).finally(cancel);
  });
  const unlessReplaced = (error: unknown): void => {
    if (!isThermiaError(error, 'superseded')) throw error;
  };
  await Promise.all([...before.map((write) => settled(write).catch(unlessReplaced)), ...writes.map(settled)]);
};
