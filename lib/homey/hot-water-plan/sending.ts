import { recordBoost, recordWrite, settleWrite } from '../../hot-water/memory.js';
import type { PlanDecision, WriteRow } from '../../hot-water/types.js';
import type { Account, Write } from '../../thermia/account/types.js';
import { isThermiaError, type ErrorKind } from '../../thermia/errors.js';
import type { Clock } from '../../thermia/ports.js';
import type { ControlValue } from '../../thermia/pump/model.js';
import type { PlanStore } from './plan-store.js';

/** After these the pump surely has not heard of the write. Of all others nobody knows. */
const NOT_SENT: readonly ErrorKind[] = [
  'wrong_credentials',
  'consent_needed',
  'sign_in_page_changed',
  'locked_out',
  'sign_in_needed',
  'not_a_refresh_token',
  'unauthorized',
  'throttled',
  'origin_refused',
  'storage',
  'not_found',
  'rejected',
  'not_supported',
  'not_writable',
  'out_of_range',
  'pump_offline',
  'pump_gone',
];

/** How a write that failed is to be remembered: no answer does not mean not done. */
export const outcomeOf = (error: unknown): 'accepted' | 'refused' =>
  isThermiaError(error, ...NOT_SENT) ? 'refused' : 'accepted';

export interface Sending {
  /** Stores what will be sent, then sends it. */
  switchHotWater(on: boolean, by: WriteRow['by']): Promise<Write>;
  /** The same, but somebody else sends: rejects as `send` does. */
  switchedBy(on: boolean, by: WriteRow['by'], send: () => Promise<void>): Promise<void>;
  /** All that a decision wants sent. */
  send(decision: PlanDecision): Promise<readonly Write[]>;
}

export const createSending = (dependencies: {
  readonly account: Account;
  readonly pumpId: string;
  readonly clock: Clock;
  readonly store: PlanStore;
}): Sending => {
  const { account, pumpId, clock, store } = dependencies;

  type Begun = Pick<WriteRow, 'at' | 'on' | 'by'>;
  const begin = async (on: boolean, by: WriteRow['by']): Promise<Begun> => {
    const row = { at: clock.now(), on, by };
    store.remember(recordWrite(store.memory(), row));
    await store.stored();
    return row;
  };
  /** What was sent since has its own outcome. */
  const settle = ({ at, on }: Begun, outcome: 'accepted' | 'refused'): void => {
    const last = store.memory().writes.at(-1);
    if (last?.at === at && last.on === on) store.remember(settleWrite(store.memory(), outcome));
  };

  const write = (controlId: string, value: ControlValue): Write => account.write(pumpId, controlId, value);

  const switchHotWater = async (on: boolean, by: WriteRow['by']): Promise<Write> => {
    const row = await begin(on, by);
    const sent = write('hot_water', on);
    sent.accepted.then(
      () => settle(row, 'accepted'),
      (error: unknown) => settle(row, outcomeOf(error)),
    );
    return sent;
  };

  const switchBoost = async (on: boolean): Promise<Write> => {
    // Remembered as not ended until it is, and as begun before it is, so that it is ended whatever happens.
    const at = clock.now();
    store.remember(recordBoost(store.memory(), { at, on, accepted: false }));
    const begun = store.memory().boost;
    await store.stored();
    const sent = write('hot_water_boost', on);
    sent.accepted.then(
      () => {
        const isLast = store.memory().boost === begun;
        if (isLast && !on) store.remember(recordBoost(store.memory(), { at, on, accepted: true }));
      },
      () => undefined,
    );
    return sent;
  };

  return {
    switchHotWater,
    async switchedBy(on, by, send) {
      const row = await begin(on, by);
      await send().then(
        () => settle(row, 'accepted'),
        (error: unknown) => {
          settle(row, outcomeOf(error instanceof Error ? (error.cause ?? error) : error));
          throw error;
        },
      );
    },
    send: ({ write: on, why, boost }) =>
      Promise.all([
        ...(on === null ? [] : [switchHotWater(on, why.kind)]),
        ...(boost === null ? [] : [switchBoost(boost)]),
      ]),
  };
};
