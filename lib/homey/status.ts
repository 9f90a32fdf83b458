import type { Availability } from '../thermia/account/types.js';
import type { SessionState } from '../thermia/cloud/types.js';
import { isSignInKind } from './episodes.js';
import type { Texts } from './texts.js';

export interface FailedWrite {
  readonly controlId: string;
  readonly capability: string | null;
  readonly value: boolean | number | string;
  readonly error: unknown;
  readonly at: number;
}

/** How the device is shown: unavailable with the reason and what to do, or available and perhaps with a warning. */
export type DeviceStatus =
  | { readonly available: false; readonly message: string }
  | { readonly available: true; readonly warning: string | null };

/** A warning about a write that failed is dropped after this long. */
export const WARNING_MS = 6 * 60 * 60 * 1000;

export const describeWrite = (
  texts: Texts,
  write: FailedWrite,
): { setting: string; value: string; reason: string } => ({
  setting: texts.control(write.controlId),
  value: texts.value(write.capability ?? '', write.value),
  reason: texts.error(write.error),
});

/** What is known of a device at a moment. */
export interface Seen {
  readonly session: SessionState;
  readonly availability: Availability;
  /** Since when the connection has been lost, as far as that was told; null where it was not. */
  readonly lostSince: number | null;
  /** The last write that failed after it had been taken for done. */
  readonly failed: FailedWrite | null;
  /** Titles of what shows old values, though others are new. */
  readonly old: readonly string[];
  readonly now: number;
}

/** Null: nothing can be said yet, the device stays as it is. */
export const deviceStatus = (seen: Seen, texts: Texts): DeviceStatus | null => {
  const { session, availability, lostSince, failed, old, now } = seen;
  const unavailable = (...sentences: readonly string[]): DeviceStatus => ({
    available: false,
    message: sentences.join(' '),
  });
  const available = (...sentences: readonly (string | null)[]): DeviceStatus => {
    const said = sentences.filter((sentence) => sentence !== null);
    return { available: true, warning: said.length === 0 ? null : said.join(' ') };
  };
  if (session.state === 'signed_out') return unavailable(texts.say('status.signed_out'));
  if (session.state === 'sign_in_needed') {
    return unavailable(texts.error(session.reason), texts.say('status.repair'));
  }
  const writeFailed =
    failed !== null && now - failed.at < WARNING_MS
      ? texts.say('status.write_failed', describeWrite(texts, failed))
      : null;
  switch (availability.state) {
    case 'starting':
      // A Homey shows a device as available when the app starts, with the values that it had.
      return lostSince === null
        ? null
        : unavailable(texts.say('status.lost', { time: texts.time(lostSince) }));
    case 'available':
      return available(
        writeFailed,
        old.length === 0 ? null : texts.say('status.old_values', { names: old.join(', ') }),
      );
    case 'stale':
      return available(
        writeFailed,
        texts.say('status.stale', {
          time: texts.time(availability.since),
          reason: texts.kind(availability.reason),
        }),
      );
    case 'unavailable':
      return unavailable(
        texts.kind(availability.reason),
        isSignInKind(availability.reason)
          ? texts.say('status.repair')
          : texts.say('status.since', { time: texts.time(availability.since) }),
      );
  }
};
