import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, SECOND, startHouse } from './house.js';

let house: House;
beforeEach(async () => {
  house = await startHouse();
});
afterEach(async () => {
  await house.cloud.stop();
  expect(house.cloud.clock.pending()).toBe(0);
  await house.cloud.close();
});

const fail = (retryAfterS: number): void => {
  house.cloud.sim.control.addFault({
    kind: 'status',
    status: 429,
    retryAfterS,
    match: 'registers',
    times: 1,
  });
};

it('a page in answer to a write is a failure at once, and the value is not looked for in vain', async () => {
  house.cloud.sim.control.addFault({ kind: 'html', match: 'write', times: 1 });
  house.wish();
  await house.cloud.advance(2 * SECOND);
  expect(house.wishes[0]).toMatchObject({ outcome: { state: 'failed', error: { kind: 'service_down' } } });
});

describe('a service that wants to be left alone while a written value is looked for', () => {
  it('is left alone, and is asked again when it allows that', async () => {
    fail(70);
    house.wish();
    await house.cloud.advance(65 * SECOND);
    const asked = house.cloud.sent.length;
    expect(house.wishes[0]?.outcome).toBeNull();
    await house.cloud.advance(15 * SECOND);
    expect(house.wishes[0]).toMatchObject({ outcome: { state: 'confirmed' } });
    expect(house.cloud.sent.length).toBeGreaterThan(asked);
  });

  it('is not waited for without end', async () => {
    fail(900);
    house.wish();
    await house.cloud.advance(65 * SECOND);
    expect(house.wishes[0]).toMatchObject({ outcome: { state: 'failed', error: { kind: 'not_confirmed' } } });
  });
});
