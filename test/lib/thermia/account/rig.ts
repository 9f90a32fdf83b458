import { createAccount } from '../../../../lib/thermia/account/index.js';
import type {
  Account,
  AccountEvents,
  Cadence,
  RequestCounter,
  Write,
} from '../../../../lib/thermia/account/index.js';
import { ThermiaError, type ErrorFacts, type ErrorKind } from '../../../../lib/thermia/errors.js';
import type { Clock, LogFields } from '../../../../lib/thermia/ports.js';
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
  /** By how much the computer's clock is off. */
  readonly skew: { ms: number };
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
  const skew = { ms: 0 };
  const skewed: Clock = {
    now: () => clock.now() + skew.ms,
    after: (ms, run) => clock.after(ms, run),
  };
  const bus = createModbusLikeSource(skewed, ids);
  const logged: Rig['logged'] = [];
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      logged.push({ level, message, fields });
    };
  const account = createAccount({
    source: bus.source,
    clock: skewed,
    random: seeded(options.seed),
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    ...options,
  });
  const rig: Rig = {
    clock,
    bus,
    skew,
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

export const failing =
  (kind: ErrorKind, facts: ErrorFacts = {}): (() => never) =>
  () => {
    throw new ThermiaError(kind, 'as told', facts);
  };
export const well = (): void => undefined;
export const never = (): Promise<void> => new Promise<void>(() => undefined);

/** Does something to writes and lets all else pass. */
export const onWrite =
  (act: () => Promise<void> | void) =>
  ({ what }: { what: string }): Promise<void> | void =>
    what.startsWith('write') ? act() : undefined;

/** How many of the questions contain a text. */
export const times = (asked: readonly string[], what: string): number =>
  asked.filter((each) => each.includes(what)).length;

/** How a promise stands now, without waiting for it. */
const stands = async <T>(rig: Rig, promise: Promise<T>): Promise<T | 'open'> => {
  await rig.clock.settle();
  return Promise.race([promise, Promise.resolve('open' as const)]);
};

/** `open`, or how a write ended: the state, or the kind of the failure. */
export const outcomeOf = (rig: Rig, { settled }: Write): Promise<string> =>
  stands(
    rig,
    settled.then((found) => (found.state === 'failed' ? found.error.kind : found.state)),
  );

/** `open`, `yes`, or the kind of the refusal. */
export const acceptanceOf = (rig: Rig, { accepted }: Write): Promise<string> =>
  stands(
    rig,
    accepted.then(
      () => 'yes',
      (error: unknown) => (error instanceof ThermiaError ? error.kind : 'odd'),
    ),
  );

export const writesSent = ({ bus }: Rig): string[] =>
  bus.calls.map(({ what }) => what).filter((what) => what.startsWith('write'));

/** Reading, control, and whether the control is pending. */
export const hotWaterOf = ({ account }: Rig): readonly unknown[] => {
  const snapshot = account.snapshot('1');
  const control = snapshot?.controls.get('hot_water');
  return [snapshot?.readings.hot_water?.value, control?.value, control?.pending ?? false];
};
