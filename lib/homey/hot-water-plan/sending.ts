import { recordBoost, recordWrite, settleWrite } from '../../hot-water/memory.js';
import type { PlanDecision, WriteRow } from '../../hot-water/types.js';
import type { Account, Write } from '../../thermia/account/types.js';
import { isThermiaError, type ErrorKind } from '../../thermia/errors.js';
import type { Clock } from '../../thermia/ports.js';
import type { ControlValue } from '../../thermia/pump/model.js';
import { SIGN_IN_KINDS } from '../episodes.js';
import type { PlanStore } from './plan-store.js';

/** After these the pump surely has not heard of the write. Of all others nobody knows. */
const NOT_SENT: readonly ErrorKind[] = [
  ...SIGN_IN_KINDS,
  'session_failed',
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
  'superseded',
];

/** How a write that failed is to be remembered: no answer does not mean not done. */
export const outcomeOf = (error: unknown): 'accepted' | 'refused' =>
  isThermiaError(error, ...NOT_SENT) ? 'refused' : 'accepted';

const isAccepted = async (write: Write | null): Promise<boolean> => {
  if (write === null) return true;
  return write.accepted.then(
    () => true,
    () => false,
  );
};

const STORED_MS = 5_000;

export interface Sending {
  /** Stores what will be sent, then sends it. Resolves when it is on its way. */
  switchHotWater(on: boolean, by: WriteRow['by']): Promise<Write>;
  /** The same, but somebody else sends: rejects as `send` does. */
  switchedBy(on: boolean, by: WriteRow['by'], send: () => Promise<void>): Promise<void>;
  /** All that a decision wants sent; a boost only where hot water was not refused. */
  send(decision: PlanDecision): Promise<readonly Write[]>;
  /** Writes that are not decided yet. */
  underWay(): readonly Write[];
}

export const createSending = (dependencies: {
  readonly account: Account;
  readonly pumpId: string;
  readonly clock: Clock;
  readonly store: PlanStore;
}): Sending => {
  const { account, pumpId, clock, store } = dependencies;

  /** A store that does not answer must not leave anybody without hot water. */
  const stored = (): Promise<void> =>
    new Promise((resolve) => {
      const end = clock.after(STORED_MS, resolve);
      void store.stored().then(() => {
        end();
        resolve();
      });
    });

  type Begun = Pick<WriteRow, 'at' | 'on' | 'by'>;
  const begin = async (on: boolean, by: WriteRow['by']): Promise<Begun> => {
    const row = { at: clock.now(), on, by };
    store.remember(recordWrite(store.memory(), row));
    await stored();
    return row;
  };
  /** What was sent since has its own outcome. */
  const settle = ({ at, on }: Begun, outcome: 'accepted' | 'refused'): void => {
    const last = store.memory().writes.at(-1);
    if (last?.at === at && last.on === on) store.remember(settleWrite(store.memory(), outcome));
  };

  const open = new Set<Write>();
  const write = (controlId: string, value: ControlValue): Write => {
    const sent = account.write(pumpId, controlId, value);
    open.add(sent);
    void sent.settled.then(() => open.delete(sent));
    return sent;
  };

  const switchHotWater = async (on: boolean, by: WriteRow['by']): Promise<Write> => {
    const row = await begin(on, by);
    const sent = write('hot_water', on);
    sent.accepted.then(
      () => settle(row, 'accepted'),
      (error: unknown) => settle(row, outcomeOf(error)),
    );
    return sent;
  };

  /** Remembered as begun before it is, and as not ended until it is, so that it is ended whatever happens. */
  const switchBoost = async (on: boolean, first: Promise<Write | null>): Promise<readonly Write[]> => {
    const at = clock.now();
    store.remember(recordBoost(store.memory(), { at, on, accepted: false }));
    const begun = store.memory().boost;
    await stored();
    const before = await first;
    const writes = before === null ? [] : [before];
    // Where hot water was refused there is nothing to boost.
    if (!(await isAccepted(before))) return writes;
    const sent = write('hot_water_boost', on);
    void isAccepted(sent).then((accepted) => {
      const isLast = store.memory().boost === begun;
      if (accepted && isLast && !on) store.remember(recordBoost(store.memory(), { at, on, accepted }));
    });
    return [...writes, sent];
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
    async send({ write: on, why, boost }) {
      const first = on === null ? Promise.resolve(null) : switchHotWater(on, why.kind);
      if (boost !== null) return switchBoost(boost, first);
      const sent = await first;
      return sent === null ? [] : [sent];
    },
    underWay: () => [...open],
  };
};
