import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { Problem } from '../problem.js';

const STALE_MS = 10_000;
const RETRY_MS = 100;
const RETRIES = 600;

/**
 * Runs `work` while no other process does so for the same path. A lock that a killed process left behind is taken over
 * after ten seconds.
 */
export const withLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const held = { isLost: false };
  let release: () => Promise<void>;
  try {
    release = await lock(path, {
      realpath: false,
      stale: STALE_MS,
      retries: { retries: RETRIES, minTimeout: RETRY_MS, maxTimeout: RETRY_MS, factor: 1 },
      onCompromised: () => {
        held.isLost = true;
      },
    });
  } catch (error) {
    throw new Problem('file', `Another thermia uses ${path} and does not end: try again when it has.`, error);
  }
  try {
    return await work();
  } finally {
    if (!held.isLost) await release();
  }
};
