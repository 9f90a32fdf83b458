import type { ControlValue } from '../pump/model.js';
import type { Deferred } from './deadline.js';
import type { PumpState } from './pump-state.js';
import type { WriteOutcome } from './types.js';

/** One person's wish. */
export interface Caller {
  readonly accepted: Deferred<void>;
  readonly settled: Deferred<WriteOutcome>;
}

/** Wishes for one control that become one write. */
export interface Batch {
  readonly pump: PumpState;
  readonly controlId: string;
  value: ControlValue;
  readonly callers: Caller[];
}
