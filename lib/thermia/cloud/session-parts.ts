import type { Clock, CredentialStore, Credentials, Logger, Random } from '../ports.js';
import type { AccessSource } from './policies/unauthorized.js';
import type { SessionRecords } from './session-record.js';
import type { Grant, TokenEndpoint } from './token-endpoint.js';
import type { ChainFacts, SessionState, SignInOptions } from './types.js';

/** What a pasted token gave. */
export interface TriedToken {
  /** Null in an odd answer: there is a new refresh token, and nothing to use yet. */
  readonly accessToken: string | null;
  /** From now on this is who is signed in; the kept password is erased, as it may be somebody else's. */
  readonly adopt: () => Promise<void>;
}

export interface Session extends AccessSource {
  /** Rejects with `stopped` where a sign-out came first. */
  signIn(credentials: Credentials, options: SignInOptions): Promise<void>;
  /** Spends a pasted token. Nothing else changes before what came of it is adopted. */
  tryToken(text: string): Promise<TriedToken>;
  signOut(): Promise<void>;
  forgetPassword(): Promise<void>;
  state(): SessionState;
  chain(): ChainFacts;
  onChange(listener: (state: SessionState) => void): () => void;
  /** Waits for a token request that is under way: its answer must not be lost. */
  stop(): Promise<void>;
}

export interface SessionParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly records: SessionRecords;
  readonly credentials: CredentialStore;
  readonly tokens: TokenEndpoint;
  readonly signInWithPassword: (credentials: Credentials, redirect: string) => Promise<Grant>;
}
