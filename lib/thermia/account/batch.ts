import { ThermiaError } from '../errors.js';
import type { ControlValue } from '../pump/model.js';
import type { Deferred } from './deadline.js';
import type { PumpState } from './pump-state.js';
import type { WriteOutcome } from './types.js';

/** One person's wish. */
export interface Caller {
  readonly accepted: Deferred<void>;
  readonly settled: Deferred<WriteOutcome>;
}

/** Wishes for the same value of one control, which become one write. */
export interface Batch {
  readonly pump: PumpState;
  readonly controlId: string;
  readonly value: ControlValue;
  readonly callers: Caller[];
}

/**
 * A newer wish comes in the place of an earlier one: who wanted the same waits for the same, and who wanted something else
 * must not be told that it was done.
 */
export const takeOver = (newer: Batch, earlier: Batch): void => {
  if (newer.value === earlier.value) {
    newer.callers.push(...earlier.callers);
    return;
  }
  const error = new ThermiaError('superseded', 'A newer value has replaced this one', {
    during: earlier.controlId,
  });
  for (const { accepted, settled } of earlier.callers) {
    accepted.reject(error);
    settled.resolve({ state: 'failed', error });
  }
};
