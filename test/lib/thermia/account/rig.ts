import { createAccount } from '../../../../lib/thermia/account/index.js';
import type {
  Account,
  AccountEvents,
  Cadence,
  RequestCounter,
} from '../../../../lib/thermia/account/index.js';
import type { LogFields } from '../../../../lib/thermia/ports.js';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.js';
import { createModbusLikeSource, type SimulatedBus } from './modbus-like-source.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A repeatable `Math.random`. */
export const seeded = (seed = 1): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
};

export interface Rig {
  readonly clock: VirtualClock;
  readonly bus: SimulatedBus;
  readonly account: Account;
  readonly logged: { readonly level: string; readonly message: string; readonly fields: LogFields }[];
  readonly snapshots: AccountEvents['snapshot'][0][];
  /** Availability as `pump state reason`. */
  readonly availability: string[];
  readonly writes: string[];
  readonly pauses: (string | null)[];
  /** What was asked since the last call of this function. */
  asked(): string[];
}

export const createRig = (
  ids: readonly string[] = ['1'],
  options: { cadence?: Cadence; requests?: RequestCounter; seed?: number } = {},
): Rig => {
  const clock = createVirtualClock();
  const bus = createModbusLikeSource(clock, ids);
  const logged: Rig['logged'] = [];
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      logged.push({ level, message, fields });
    };
  const account = createAccount({
    source: bus.source,
    clock,
    random: seeded(options.seed),
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    ...options,
  });
  const rig: Rig = {
    clock,
    bus,
    account,
    logged,
    snapshots: [],
    availability: [],
    writes: [],
    pauses: [],
    asked: () =>
      bus.calls.splice(0).map(({ pumpId, what }) => (pumpId === null ? what : `${pumpId}: ${what}`)),
  };
  account.on('snapshot', (snapshot) => rig.snapshots.push(snapshot));
  account.on('availability', (pumpId, availability) =>
    rig.availability.push(
      [pumpId, availability.state, 'reason' in availability ? availability.reason : '']
        .filter((each) => each !== '')
        .join(' '),
    ),
  );
  account.on('write', ({ controlId, value, outcome }) =>
    rig.writes.push(
      `${controlId}=${value} ${outcome.state === 'failed' ? outcome.error.kind : outcome.state}`,
    ),
  );
  account.on('paused', (reason) => rig.pauses.push(reason));
  return rig;
};

/** A rig whose pumps were all read once. */
export const startRig = async (
  ids: readonly string[] = ['1'],
  options: Parameters<typeof createRig>[1] = {},
): Promise<Rig> => {
  const rig = createRig(ids, options);
  for (const id of ids) rig.account.watch(id);
  await rig.clock.advance(5 * SECOND);
  rig.bus.calls.length = 0;
  return rig;
};

/** Ends the account and tells what it left running. */
export const timersLeft = async ({ account, clock }: Rig): Promise<number> => {
  await account.stop();
  await clock.settle();
  return clock.pending();
};
