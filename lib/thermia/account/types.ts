import type { ErrorKind, ThermiaError } from '../errors.js';
import type { ControlValue, PumpSnapshot } from '../pump/model.js';
import type { PumpListing } from '../source.js';

/** Whether a pump can be relied on now, and if not why. A pure function of what was observed. */
export type Availability =
  | { readonly state: 'starting' }
  | { readonly state: 'available' }
  /** Values are older than they should be; `since` is when the last good read was. */
  | { readonly state: 'stale'; readonly since: number; readonly reason: ErrorKind }
  | { readonly state: 'unavailable'; readonly since: number; readonly reason: ErrorKind };

export type WriteOutcome =
  | { readonly state: 'confirmed' }
  /** It was already so; nothing was sent. */
  | { readonly state: 'unchanged' }
  | { readonly state: 'failed'; readonly error: ThermiaError };

export interface Write {
  readonly pumpId: string;
  readonly controlId: string;
  readonly value: ControlValue;
  /** Resolves when the service accepted it; rejects with a ThermiaError when it was refused before or by the service. */
  readonly accepted: Promise<void>;
  /** Never rejects. Settles when the pump was seen to have taken the value, or that failed or was not seen in time. */
  readonly settled: Promise<WriteOutcome>;
}

export interface BudgetFigures {
  /** Requests sent in the last 24 hours, by topic or endpoint name. */
  readonly requests: Readonly<Record<string, number>>;
  readonly total: number;
}

export interface AccountEvents {
  /** Something of a pump changed, or it was read again. */
  snapshot: [snapshot: PumpSnapshot];
  availability: [pumpId: string, availability: Availability];
  /** A write was decided. One that a newer value replaced is none: nothing came of it, and nothing went wrong. */
  write: [write: { pumpId: string; controlId: string; value: ControlValue; outcome: WriteOutcome }];
  /** Polling stopped for a reason that only a person can end, or (null) goes on. */
  paused: [reason: ErrorKind | null];
}

/** Something that went wrong lately, redacted. */
export interface ErrorRecord {
  readonly at: number;
  readonly kind: ErrorKind;
  readonly message: string;
  /** `list`, topics by name, or a control's id. */
  readonly during: string;
  readonly pumpId: string | null;
}

/** One poll and one write queue for all pumps that a source has. */
export interface Account {
  /** Asks the source now; for pairing. */
  list(): Promise<readonly PumpListing[]>;
  /** Polls this pump from now on, until the returned function is called. Several watchers share one poll. */
  watch(pumpId: string): () => void;
  snapshot(pumpId: string): PumpSnapshot | null;
  availability(pumpId: string): Availability;
  /** Checks against what the pump can do and its limits, coalesces, sends once, reads back. Throws nothing: see {@link Write}. */
  write(pumpId: string, controlId: string, value: ControlValue): Write;
  /** Reads everything of this pump now. Resolves when it was read, rejects with a ThermiaError. */
  refresh(pumpId: string): Promise<void>;
  /** Minutes between reads of what moves fast; 1 to 30. */
  setInterval(minutes: number): void;
  /** The session is back, or the network is: goes on at once, whatever pause or back-off there was. */
  wake(): void;
  /** Nobody is signed in any more: what was read is forgotten, and nothing is asked before {@link wake}. Rejects where the store does. */
  forget(): Promise<void>;
  /** Why nothing is asked, where only a person can end that. */
  paused(): ErrorKind | null;
  budget(): BudgetFigures;
  /** The last errors, newest last. */
  errors(): readonly ErrorRecord[];
  on<E extends keyof AccountEvents>(event: E, listener: (...args: AccountEvents[E]) => void): () => void;
  /** Ends all timers and requests. Nothing is emitted afterwards. */
  stop(): Promise<void>;
}
