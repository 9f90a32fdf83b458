import { startHotWaterPlan, type HotWaterPlan } from '../../lib/homey/hot-water-plan/runner.js';
import type { Account } from '../../lib/thermia/account/types.js';
import type { PumpData } from '../../sandbox/thermia-online/index.js';
import { FakeDevice } from '../lib/homey/fake-device.js';
import { noPrices, silent, texts } from '../lib/homey/fakes.js';
import { startVirtualCloud, type VirtualCloud } from './virtual-cloud.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 24 * 60;
/** Local midnight, some hours after the clock begins. */
const MIDNIGHT = Date.parse('2026-01-16T00:00:00+01:00');
/** The bit of the status register that says that the pump makes hot water. */
const MAKING_HOT_WATER = 4;
/** Flows look for cold water every ten minutes, so it is enough to read the pump that often. */
const INTERVAL_MIN = 10;
const SWITCH = 'REG_HOT_WATER_STATUS';

/** A real account of a simulated service with a real plan on it, in virtual time. */
export interface PlannedPump {
  readonly cloud: VirtualCloud;
  readonly account: Account;
  readonly id: string;
  readonly plan: HotWaterPlan;
  readonly device: FakeDevice;
  readonly notices: readonly string[];
  /** What the pump itself holds. */
  held(register: string): number;
  /** What the service was told of the hot water switch. */
  writes(): readonly { readonly at: number; readonly value: number }[];
  close(): Promise<void>;
}

export const startPlannedPump = async (
  pumps: readonly PumpData[],
  settings: Readonly<Record<string, unknown>>,
  intervalMin = INTERVAL_MIN,
): Promise<PlannedPump> => {
  const cloud = await startVirtualCloud({ pumps });
  await cloud.signIn(true);
  const { control } = cloud.sim;
  const [pump] = control.pumps();
  if (pump === undefined) throw new Error('There is no pump.');
  const id = String(pump.id);
  const { account } = cloud.thermia;
  account.setInterval(intervalMin);
  account.watch(id);
  await cloud.advance(MINUTE);
  const device = new FakeDevice(['onoff', 'measure_temperature', 'hot_water_plan', 'hot_water_rescue']);
  for (const [key, value] of Object.entries(settings)) device.settings.set(key, value);
  const notices: string[] = [];
  const plan = startHotWaterPlan({
    device,
    account,
    pumpId: id,
    // A Homey's clock knows whole milliseconds only.
    clock: { now: () => Math.round(cloud.clock.now()), after: (ms, run) => cloud.clock.after(ms, run) },
    logger: silent,
    texts,
    prices: noPrices,
    fire: () => undefined,
    notify: (excerpt) => {
      notices.push(excerpt);
      return Promise.resolve();
    },
  });
  account.on('snapshot', () => plan.look());
  return {
    cloud,
    account,
    id,
    plan,
    device,
    notices,
    held: (register) => control.getRegister(pump.id, register) ?? NaN,
    writes: () => control.counters().writes.filter(({ registerName }) => registerName === SWITCH),
    async close() {
      plan.stop();
      await cloud.close();
    },
  };
};

export type Way = 'flows' | 'plan';

export interface LivedDays {
  readonly minutesBelow50: number;
  readonly coldest: number;
  readonly heatingMinutes: number;
  /** Of these, between 06:00 and 22:00. */
  readonly expensiveMinutes: number;
  readonly writes: number;
  /** The most within 24 hours. */
  readonly mostWrites: number;
}

const OFF_AT = 6 * 60;
const ON_AT = 22 * 60;

/** What people have: off at 06:00, on at 22:00, and in between every ten minutes on where the water is below 50 °C. */
const flowsAt = ({ account, id }: PlannedPump, minute: number): void => {
  const readings = account.snapshot(id)?.readings;
  const isCold = (readings?.['temperature.hot_water']?.value ?? NaN) < 50;
  const rescues = minute > OFF_AT && minute < ON_AT && minute % 10 === 0 && isCold;
  const wanted = minute === OFF_AT ? false : minute === ON_AT || rescues ? true : null;
  if (wanted === null || readings?.hot_water?.value === wanted) return;
  account.write(id, 'hot_water', wanted).accepted.catch(() => undefined);
};

/** Some days of one pump with hot water switched in one of the two ways. The same each time. */
export const liveVirtualDays = async (
  way: Way,
  pumps: readonly PumpData[],
  days: number,
  intervalMin?: number,
): Promise<LivedDays> => {
  const settings = way === 'plan' ? { plan_mode: 'fixed', plan_off_hours: '06:00-22:00' } : {};
  const pump = await startPlannedPump(pumps, settings, intervalMin);
  try {
    const { cloud } = pump;
    await cloud.advance(MIDNIGHT - cloud.clock.now());
    const first = pump.writes().length;
    const seen = { minutesBelow50: 0, coldest: Infinity, heatingMinutes: 0, expensiveMinutes: 0 };
    for (let minute = 0; minute < days * DAY_MINUTES; minute += 1) {
      const clock = minute % DAY_MINUTES;
      if (way === 'flows') flowsAt(pump, clock);
      await cloud.advance(MINUTE);
      const tank = pump.held('REG_HOT_WATER_TEMPERATURE');
      seen.coldest = Math.min(seen.coldest, tank);
      if (tank < 50) seen.minutesBelow50 += 1;
      if ((pump.held('REG_OPERATIONAL_STATUS_PRIORITY_BITMASK') & MAKING_HOT_WATER) === 0) continue;
      seen.heatingMinutes += 1;
      if (clock >= OFF_AT && clock < ON_AT) seen.expensiveMinutes += 1;
    }
    const at = pump
      .writes()
      .slice(first)
      .map((write) => write.at);
    const mostWrites = Math.max(
      0,
      ...at.map((from) => at.filter((each) => each >= from && each < from + 24 * HOUR).length),
    );
    return { ...seen, writes: at.length, mostWrites };
  } finally {
    await pump.close();
  }
};
