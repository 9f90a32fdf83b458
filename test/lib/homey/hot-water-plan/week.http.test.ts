import { describe, expect, it } from 'vitest';
import { liveVirtualDays } from '../../../support/hot-water-cloud.js';
import { DEMO_PUMP, WARM_PUMP } from '../../../support/hot-water-pumps.js';

const DAYS = 7;
const DAILY_WRITES = 12;
/** On a busy computer; alone it takes a fraction of that. */
const TIMEOUT_MS = 600_000;

describe('seven days with the plan instead of the three Flows, with a real account', () => {
  it.each([
    ['that keeps its tank warm by itself', WARM_PUMP, 0, 0, DAYS * DAILY_WRITES],
    // Below 50 °C most of the time in either way; the week ends somewhere in a charge of half an hour.
    ['that heats from 45 to 52 °C', DEMO_PUMP, 120, 30, 2 * DAYS],
  ])(
    'are as warm and take no more by day: a pump %s',
    async (_name, pump, slackBelow, slackByDay, mostInAll) => {
      const flows = await liveVirtualDays('flows', pump, DAYS);
      const plan = await liveVirtualDays('plan', pump, DAYS);
      console.log(JSON.stringify({ flows, plan }));
      expect(flows.writes).toBeGreaterThanOrEqual(2 * DAYS - 1);
      expect(flows.expensiveMinutes).toBeGreaterThan(0);
      expect(plan.minutesBelow50).toBeLessThanOrEqual(flows.minutesBelow50 + slackBelow);
      expect(plan.coldest).toBeGreaterThanOrEqual(flows.coldest);
      expect(plan.expensiveMinutes).toBeLessThanOrEqual(flows.expensiveMinutes + slackByDay);
      expect(plan.mostWrites).toBeLessThanOrEqual(DAILY_WRITES);
      expect(plan.writes).toBeLessThanOrEqual(mostInAll);
    },
    TIMEOUT_MS,
  );
});
