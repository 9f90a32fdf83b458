import type { Grant } from './token-endpoint.js';
import type { ChainFacts } from './types.js';

/** What is remembered of a chain of refresh tokens; `seenAt` is when `endsAt` was last told. */
export interface Chain extends ChainFacts {
  readonly seenAt: number | null;
}

export const NO_CHAIN: Chain = { startedAt: null, endsAt: null, kind: null, seenAt: null };

/** Rotations closer together than this say nothing of whether the end moves. */
const TELLING_MS = 10 * 60_000;

/** `startedAt` is null where the chain began elsewhere, with a pasted token. */
export const beginChain = (grant: Grant, now: number, startedAt: number | null): Chain => ({
  startedAt,
  endsAt: grant.refreshExpiresInMs === null ? null : now + grant.refreshExpiresInMs,
  kind: null,
  seenAt: grant.refreshExpiresInMs === null ? null : now,
});

/** The end of a sliding chain moves by the time that has passed; that of a fixed one stays. */
export const continueChain = (chain: Chain, grant: Grant, now: number): Chain => {
  if (grant.refreshExpiresInMs === null || grant.refreshToken === null) return chain;
  const endsAt = now + grant.refreshExpiresInMs;
  if (chain.endsAt === null || chain.seenAt === null) return { ...chain, endsAt, seenAt: now };
  const passed = now - chain.seenAt;
  if (passed < TELLING_MS) return chain;
  return { ...chain, endsAt, seenAt: now, kind: endsAt - chain.endsAt > passed / 2 ? 'sliding' : 'fixed' };
};
