import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtInPumps, startThermiaOnline } from '../../../sandbox/thermia-online/index.js';
import { caller, refresh, signIn } from './account.js';
import { handClock } from './clock.js';
import { PUMP } from './registers.js';
import { simulators } from './simulators.js';

const start = simulators();
let folder = '';
let stateFile = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thermia-online-'));
  stateFile = join(folder, 'deeper', 'state.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('refresh tokens, counters and settings outlive the process, without a goodbye', async () => {
  const clock = handClock();
  // The first one is never closed before the second starts: as after kill -9.
  const first = await start({ clock, stateFile });
  const token = String((await signIn(first))['refresh_token']);
  const api = await caller(first);
  await api.send('POST', `/api/v1/Registers/Installations/${PUMP}/Registers`, {
    registerSpecificationId: 52154,
    registerValue: 0,
    clientUuid: 'x',
  });
  clock.advance(60_000);
  expect(first.control.getRegister(PUMP, 'REG_HOT_WATER_STATUS')).toBe(0);
  const tank = first.control.getRegister(PUMP, 'REG_HOT_WATER_TEMPERATURE');

  const second = await start({ clock, stateFile });
  expect(second.control.counters()).toMatchObject({ passwordSignIns: 2 });
  expect(second.control.getRegister(PUMP, 'REG_HOT_WATER_STATUS')).toBe(0);
  expect(second.control.getRegister(PUMP, 'REG_HOT_WATER_TEMPERATURE')).toBe(tank);
  expect((await refresh(second, token)).status).toBe(200);
  expect(second.control.counters()).toMatchObject({ passwordSignIns: 2, refreshes: 1 });
});

test('an accepted write shows, though the process ended before it did', async () => {
  const clock = handClock();
  const first = await start({ clock, stateFile });
  const api = await caller(first);
  await api.send('POST', `/api/v1/Registers/Installations/${PUMP}/Registers`, {
    registerSpecificationId: 52154,
    registerValue: 0,
    clientUuid: 'x',
  });
  const second = await start({ clock, stateFile });
  expect(second.control.getRegister(PUMP, 'REG_HOT_WATER_STATUS')).toBe(1);
  clock.advance(60_000);
  expect(second.control.getRegister(PUMP, 'REG_HOT_WATER_STATUS')).toBe(0);
});

test('no token lies in the file', async () => {
  const simulator = await start({ stateFile });
  const { refresh_token: token, access_token: access } = await signIn(simulator);
  const text = await readFile(stateFile, 'utf8');
  expect(text).not.toContain(String(token).slice(-40));
  expect(text).not.toContain(String(access).slice(-40));
});

test('a file that is not ours is refused', async () => {
  const foreign = join(folder, 'foreign.json');
  await writeFile(foreign, '{"version":9}');
  await expect(startThermiaOnline({ stateFile: foreign })).rejects.toThrow('is not a state file');
  await writeFile(foreign, '{"vers');
  await expect(startThermiaOnline({ stateFile: foreign })).rejects.toThrow('is not a state file');
});

test('a taken port is refused', async () => {
  const { origin } = await start();
  await expect(startThermiaOnline({ port: Number(new URL(origin).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('the pumps are each their own', () => {
  const ids = builtInPumps.flatMap(({ registers }) =>
    Object.values(registers).flatMap((list) => list.map((register) => register['registerId'])),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(builtInPumps.map(({ id }) => id)).size).toBe(builtInPumps.length);
});
