import { afterEach, describe, expect, it } from 'vitest';
import { captured, captures } from '../support/captures.js';
import { devicesOf, eventually, Sandboxes } from '../support/sandbox.js';

/** Written down apart from the product's own table: what a capability shows, and the registers that may carry it. */
const SENSORS: readonly (readonly [capability: string, ...registers: string[]])[] = [
  ['measure_temperature', 'REG_HOT_WATER_TEMPERATURE'],
  ['measure_temperature.outdoor', 'REG_OUTDOOR_TEMPERATURE', 'REG_OPER_DATA_OUTDOOR_TEMP_MA_SA'],
  ['measure_temperature.supply', 'REG_SUPPLY_LINE', 'REG_OPER_DATA_SUPPLY_MA_SA'],
  ['measure_temperature.return', 'REG_RETURN_LINE', 'REG_OPER_DATA_RETURN', 'REG_OPER_DATA_RETURN_MA_SA'],
  ['measure_temperature.brine_in', 'REG_BRINE_IN'],
];

const sandboxes = new Sandboxes();
afterEach(() => sandboxes.cleanUp());

describe('pumps from captured answers', () => {
  for (const { name, file, capture } of captures) {
    it(`${name}: the right capabilities, none invented, values as captured`, async () => {
      const client = await (await sandboxes.start(['--capture', file])).client();
      const [device] = await eventually(
        () => devicesOf(client),
        (devices) => devices.length === 1,
      );
      expect(device!.available).toBe(capture.installation.isOnline);

      const shown = new Map(device!.capabilities.map((id) => [id, device!.capabilitiesObj[id]?.value]));
      for (const [capability, ...registers] of SENSORS) {
        const value = captured(capture, ...registers);
        expect([capability, shown.get(capability)]).toEqual([capability, value ?? undefined]);
      }
      const hotWater = captured(capture, 'REG_HOT_WATER_STATUS');
      expect(shown.get('onoff')).toBe(hotWater === null ? undefined : hotWater === 1);
      if (!capture.status.hasIndoorTempSensor) expect(shown.has('measure_temperature.indoor')).toBe(false);
    });
  }

  it('shows every captured pump when several are given', async () => {
    const args = captures.flatMap(({ file }) => ['--capture', file]);
    const client = await (await sandboxes.start(args)).client();
    const wanted = captures.length === 0 ? 1 : captures.length;
    expect(
      (
        await eventually(
          () => devicesOf(client),
          (devices) => devices.length === wanted,
        )
      ).length,
    ).toBe(wanted);
  });
});
