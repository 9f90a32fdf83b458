import type { Dispatcher } from 'undici';
import type { ThermiaError } from '../errors.js';
import type { Clock, CredentialStore, Logger, Random, Store } from '../ports.js';
import type { PumpListing, PumpSource } from '../source.js';
import type { ThermiaApi } from './api.js';

export interface ThermiaOnlineDependencies {
  /** Where the session rests: refresh token, back-off, what was learned of the chain. One store for one account. */
  readonly store: Store;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly dispatcher: Dispatcher;
  /** Another origin to be used in place of the real one; only `http://127.0.0.1` and https origins make sense. */
  readonly origin?: string;
  /** Called for each request that is sent, with the endpoint's name: for the budget. */
  readonly onRequest?: (endpoint: string) => void;
}

export type SessionState =
  | { readonly state: 'signed_out' }
  | { readonly state: 'signed_in' }
  /** Only the person can go on: sign in again, accept terms … `reason` says which. */
  | { readonly state: 'sign_in_needed'; readonly reason: ThermiaError; readonly since: number };

/** What the service said of the chain of refresh tokens. */
export interface ChainFacts {
  /** When the password was last used, milliseconds since 1970. */
  readonly startedAt: number | null;
  /** When the present refresh token ends, as far as the service says. */
  readonly endsAt: number | null;
  /** `fixed`: rotation did not move the end; `sliding`: it did; null: not seen yet. */
  readonly kind: 'fixed' | 'sliding' | null;
}

export interface SignInOptions {
  /** Keep the password for an automatic new sign-in when the chain ends. */
  readonly keepPassword: boolean;
}

/** One account at Thermia Online. */
export interface ThermiaOnline {
  readonly source: PumpSource;
  /** Every endpoint on its own, for what the source does not show: history, schedules, texts, users. */
  readonly api: ThermiaApi;
  /** One try. Rejects with a ThermiaError whose kind says what the person can do. */
  signIn(credentials: { username: string; password: string }, options: SignInOptions): Promise<void>;
  /**
   * Takes a refresh token that the person pasted; it is tried at once. `accept` sees the pumps that it opens before anything
   * changes: what it throws, or that they cannot be listed, leaves the present sign-in and the kept password as they are.
   */
  signInWithToken(refreshToken: string, accept?: (pumps: readonly PumpListing[]) => void): Promise<void>;
  /** Erases token, password and everything that was learned. */
  signOut(): Promise<void>;
  /** Keeps or erases the password from now on; keeping needs a new sign-in. */
  forgetPassword(): Promise<void>;
  session(): SessionState;
  chain(): ChainFacts;
  /** Called on every change of the session's state. Returns the function that ends it. */
  onSession(listener: (state: SessionState) => void): () => void;
  stop(): Promise<void>;
}
