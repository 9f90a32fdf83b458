import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Counters } from './counters.js';
import type { PumpMemory } from './pump.js';
import type { TokenMemory } from './sign-in/tokens.js';

/** What outlives the process: whose tokens count, what was counted, what the pumps were set to. */
export interface StoredState {
  readonly version: 1;
  readonly tokens: TokenMemory;
  readonly counters: Counters;
  readonly pumps: Readonly<Record<string, PumpMemory>>;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Null when there is no file yet. Throws when there is one that is not ours. */
export const loadState = (file: string): StoredState | null => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const state = parsed(text);
  if (typeof state !== 'object' || state === null || !('version' in state) || state.version !== 1) {
    throw new Error(`${file} is not a state file of the simulated Thermia Online.`);
  }
  return state as StoredState;
};

/** The old file or the new one, never half of one, whenever the process is killed. */
export const saveState = (file: string, state: StoredState): void => {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  const handle = openSync(fresh, 'w');
  try {
    writeSync(handle, JSON.stringify(state));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
};
