import { afterEach, expect, it } from 'vitest';
import { HOUR, type House, MINUTE, SECOND, startHouse } from './house.js';

let house: House;
afterEach(async () => {
  await house.cloud.stop();
  expect(house.cloud.clock.pending()).toBe(0);
  await house.cloud.close();
});

const own = (): AbortSignal => new AbortController().signal;

it('for an hour of tokens that end early, many who are refused at once or late share one refresh each', async () => {
  house = await startHouse({ seed: 11 });
  const { cloud, ids } = house;
  const { control } = cloud.sim;
  const { api, source } = cloud.thermia.online;
  const before = control.counters();
  const endsAt = cloud.clock.now() + HOUR;
  let ended = 0;
  while (cloud.clock.now() < endsAt) {
    const wrong = await cloud.finish(api.installations.list(own()));
    expect(wrong).toHaveLength(2);
    // These are refused at different times, the last of them long after the token has been renewed.
    for (const delayMs of [12, 7, 3]) {
      control.addFault({ kind: 'slow', delayMs: delayMs * SECOND, match: 'status', times: 1 });
    }
    const late = [0, 1, 2].map((index) => api.installations.status(ids[index % 2] ?? '', own()));
    await cloud.advance(SECOND);
    control.expireAccessTokens();
    ended += 1;
    const many = Array.from({ length: 8 }, (_, index) =>
      index % 2 === 0 ? source.list(own()) : source.read(ids[0] ?? '', ['doing', 'temperatures'], own()),
    );
    const [answers, lateAnswers] = await cloud.finish(Promise.all([Promise.all(many), Promise.all(late)]));
    expect(answers).toHaveLength(8);
    expect(lateAnswers.map(({ heatingEffect }) => typeof heatingEffect)).toEqual([
      'number',
      'number',
      'number',
    ]);
    await cloud.advance(2 * MINUTE);
  }
  const after = control.counters();
  expect(ended).toBeGreaterThan(20);
  expect(after.refreshes - before.refreshes).toBe(ended);
  expect(after.refreshesRefused).toBe(0);
  expect(after.passwordSignIns).toBe(1);
  expect(cloud.states).toEqual([{ state: 'signed_in' }]);
  expect(cloud.log.filter(({ level }) => level !== 'info')).toEqual([]);
  expect(house.differences()).toEqual([]);
}, 120_000);
