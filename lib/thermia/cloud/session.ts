import { isThermiaError, ThermiaError } from '../errors.js';
import type { Cancel, Credentials } from '../ports.js';
import { REDIRECTS } from './addresses.js';
import { beginChain, type Chain, continueChain } from './chain.js';
import { type Held, heldSince } from './held.js';
import type { Access } from './policies/unauthorized.js';
import { createPasswordKeeper } from './password-keeper.js';
import { spendPastedToken } from './pasted-token.js';
import { createRefreshPause } from './refresh-pause.js';
import { createSessionListeners } from './session-listeners.js';
import type { Session, SessionParts } from './session-parts.js';
import { EMPTY_RECORD, type SessionRecord, type Trouble } from './session-record.js';
import { isDue, refusalFrom, stateOf, troubleAfter, troubleOfEnd, troubleOfTry } from './session-state.js';
import type { Grant } from './token-endpoint.js';
import type { SessionState } from './types.js';

/** A token that is refused this soon after it came is not cured by another one; an early refresh is not repeated sooner. */
const PAUSE_MS = 60_000;

/**
 * Who may use the service now. There is one spender of the refresh token, and it stores the next one before anybody uses
 * what came with it. `epoch` tells apart what an explicit sign-in or sign-out has made obsolete: whatever waits looks at
 * it again before it changes anything.
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
  let signOuts = 0;
  let renewing: Promise<Access> | null = null;
  let stopped = false;

  const state = (): SessionState => stateOf(record, held !== null);
  const listeners = createSessionListeners(state, logger);
  const { tell } = listeners;
  const password = createPasswordKeeper(credentials, logger);
  const pause = createRefreshPause({ clock, random });

  const assertSame = (before: number, now: number): void => {
    if (before !== now) throw new ThermiaError('stopped', 'Another sign-in or a sign-out came first');
  };
  const assertCurrent = (mine: number): void => assertSame(mine, epoch);
  const change = async (mine: number, next: SessionRecord): Promise<void> => {
    record = next;
    await records.save(next);
    assertCurrent(mine);
  };

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
    mine: number,
    grant: Grant,
    next: Pick<SessionRecord, 'redirect' | 'passwordIsOld'> & { chain: Chain; known: string | null },
  ): Promise<Access> => {
    const receivedAt = clock.now();
    cancel();
    const { known, ...rest } = next;
    const refreshToken = grant.refreshToken ?? known;
    const trouble = refreshToken === null ? troubleOfEnd(receivedAt) : null;
    await change(mine, { ...rest, refreshToken, trouble });
    if (grant.accessToken === null) {
      tell();
      throw new ThermiaError('session_failed', 'token: no access token came', { during: 'token' });
    }
    pause.end();
    generation += 1;
    held = heldSince(receivedAt, { token: grant.accessToken, generation }, grant.expiresInMs);
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
    const kept = record.passwordIsOld ? null : await password.load();
    assertCurrent(mine);
    if (kept === null) {
      const final = { ...trouble, notBefore: null };
      if (trouble.notBefore !== null) await change(mine, { ...record, trouble: final });
      tell();
      throw refuse(final);
    }
    // The pause is stored before the try, so that no loop of restarts can hammer the service with a password.
    const pending = troubleOfTry(trouble, clock.now(), random());
    await change(mine, { ...record, trouble: pending });
    let grant: Grant;
    try {
      grant = await signInWithPassword(kept, REDIRECTS[0]);
    } catch (error) {
      assertCurrent(mine);
      // Cut off is not failed: the pause that is stored already is all that comes of it.
      if (!isThermiaError(error) || error.kind === 'stopped') throw error;
      const after = troubleAfter(trouble, clock.now(), random(), error);
      const { code, during } = error.facts;
      logger.warn('The automatic sign-in failed', { kind: error.kind, code, during });
      await change(mine, { ...record, trouble: after });
      if (after.notBefore === null) await password.drop();
      tell();
      throw refuse(after);
    }
    assertCurrent(mine);
    logger.info('Signed in again with the kept password');
    const now = clock.now();
    const chain = beginChain(grant, now, now);
    return adopt(mine, grant, { redirect: REDIRECTS[0], chain, known: null, passwordIsOld: false });
  };

  const refresh = async (mine: number, refreshToken: string): Promise<Access> => {
    const { redirect, chain } = record;
    pause.assertOver();
    try {
      const grant = await tokens.refresh(refreshToken, redirect);
      assertCurrent(mine);
      const next = continueChain(chain, grant, clock.now());
      if (next.kind !== chain.kind) logger.info('The chain of refresh tokens is', { kind: next.kind });
      const { passwordIsOld } = record;
      return await adopt(mine, grant, { redirect, chain: next, known: refreshToken, passwordIsOld });
    } catch (error) {
      assertCurrent(mine);
      if (isThermiaError(error, 'session_failed')) {
        pause.failed();
        const { code, status } = error.facts;
        logger.warn('The token endpoint answered oddly', { code, status });
      }
      if (!isThermiaError(error, 'sign_in_needed')) throw error;
      const leftMs = chain.endsAt === null ? null : chain.endsAt - clock.now();
      logger.warn('The chain of refresh tokens has ended', { code: error.facts.code, leftMs });
      held = null;
      await change(mine, { ...record, refreshToken: null, trouble: troubleOfEnd(clock.now(), error) });
      return automaticSignIn(mine);
    }
  };

  const renew = async (): Promise<Access> => {
    const mine = epoch;
    const { refreshToken } = record;
    try {
      return await (refreshToken === null ? automaticSignIn(mine) : refresh(mine, refreshToken));
    } catch (error) {
      // What was overtaken has no say: whoever waits gets what there is now.
      if (epoch === mine) throw error;
      return access();
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

  /** Answers with the new epoch. `left` is how many sign-outs there were when the person asked for it. */
  const begin = async (
    left: number,
    grant: Grant,
    from: { redirect: string; startedAt: number | null; known: string | null },
  ): Promise<number> => {
    assertSame(left, signOuts);
    const mine = (epoch += 1);
    held = null;
    pause.end();
    const { redirect, startedAt, known } = from;
    const chain = beginChain(grant, clock.now(), startedAt);
    // Without an access token it has begun all the same: the first request refreshes.
    await alone(() => adopt(mine, grant, { redirect, chain, known, passwordIsOld: true })).catch(
      (error: unknown) => {
        if (!isThermiaError(error, 'session_failed')) throw error;
      },
    );
    assertCurrent(mine);
    return mine;
  };

  const note = async (mine: number, passwordIsOld: boolean): Promise<void> => {
    if (epoch !== mine) return;
    record = { ...record, passwordIsOld };
    await records.save(record);
  };

  const keepPassword = async (mine: number, given: Credentials): Promise<void> => {
    // Said first: who tidies up meanwhile must not take it for the old one.
    record = { ...record, passwordIsOld: false };
    await note(mine, !(await password.keep(given)));
  };

  /** An erasure that fails is tried again with the next request; the password is not used meanwhile. */
  const dropOldPassword = async (): Promise<void> => {
    const mine = epoch;
    if (record.passwordIsOld && (await password.drop())) await note(mine, false);
  };

  const mark = ({ generation: which }: Access, doubtful: boolean): void => {
    if (held?.generation === which) held.doubtful = doubtful;
  };

  return {
    access: async () => {
      await records.repair();
      await dropOldPassword();
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
    signIn: async (given, options) => {
      const left = signOuts;
      const grant = await signInWithPassword(given, REDIRECTS[0]);
      const from = { redirect: REDIRECTS[0], startedAt: clock.now(), known: null };
      const mine = await begin(left, grant, from);
      await (options.keepPassword ? keepPassword(mine, given) : dropOldPassword());
    },
    tryToken: async (text) => {
      const left = signOuts;
      const { token, redirect, grant } = await spendPastedToken(tokens, text);
      return {
        accessToken: grant.accessToken,
        adopt: async () => {
          await begin(left, grant, { redirect, startedAt: null, known: token });
          await dropOldPassword();
        },
      };
    },
    signOut: async () => {
      epoch += 1;
      signOuts += 1;
      cancel();
      held = null;
      renewing = null;
      pause.end();
      record = EMPTY_RECORD;
      tell();
      const outcomes = await Promise.allSettled([records.erase(), password.erase()]);
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
    onChange: listeners.add,
    stop: async () => {
      stopped = true;
      cancel();
      await renewing?.catch(() => undefined);
    },
  };
};
