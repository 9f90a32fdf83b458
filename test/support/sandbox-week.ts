import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, connectToHomey, type HomeyClient } from '../../sandbox/client.js';
import { createSandboxClock, type SandboxClock } from '../../sandbox/clock.js';
import { startHomey } from '../../sandbox/homey/index.js';
import { pairAll } from '../../sandbox/pairing.js';
import { startThermiaOnline } from '../../sandbox/thermia-online/index.js';
import type { LivedDays } from './hot-water-cloud.js';
import { WARM_PUMP } from './hot-water-pumps.js';
import { devicesOf, eventually } from './sandbox.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DRIVER = 'homey:app:com.thermia.online:heat-pump';
/** The bit of the status register that says that the pump makes hot water. */
const MAKING_HOT_WATER = 4;
/** A winter Monday, local midnight. */
const MONDAY = Date.parse('2026-01-12T00:00:00+01:00');

const makePlan = (client: HomeyClient, device: string): Promise<unknown> =>
  call(client, 'devices', 'setDeviceSettings', {
    id: device,
    settings: { plan_mode: 'fixed', plan_off_hours: '06:00-22:00', plan_rescue: true, plan_rescue_below: 50 },
  });

const each = (clock: SandboxClock, ms: number, run: () => void): (() => void) => {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = clock.after(ms, () => {
      next();
      run();
    });
  };
  next();
  return () => cancel();
};

/** The built app in the sandbox for some days, with the plan. */
export const liveDays = async (days: number, speed: number): Promise<Omit<LivedDays, 'mostWrites'>> => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-week-'));
  const clock = createSandboxClock({ speed, startAt: MONDAY });
  const simulator = await startThermiaOnline({ clock, pumps: WARM_PUMP });
  const homey = await startHomey({
    port: 0,
    stateDir: folder,
    appDir: fileURLToPath(new URL('../../.homeybuild', import.meta.url)),
    env: { THERMIA_ONLINE_ORIGIN: simulator.origin },
    clock,
  });
  const client = await connectToHomey(homey);
  try {
    // At high speed the patience of the app is short.
    await eventually(
      () =>
        pairAll(homey, DRIVER, simulator).then(
          () => true,
          () => false,
        ),
      (paired) => paired,
    );
    const [device] = await eventually(
      () => devicesOf(client).catch(() => []),
      (all) => typeof all[0]?.capabilitiesObj['measure_temperature']?.value === 'number',
    );
    if (device === undefined) throw new Error('There is no device.');
    await makePlan(client, device.id);
    const { control } = simulator;
    const [pump] = control.pumps();
    if (pump === undefined) throw new Error('There is no pump.');
    const held = (name: string): number => control.getRegister(pump.id, name) ?? NaN;
    const seen = { minutesBelow50: 0, coldest: Infinity, heatingMinutes: 0, expensiveMinutes: 0 };
    // Setting up takes real time, which may be hours here: the days count from when it is done.
    const begin = clock.now();
    let last = begin;
    await new Promise<void>((resolve) => {
      const end = each(clock, MINUTE, () => {
        const now = clock.now();
        if (now >= begin + days * DAY) {
          end();
          resolve();
          return;
        }
        const hour = Math.floor(((now - MONDAY) % DAY) / (60 * MINUTE));
        const tank = held('REG_HOT_WATER_TEMPERATURE');
        const heats = (held('REG_OPERATIONAL_STATUS_PRIORITY_BITMASK') & MAKING_HOT_WATER) !== 0;
        // At high speed a look may come late; it stands for the time since the last one.
        const minutes = (now - last) / MINUTE;
        last = now;
        seen.coldest = Math.min(seen.coldest, tank);
        if (tank < 50) seen.minutesBelow50 += minutes;
        if (heats) seen.heatingMinutes += minutes;
        if (heats && hour >= 6 && hour < 22) seen.expensiveMinutes += minutes;
      });
    });
    const writes = control
      .counters()
      .writes.filter(({ registerName, at }) => registerName === 'REG_HOT_WATER_STATUS' && at >= begin);
    return { ...seen, writes: writes.length };
  } finally {
    await client.destroy();
    await homey.close();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
