import { afterEach, expect, it } from 'vitest';
import { createRequestCounter, DAILY_REQUESTS } from '../../../../lib/thermia/account/index.js';
import { createVirtualClock } from '../../../support/virtual-clock.js';
import { DAY, MINUTE, startRig, timersLeft, type Rig } from './rig.js';

let rig: Rig;
afterEach(async () => {
  expect(await timersLeft(rig)).toBe(0);
});

it('requests are counted by the source, where it does', async () => {
  const requests = createRequestCounter(createVirtualClock());
  requests.count('somewhere else');
  rig = await startRig(['1'], { requests });
  expect(rig.account.budget()).toEqual({ requests: { 'somewhere else': 1 }, total: 1 });
});

it('a day of an idle pump stays within the budget, and is at most three minutes old at the median', async () => {
  rig = await startRig(['1', '2']);
  const ages: number[] = [];
  for (let minute = 0; minute < DAY / MINUTE; minute += 1) {
    await rig.clock.advance(MINUTE);
    const at = rig.account.snapshot('1')?.readings.activity?.at ?? 0;
    ages.push(rig.clock.now() - at);
  }
  const weight: Readonly<Record<string, number>> = { settings: 4, profile: 2 };
  const requests = rig.bus.calls
    .filter(({ pumpId }) => pumpId !== '2')
    .flatMap(({ topics, what }): readonly string[] => (what === 'list' ? ['list'] : topics))
    .reduce((sum, name) => sum + (weight[name] ?? 1), 0);
  // The source asks its empty groups once a day.
  expect(requests + 15).toBeLessThanOrEqual(DAILY_REQUESTS);
  expect(requests).toBeGreaterThan(1000);
  const median = ages.toSorted((one, other) => one - other)[ages.length / 2] ?? Infinity;
  expect(median).toBeLessThanOrEqual(3 * MINUTE);
  expect(rig.account.budget().requests['list']).toBeLessThanOrEqual(97);
});
