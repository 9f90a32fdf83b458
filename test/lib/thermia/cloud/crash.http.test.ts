import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Agent } from 'undici';
import { createThermiaOnline, type ThermiaOnline } from '../../../../lib/thermia/cloud/index.js';
import { startThermiaOnline, type ThermiaSimulator } from '../../../../sandbox/thermia-online/index.js';
import { fileStore } from './file-store.js';
import { memoryCredentials, memoryLogger, never } from './memory.js';

let folder: string;
let store: string;
let sim: ThermiaSimulator;
let agent: Agent;
const clients: ThermiaOnline[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thermia-crash-'));
  store = join(folder, 'settings.json');
  agent = new Agent();
  sim = await startThermiaOnline();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
  await agent.destroy();
  await sim.close();
  rmSync(folder, { recursive: true });
});

const client = (password?: string, laterMs = 0): ThermiaOnline => {
  const credentials = memoryCredentials();
  if (password !== undefined) credentials.kept = { username: sim.username, password };
  const online = createThermiaOnline({
    store: fileStore(store),
    credentials,
    clock: {
      now: () => Date.now() + laterMs,
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    logger: memoryLogger(),
    dispatcher: agent,
    origin: sim.origin,
  });
  clients.push(online);
  return online;
};

const dieAt = (moment: string, who: '' | 'kept' | 'person' = ''): Promise<string | null> =>
  new Promise((resolve) => {
    const script = fileURLToPath(new URL('crash-child.ts', import.meta.url));
    const given = [sim.origin, store, moment, who, sim.username, sim.password];
    spawn(process.execPath, ['--import', 'tsx', script, ...given], {
      stdio: 'inherit',
    }).once('exit', (_code, signal) => resolve(signal));
  });

/** The new token was not stored: the old one is what a restart has. */
const LOST = ['answered', 'before-store', 'half-stored'] as const;
const SAFE = ['stored', 'before-use', 'used'] as const;

describe.each(['strict', 'lenient'] as const)('kill -9 elsewhere, %s rotation', (refreshReuse) => {
  beforeEach(async () => {
    sim.control.setPolicy({ refreshReuse });
    await client().signIn({ username: sim.username, password: sim.password }, { keepPassword: false });
  });

  it('before the request was sent: nothing is lost', async () => {
    expect(await dieAt('before-request')).toBe('SIGKILL');
    expect(await client().source.list(never)).toHaveLength(1);
    expect(sim.control.counters()).toMatchObject({ passwordSignIns: 1, refreshes: 1, refreshesRefused: 0 });
  });

  it('in an automatic sign-in, before its tokens are stored: tried again after the minute', async () => {
    sim.control.revokeRefreshTokens();
    expect(await dieAt('signed-in', 'kept')).toBe('SIGKILL');
    expect(sim.control.counters().passwordSignIns).toBe(2);
    await expect(client(sim.password).source.list(never)).rejects.toMatchObject({ kind: 'timeout' });
    expect(sim.control.counters().passwordSignIns).toBe(2);
    expect(await client(sim.password, 2 * 60_000).source.list(never)).toHaveLength(1);
    expect(sim.control.counters()).toMatchObject({ passwordSignIns: 3, refreshesRefused: 1 });
  });

  it('in a sign-in by the person, before its tokens are stored: the earlier chain goes on', async () => {
    expect(await dieAt('signed-in', 'person')).toBe('SIGKILL');
    expect(await client().source.list(never)).toHaveLength(1);
    expect(sim.control.counters()).toMatchObject({ passwordSignIns: 2, refreshes: 1, refreshesRefused: 0 });
  });
});

describe('kill -9 between the token answer and its use', () => {
  const prepare = async (refreshReuse: 'strict' | 'lenient', moment: string): Promise<void> => {
    sim.control.setPolicy({ refreshReuse });
    await client().signIn({ username: sim.username, password: sim.password }, { keepPassword: false });
    expect(await dieAt(moment)).toBe('SIGKILL');
    expect(sim.control.counters().refreshes).toBe(1);
    sim.control.resetCounters();
  };

  it.each([
    ...[...LOST, ...SAFE].map((moment) => ['lenient', moment] as const),
    ...SAFE.map((moment) => ['strict', moment] as const),
  ])('%s rotation, %s: goes on with no new sign-in', async (reuse, moment) => {
    await prepare(reuse, moment);
    expect(await client().source.list(never)).toHaveLength(1);
    expect(sim.control.counters()).toMatchObject({ passwordTries: 0, refreshes: 1, refreshesRefused: 0 });
  });

  it.each(LOST)(
    'strict rotation, %s: a kept password recovers it, without one the person is asked',
    async (moment) => {
      await prepare('strict', moment);
      copyFileSync(store, `${store}.copy`);
      const forgetful = client();
      await expect(forgetful.source.list(never)).rejects.toMatchObject({ kind: 'sign_in_needed' });
      expect(forgetful.session().state).toBe('sign_in_needed');
      expect(sim.control.counters()).toMatchObject({ passwordTries: 0, refreshesRefused: 1 });
      copyFileSync(`${store}.copy`, store);
      expect(await client(sim.password).source.list(never)).toHaveLength(1);
      expect(sim.control.counters()).toMatchObject({ passwordSignIns: 1, refreshesRefused: 2 });
    },
  );
});
