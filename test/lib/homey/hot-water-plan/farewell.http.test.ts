import { describe, expect, it } from 'vitest';
import { startPlannedPump } from '../../../support/hot-water-cloud.js';
import { DEMO_PUMP } from '../../../support/hot-water-pumps.js';

const MINUTE = 60_000;

describe('a device that goes, with a real account', () => {
  it('leaves hot water on at the pump though it was being read just then', async () => {
    const pump = await startPlannedPump(DEMO_PUMP, {
      plan_mode: 'fixed',
      plan_off_hours: '00:00-24:00',
      plan_rescue: false,
      plan_least_hours: 0,
    });
    try {
      await pump.cloud.advance(10 * MINUTE);
      expect(pump.held('REG_HOT_WATER_STATUS')).toBe(0);
      const read = pump.account.refresh(pump.id);
      const gone = pump.plan.leaveOn();
      await pump.cloud.advance(9_000);
      await gone;
      await read;
      await pump.cloud.advance(5 * MINUTE);
      expect(pump.writes().map(({ value }) => value)).toEqual([0, 1]);
      expect(pump.held('REG_HOT_WATER_STATUS')).toBe(1);
      expect(pump.notices).toEqual([]);
    } finally {
      await pump.close();
    }
  });
});
