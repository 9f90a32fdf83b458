import { usualBehaviour, type Behaviour } from './behaviour.js';
import { noCounts, type Counters } from './counters.js';
import { createFaults, type Faults } from './faults.js';
import type { PumpData } from './pump-data.js';
import { createPump, type SimulatedPump } from './pump.js';
import { createAccounts, type AccountOptions, type Accounts } from './sign-in/accounts.js';
import { usualPolicy, type SessionPolicy } from './sign-in/policy.js';
import { createTokenStore, type TokenStore } from './sign-in/tokens.js';
import { createTransactions, type Transactions } from './sign-in/transactions.js';
import { loadState, saveState } from './state-file.js';

/** Everything that the simulated service knows, apart from how it is reached. */
export interface Service {
  readonly now: () => number;
  readonly random: () => number;
  readonly behaviour: Behaviour;
  readonly policy: SessionPolicy;
  readonly counters: Counters;
  readonly accounts: Accounts;
  readonly tokens: TokenStore;
  readonly transactions: Transactions;
  readonly faults: Faults;
  readonly pumps: readonly SimulatedPump[];
  /** Ids of pumps that the account does not have at present. */
  readonly unlisted: Set<number>;
  readonly pumpsOf: (username: string) => readonly SimulatedPump[];
  readonly persist: () => void;
}

export interface ServiceOptions {
  readonly now: () => number;
  readonly random: () => number;
  readonly origin: () => string;
  readonly accounts: readonly AccountOptions[];
  readonly pumps: readonly PumpData[];
  readonly session: Partial<SessionPolicy>;
  readonly behaviour: Partial<Behaviour>;
  readonly stateFile: string | null;
}

/** Two captures may carry the same made-up id; the later one moves. */
const distinct = (pumps: readonly PumpData[]): readonly PumpData[] => {
  const taken = new Set<number>();
  return pumps.map((pump) => {
    let { id } = pump;
    while (taken.has(id)) id += 1;
    taken.add(id);
    if (id === pump.id) return pump;
    return { ...pump, id, installation: { ...pump.installation, id }, detail: { ...pump.detail, id } };
  });
};

export const createService = (options: ServiceOptions): Service => {
  const { now, random, stateFile } = options;
  const kept = stateFile === null ? null : loadState(stateFile);
  const behaviour = { ...usualBehaviour, ...options.behaviour };
  const policy = { ...usualPolicy, ...options.session };
  const counters = kept?.counters ?? noCounts();
  const accounts = createAccounts(options.accounts, () => policy, now);
  const tokens = createTokenStore(() => policy, now, random, options.origin, kept?.tokens ?? null);
  let pumps: readonly SimulatedPump[] | null = null;

  const persist = (): void => {
    // Before all pumps are there, the file knows more than this process.
    if (stateFile === null || pumps === null) return;
    saveState(stateFile, {
      version: 1,
      tokens: tokens.memory(),
      counters,
      pumps: Object.fromEntries(pumps.map((pump) => [pump.id, pump.memory()])),
    });
  };

  const writeLatency = (): number => behaviour.writeLatencyMs * (0.5 + random());
  const living = distinct(options.pumps).map((data) =>
    createPump(data, { now, writeLatency, onChange: persist }, kept?.pumps[String(data.id)] ?? null),
  );
  pumps = living;

  const unlisted = new Set<number>();

  return {
    now,
    random,
    behaviour,
    policy,
    counters,
    accounts,
    tokens,
    transactions: createTransactions(now, () => policy.pageLifeMs),
    faults: createFaults(random),
    pumps: living,
    unlisted,
    pumpsOf: (username) => {
      const own = accounts.pumpIds(username);
      return living.filter(({ id }) => !unlisted.has(id) && (own === null || own.includes(id)));
    },
    persist,
  };
};
