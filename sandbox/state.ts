import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from './options.js';

const MARK = 'sandbox.json';
const PATIENCE_MS = 5000;

const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Process numbers are used again after a restart of the machine, so a living process must also be a sandbox. */
const isSandbox = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  const commandLine = `/proc/${String(pid)}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('start.mjs');
};

const holderOf = (mark: string): number | null => {
  try {
    const holder: unknown = JSON.parse(readFileSync(mark, 'utf8'));
    return typeof holder === 'object' && holder !== null && 'pid' in holder && typeof holder.pid === 'number'
      ? holder.pid
      : null;
  } catch {
    return null;
  }
};

/**
 * Takes the state folder for this process. Only a folder that is empty or that a sandbox has used is taken, so that
 * `--fresh` cannot wipe anything else. A predecessor that is just ending gets a moment to do so.
 */
export const claimState = async (folder: string, fresh: boolean): Promise<() => void> => {
  const mark = join(folder, MARK);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(
      `The state folder ${folder} cannot be made (${errorCode(error) ?? 'unknown reason'}).`,
    );
  }
  const content = readdirSync(folder);
  if (content.length > 0 && !content.includes(MARK)) {
    throw new UsageError(
      `${folder} holds something else than the state of a sandbox; name an empty folder with --state.`,
    );
  }
  const deadline = Date.now() + PATIENCE_MS;
  for (
    let pid = holderOf(mark);
    pid !== null && pid !== process.pid && isSandbox(pid);
    pid = holderOf(mark)
  ) {
    if (Date.now() > deadline) {
      throw new UsageError(
        `The state in ${folder} is in use by process ${String(pid)}; end it or name another folder with --state.`,
      );
    }
    await sleep(100);
  }
  if (fresh) for (const name of content) rmSync(join(folder, name), { recursive: true, force: true });
  writeFileSync(mark, JSON.stringify({ pid: process.pid }));
  return () => {
    writeFileSync(mark, JSON.stringify({ pid: null }));
  };
};
