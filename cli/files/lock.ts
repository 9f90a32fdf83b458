import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { Problem } from '../problem.js';
import type { Shell } from '../shell.js';

const STALE_MS = 10_000;
const RETRY_MS = 100;
/** Who waits no longer than this is told nothing. */
const SHORT_TRIES = 10;
const TRIES = 600;

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOCKED';

/**
 * Runs `work` while no other process does so for the same path. A lock that a killed process left behind is taken over
 * after ten seconds.
 */
export const withLock = async <T>(
  { out }: Pick<Shell, 'out'>,
  path: string,
  work: () => Promise<T>,
): Promise<T> => {
  const held = { isLost: false };
  const attempt = (retries: number): Promise<() => Promise<void>> =>
    lock(path, {
      realpath: false,
      stale: STALE_MS,
      retries: { retries, minTimeout: RETRY_MS, maxTimeout: RETRY_MS, factor: 1 },
      onCompromised: () => {
        held.isLost = true;
      },
    });
  /** Only a lock that somebody else has is waited for. */
  const patiently = async (): Promise<() => Promise<void>> => {
    let taken: unknown;
    for (const tries of [0, SHORT_TRIES, TRIES]) {
      if (tries === TRIES) out.note('Waiting for another thermia, which uses the same sign-in …');
      try {
        return await attempt(tries);
      } catch (error) {
        if (!isTaken(error)) throw error;
        taken = error;
      }
    }
    throw new Problem('file', `Another thermia uses ${path} and does not end: try again when it has.`, taken);
  };
  let release: () => Promise<void>;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    release = await patiently();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('file', `${dirname(path)} cannot be used: may you write in this folder?`, error);
  }
  try {
    return await work();
  } finally {
    if (!held.isLost) await release();
  }
};
