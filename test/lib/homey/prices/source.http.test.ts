import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPriceSource, type PriceSource } from '../../../../lib/homey/prices/source.js';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.js';

const QUARTER = 15 * 60_000;
const MIDNIGHT = Date.parse('2026-01-15T00:00:00+01:00');
const local = (ms: number): string => new Date(ms + 4 * QUARTER).toISOString().replace('.000Z', '+01:00');
/** A day as the service gives it. */
const DAY = Array.from({ length: 96 }, (_, index) => ({
  SEK_per_kWh: index / 100,
  EUR_per_kWh: index / 1000,
  EXR: 11,
  time_start: local(MIDNIGHT + index * QUARTER),
  time_end: local(MIDNIGHT + (index + 1) * QUARTER),
}));

let server: Server;
let agent: Agent;
let clock: VirtualClock;
let source: PriceSource;
let answer: { status: number; body: string } | null;
let paths: (string | undefined)[];

beforeEach(async () => {
  answer = { status: 200, body: JSON.stringify(DAY) };
  paths = [];
  server = createServer((request, response) => {
    paths.push(request.url);
    if (answer !== null) response.writeHead(answer.status).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  agent = new Agent();
  clock = createVirtualClock(MIDNIGHT);
  const { port } = server.address() as AddressInfo;
  source = createPriceSource({ dispatcher: agent, clock, origin: `http://127.0.0.1:${port}` });
});
afterEach(async () => {
  await agent.destroy();
  server.closeAllConnections();
  server.close();
  expect(clock.pending()).toBe(0);
});
const ask = () => source.day('SE3', '2026-01-15', new AbortController().signal);

describe('a public source of prices', () => {
  it('gives the quarters of a day', async () => {
    const prices = await ask();
    expect(paths).toEqual(['/api/v1/prices/2026/01-15_SE3.json']);
    expect(prices).toHaveLength(96);
    expect(prices?.[1]).toEqual({ start: MIDNIGHT + QUARTER, end: MIDNIGHT + 2 * QUARTER, value: 0.01 });
  });

  it('says that prices are not out yet', async () => {
    answer = { status: 404, body: 'Not found' };
    expect(await ask()).toBeNull();
  });

  it.each([
    [{ status: 500, body: '' }, 'service_down'],
    [{ status: 200, body: '<html></html>' }, 'unexpected_answer'],
    [{ status: 200, body: '[{"time_start":"2026-01-15T00:00:00+01:00"}]' }, 'unexpected_answer'],
    [{ status: 302, body: '' }, 'service_down'],
  ])('%j is no answer', async (given, kind) => {
    answer = given;
    await expect(ask()).rejects.toMatchObject({ kind });
  });

  it('waits for so long and no longer', async () => {
    answer = null;
    const asked = expect(ask()).rejects.toMatchObject({ kind: 'stopped' });
    while (paths.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(20_000);
    await asked;
  });
});
