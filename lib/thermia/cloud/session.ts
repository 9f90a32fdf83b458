import { isThermiaError, ThermiaError } from '../errors.js';
import type { Cancel, Clock, CredentialStore, Credentials, Logger, Random } from '../ports.js';
import { redact } from '../redact.js';
import { REDIRECTS } from './addresses.js';
import { beginChain, type Chain, continueChain } from './chain.js';
import type { Access, AccessSource } from './policies/unauthorized.js';
import { createPasswordKeeper } from './password-keeper.js';
import { readPastedToken } from './refresh-token.js';
import { EMPTY_RECORD, type SessionRecord, type SessionRecords, type Trouble } from './session-record.js';
import { isDue, refusalFrom, stateOf, troubleAfter, troubleOfEnd, troubleOfTry } from './session-state.js';
import type { Grant, TokenEndpoint } from './token-endpoint.js';
import type { ChainFacts, SessionState, SignInOptions } from './types.js';

/** Refreshed this long before its end, or at half of a short life. */
const EARLY_MS = 5 * 60_000;
/** A token that is refused this soon after it came is not cured by another one; an early refresh is not repeated sooner. */
const PAUSE_MS = 60_000;

interface Held extends Access {
  readonly since: number;
  readonly endsAt: number;
  refreshAt: number;
  /** It came after a 401 and has not been accepted yet. */
  doubtful: boolean;
}

/** What a pasted token gave. */
export interface TriedToken {
  readonly accessToken: string;
  /** From now on this is who is signed in; the kept password is erased, as it may be somebody else's. */
  readonly adopt: () => Promise<void>;
}

export interface Session extends AccessSource {
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

/**
 * Who may use the service now. There is one spender of the refresh token, and it stores the next one before anybody uses
 * what came with it. `epoch` tells apart what an explicit sign-in or sign-out has made obsolete.
 */
export const createSession = ({
  clock,
  random,
  logger,
  records,
  credentials,
  tokens,
  signInWithPassword,
}: SessionParts): Session => {
  let record: SessionRecord = records.load();
  let held: Held | null = null;
  let generation = 0;
  let epoch = 0;
  let renewing: Promise<Access> | null = null;
  let stopped = false;
  const listeners = new Set<(state: SessionState) => void>();

  const state = (): SessionState => stateOf(record, held !== null);
  let told = JSON.stringify(state());
  const tell = (): void => {
    const now = state();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    for (const listener of listeners) {
      try {
        listener(now);
      } catch (error) {
        logger.error('A listener of the session failed', { error: redact(String(error)) });
      }
    }
  };
  const change = async (next: SessionRecord): Promise<void> => {
    record = next;
    await records.save(next);
  };
  const password = createPasswordKeeper(credentials, logger);

  /** Who polls stops when the person is needed; what may pass all the same is tried again from here. */
  let cancelRetry: Cancel | null = null;
  const cancel = (): void => {
    cancelRetry?.();
    cancelRetry = null;
  };
  const refuse = (trouble: Trouble): ThermiaError => {
    const now = clock.now();
    if (trouble.notBefore !== null && !stopped && state().state === 'sign_in_needed') {
      cancel();
      cancelRetry = clock.after(trouble.notBefore - now, () => {
        void access().catch(() => logger.info('The person is still needed to sign in'));
      });
    }
    return refusalFrom(trouble, now);
  };

  const adopt = async (
    grant: Grant,
    next: { redirect: string; chain: Chain; known: string | null },
  ): Promise<Access> => {
    const receivedAt = clock.now();
    cancel();
    const { redirect, chain } = next;
    const refreshToken = grant.refreshToken ?? next.known;
    const trouble = refreshToken === null ? troubleOfEnd(receivedAt) : null;
    await change({ refreshToken, redirect, chain, trouble });
    generation += 1;
    held = {
      token: grant.accessToken,
      generation,
      since: receivedAt,
      endsAt: receivedAt + grant.expiresInMs,
      refreshAt: receivedAt + grant.expiresInMs - Math.min(EARLY_MS, grant.expiresInMs / 2),
      doubtful: false,
    };
    tell();
    return held;
  };

  /** Everything that spends or replaces the refresh token goes through here, one at a time. */
  const alone = (work: () => Promise<Access>): Promise<Access> => {
    const running = work().finally(() => {
      if (renewing === running) renewing = null;
    });
    renewing = running;
    return running;
  };

  const automaticSignIn = async (mine: number): Promise<Access> => {
    const { trouble } = record;
    if (trouble === null) throw new ThermiaError('sign_in_needed', 'Nobody is signed in');
    if (!isDue(trouble, clock.now())) throw refuse(trouble);
    const kept = await password.load();
    if (epoch !== mine) return access();
    if (kept === null) {
      const final = { ...trouble, notBefore: null };
      if (trouble.notBefore !== null) await change({ ...record, trouble: final });
      tell();
      throw refuse(final);
    }
    // The pause is stored before the try, so that no loop of restarts can hammer the service with a password.
    const pending = troubleOfTry(trouble, clock.now(), random());
    await change({ ...record, trouble: pending });
    try {
      const grant = await signInWithPassword(kept, REDIRECTS[0]);
      if (epoch !== mine) return await access();
      logger.info('Signed in again with the kept password');
      const now = clock.now();
      return await adopt(grant, { redirect: REDIRECTS[0], chain: beginChain(grant, now, now), known: null });
    } catch (error) {
      // Cut off is not failed: the pause that is stored already is all that comes of it.
      if (epoch !== mine || !isThermiaError(error) || error.kind === 'stopped') throw error;
      const after = troubleAfter(trouble, clock.now(), random(), error);
      const { code, during } = error.facts;
      logger.warn('The automatic sign-in failed', { kind: error.kind, code, during });
      await change({ ...record, trouble: after });
      if (after.notBefore === null) await password.drop();
      tell();
      throw refuse(after);
    }
  };

  const renew = async (): Promise<Access> => {
    const mine = epoch;
    const { refreshToken, redirect, chain } = record;
    if (refreshToken === null) return automaticSignIn(mine);
    try {
      const grant = await tokens.refresh(refreshToken, redirect);
      if (epoch !== mine) return await access();
      const next = continueChain(chain, grant, clock.now());
      if (next.kind !== chain.kind) logger.info('The chain of refresh tokens is', { kind: next.kind });
      return await adopt(grant, { redirect, chain: next, known: refreshToken });
    } catch (error) {
      if (epoch !== mine) return access();
      if (!isThermiaError(error, 'sign_in_needed')) throw error;
      const leftMs = chain.endsAt === null ? null : chain.endsAt - clock.now();
      logger.warn('The chain of refresh tokens has ended', { code: error.facts.code, leftMs });
      held = null;
      await change({ ...record, refreshToken: null, trouble: troubleOfEnd(clock.now(), error) });
      return automaticSignIn(mine);
    }
  };

  const access = async (): Promise<Access> => {
    if (stopped) throw new ThermiaError('stopped', 'The client was stopped');
    const current = held;
    if (current !== null && clock.now() < current.refreshAt) return current;
    if (current === null || clock.now() >= current.endsAt) return renewing ?? alone(renew);
    try {
      return await (renewing ?? alone(renew));
    } catch (error) {
      if (held !== current || !isThermiaError(error)) throw error;
      current.refreshAt = Math.min(clock.now() + PAUSE_MS, current.endsAt);
      logger.warn('The early refresh failed, the present token still holds', { kind: error.kind });
      return current;
    }
  };

  const begin = async (
    grant: Grant,
    redirect: string,
    startedAt: number | null,
    known: string | null,
  ): Promise<void> => {
    epoch += 1;
    held = null;
    await alone(() => adopt(grant, { redirect, chain: beginChain(grant, clock.now(), startedAt), known }));
  };

  const mark = ({ generation: which }: Access, doubtful: boolean): void => {
    if (held?.generation === which) held.doubtful = doubtful;
  };

  return {
    access: async () => {
      await records.repair();
      return access();
    },
    renewed: async (refused) => {
      if (held !== null && held.generation > refused.generation) return held;
      if (held !== null && held.doubtful && clock.now() - held.since < PAUSE_MS) {
        throw new ThermiaError('unauthorized', 'The service refuses a token that it has just given');
      }
      held = null;
      const renewed = await (renewing ?? alone(renew));
      mark(renewed, true);
      return renewed;
    },
    accepted: (used) => mark(used, false),
    signIn: async (given, { keepPassword }) => {
      const grant = await signInWithPassword(given, REDIRECTS[0]);
      if (!keepPassword) await password.erase();
      await begin(grant, REDIRECTS[0], clock.now(), null);
      if (keepPassword) await password.keep(given);
    },
    tryToken: async (text) => {
      const token = readPastedToken(text);
      let refused: unknown;
      for (const redirect of REDIRECTS) {
        try {
          const grant = await tokens.refresh(token, redirect);
          const adopt = async (): Promise<void> => {
            await password.erase();
            await begin(grant, redirect, null, token);
          };
          return { accessToken: grant.accessToken, adopt };
        } catch (error) {
          if (!isThermiaError(error, 'sign_in_needed', 'rejected')) throw error;
          refused ??= error;
        }
      }
      throw refused;
    },
    signOut: async () => {
      epoch += 1;
      cancel();
      held = null;
      renewing = null;
      record = EMPTY_RECORD;
      tell();
      const outcomes = await Promise.allSettled([records.erase(), credentials.erase()]);
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined)
        throw new ThermiaError('storage', 'Not everything was erased', { cause: failed.reason });
    },
    forgetPassword: () => password.erase(),
    state,
    chain: () => {
      const { startedAt, endsAt, kind } = record.chain;
      return { startedAt, endsAt, kind };
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      stopped = true;
      cancel();
      await renewing?.catch(() => undefined);
    },
  };
};
