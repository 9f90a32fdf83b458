import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '../../../sandbox/thermia-online/faults.js';
import type { Fault, ThermiaSimulator } from '../../../sandbox/thermia-online/index.js';
import { caller, codeOf, confirm, givePassword, openPage, redeem, refresh, signIn } from './account.js';
import { handClock } from './clock.js';
import { simulators } from './simulators.js';

const start = simulators();
const LIST = '/api/v1/installationsInfo';

const hit = async (fault: Fault): Promise<{ simulator: ThermiaSimulator; get: () => Promise<Response> }> => {
  const simulator = await start();
  const api = await caller(simulator);
  simulator.control.addFault({ match: 'installations', times: 1, ...fault });
  return { simulator, get: () => api.get(LIST) };
};

describe('faults', () => {
  test.each<[Fault, number, RegExp, string]>([
    [{ kind: 'status' }, 500, /Error 500/, 'text/plain'],
    [{ kind: 'status', status: 404 }, 404, /has been removed/, 'text/plain'],
    [
      { kind: 'status', status: 404, body: 'problem' },
      404,
      /"title":"Not Found"/,
      'application/problem+json',
    ],
    [{ kind: 'status', status: 503, body: 'html' }, 503, /<h1>503/, 'text/html'],
    [{ kind: 'status', status: 403, text: '{"no":1}' }, 403, /"no":1/, 'application/json'],
    [{ kind: 'html' }, 200, /<!doctype html>/, 'text/html'],
    [{ kind: 'outage' }, 404, /temporarily unavailable/, 'text/html'],
    [{ kind: 'malformed' }, 200, /,,\}$/, 'application/json'],
  ])('%j', async (fault, status, body, type) => {
    const { get } = await hit(fault);
    const response = await get();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain(type);
    expect(await response.text()).toMatch(body);
    expect((await get()).status).toBe(200);
  });

  test('Retry-After in both forms', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const api = await caller(simulator);
    simulator.control.addFault({ kind: 'status', status: 429, retryAfterS: 90, times: 1 });
    expect((await api.get(LIST)).headers.get('retry-after')).toBe('90');
    simulator.control.addFault({
      kind: 'status',
      status: 429,
      retryAfterS: 90,
      retryAfterForm: 'date',
      times: 1,
    });
    const answer = await api.get(LIST);
    expect(Date.parse(answer.headers.get('retry-after') ?? '')).toBe(clock.now() + 90_000);
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(clock.now());
  });

  test.each(['reset', 'truncated'] as const)('%s breaks the connection', async (kind) => {
    const { get } = await hit({ kind });
    await expect(get().then((response) => response.text())).rejects.toThrow();
    expect((await get()).status).toBe(200);
  });

  test('hang says nothing, and does not outlive the server', async () => {
    const { get, simulator } = await hit({ kind: 'hang' });
    const asked = get();
    const settled = asked.then(
      () => 'answered',
      () => 'ended',
    );
    expect((await get()).status).toBe(200);
    await simulator.close();
    expect(await settled).toBe('ended');
  });

  test('slow answers come when their time has come', async () => {
    const clock = handClock();
    const simulator = await start({ clock });
    const api = await caller(simulator);
    simulator.control.addFault({ kind: 'slow', delayMs: 8000, match: LIST });
    let answered = false;
    const asked = api.get(LIST).then((response) => {
      answered = true;
      return response.status;
    });
    expect((await api.get('/api/v1/users/current')).status).toBe(200);
    expect(answered).toBe(false);
    clock.advance(8000);
    expect(await asked).toBe(200);
  });

  test('extra adds fields and takes values away', async () => {
    const { get } = await hit({ kind: 'extra', nullShare: 1 });
    const { items } = (await (await get()).json()) as { items: Record<string, unknown>[] };
    expect(items[0]).toMatchObject({
      id: 2100417,
      isOnline: null,
      anotherField: null,
      addedLater: { version: 7 },
    });
  });

  test('a lost answer still took effect', async () => {
    const simulator = await start({ session: { refreshReuse: 'strict' } });
    const first = String((await signIn(simulator))['refresh_token']);
    simulator.control.addFault({ kind: 'reset', match: 'token', when: 'after', times: 1 });
    await expect(refresh(simulator, first)).rejects.toThrow();
    expect(simulator.control.counters().refreshes).toBe(1);
    expect((await refresh(simulator, first)).status).toBe(400);
  });

  test('chance decides by the random that was handed in', async () => {
    const simulator = await start({ random: () => 0.5 });
    const api = await caller(simulator);
    simulator.control.addFault({ kind: 'status', probability: 0.5 });
    expect((await api.get(LIST)).status).toBe(200);
    simulator.control.addFault({ kind: 'status', probability: 0.51 });
    expect((await api.get(LIST)).status).toBe(500);
  });

  test.each(FAULT_KINDS.filter((kind) => kind !== 'slow'))(
    '%s aimed at the token endpoint is over after one',
    async (kind) => {
      const simulator = await start();
      const page = await openPage(simulator);
      await givePassword(simulator, page, simulator.username, simulator.password);
      const code = codeOf(await confirm(simulator, page));
      const id = simulator.control.addFault({ kind, match: 'token', times: 1 });
      if (kind === 'hang') simulator.control.removeFault(id);
      await redeem(simulator, code, page.verifier)
        .then((response) => response.text())
        .catch(() => 'broken');
      expect(simulator.control.faults()).toEqual([]);
    },
  );
});
