import { createAccount, createRequestCounter, type Account, type Cadence } from './account/index.js';
import { createThermiaOnline, type ThermiaOnline, type ThermiaOnlineDependencies } from './cloud/index.js';

export {
  CADENCE,
  createAccount,
  createRequestCounter,
  DAILY_REQUESTS,
  INTERVAL,
  type Account,
  type AccountDependencies,
  type AccountEvents,
  type Availability,
  type BudgetFigures,
  type Cadence,
  type ErrorRecord,
  type RequestCounter,
  type Write,
  type WriteOutcome,
} from './account/index.js';
export {
  createThermiaOnline,
  type ChainFacts,
  type SessionState,
  type SignInOptions,
  type ThermiaOnline,
  type ThermiaOnlineDependencies,
} from './cloud/index.js';
export * from './errors.js';
export type * from './ports.js';
export * from './pump/model.js';
export { checkValue } from './pump/limits.js';
export { redact } from './redact.js';
export {
  TOPICS,
  type PumpListing,
  type PumpReport,
  type PumpSource,
  type Topic,
  type TopicReport,
} from './source.js';

/** An account at Thermia Online: who is signed in, and the pumps there are. */
export interface Thermia {
  readonly online: ThermiaOnline;
  readonly account: Account;
  stop(): Promise<void>;
}

/** Puts both together: requests are counted where they are sent, and a session that is back ends the pause. */
export const createThermia = (deps: ThermiaOnlineDependencies & { readonly cadence?: Cadence }): Thermia => {
  const { clock, random, logger, cadence, store } = deps;
  const requests = createRequestCounter(clock);
  const online = createThermiaOnline({
    ...deps,
    onRequest: (endpoint) => {
      requests.count(endpoint);
      deps.onRequest?.(endpoint);
    },
  });
  const account = createAccount({
    source: online.source,
    clock,
    random,
    logger,
    requests,
    store,
    ...(cadence === undefined ? {} : { cadence }),
  });
  const endListening = online.onSession(({ state }) => {
    if (state === 'signed_in' && account.paused() !== null) account.wake();
    if (state === 'signed_out') void Promise.allSettled([account.forget()]);
  });
  return {
    online,
    account,
    stop: async () => {
      endListening();
      await account.stop();
      await online.stop();
    },
  };
};
