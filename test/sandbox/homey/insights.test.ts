import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandboxClock } from '../../../sandbox/clock.js';
import { APP, startRig, type Rig } from './rig.js';

const START = Date.UTC(2026, 0, 15, 12, 0, 0);
const MINUTE = 60_000;
let rig: Rig;
/** Sandbox time, moved by hand: real time stands still for a Homey that is told so. */
let now = START;
const clock = { ...createSandboxClock(), now: () => now };

beforeAll(async () => {
  rig = await startRig({ clock });
  await rig.pair(1);
});
afterAll(() => rig.close());

interface Entries {
  readonly start: string;
  readonly end: string;
  readonly step: number;
  readonly values: { readonly t: string; readonly v: number | boolean | null }[];
  readonly lastValue: unknown;
}
const entries = async (id: string, resolution: string): Promise<Entries> =>
  (await rig.run('insights', 'getLogEntries', { id, resolution })) as Entries;
const set = (capability: string, value: unknown): Promise<unknown> =>
  rig.make('device', { method: 'setCapabilityValue', args: [capability, value] });

test('numbers are averaged in buckets and held until the next one; before the first there is nothing', async () => {
  const log = `homey:device:${(await rig.device()).id}:measure_temperature.outdoor`;
  now = START + MINUTE;
  await set('measure_temperature.outdoor', 4);
  now += 1000;
  await set('measure_temperature.outdoor', 6);
  now = START + 20 * MINUTE;
  const hour = await entries(log, 'lastHour');
  expect(hour.step).toBe(5000);
  expect(hour.values).toHaveLength(720);
  const at = (t: number): unknown => hour.values.find((entry) => Date.parse(entry.t) === t)?.v;
  expect(at(START)).toBeNull();
  expect(at(START + MINUTE)).toBe(5);
  expect(at(START + 10 * MINUTE)).toBe(6);
  expect(hour.values.at(-1)?.v).toBeNull();
  expect(hour.lastValue).toBe(6);
  const day = await entries(log, 'last24Hours');
  expect(day.step).toBe(5 * MINUTE);
  expect(day.values.find(({ v }) => v !== null)).toEqual({ t: new Date(START).toISOString(), v: 5 });
});

test('booleans are told as booleans', async () => {
  const log = `homey:device:${(await rig.device()).id}:pump_active`;
  await set('pump_active', true);
  now += 10 * MINUTE;
  await set('pump_active', false);
  now += 10 * MINUTE;
  const { values } = await entries(log, 'last6Hours');
  expect(new Set(values.map(({ v }) => v))).toEqual(new Set([null, true, false]));
});

test('a month later the month is still there, and an unknown resolution has a default', async () => {
  const log = `homey:device:${(await rig.device()).id}:measure_temperature.outdoor`;
  now = START + 29 * 24 * 60 * MINUTE;
  await set('measure_temperature.outdoor', 20);
  now += 5 * 60 * MINUTE;
  const month = await entries(log, 'last31Days');
  const known = month.values.map(({ v }) => v).filter((v) => v !== null);
  expect(known[0]).toBe(5);
  expect(known.at(-1)).toBe(20);
  expect((await entries(log, 'sinceForever')).step).toBe(5 * MINUTE);
  const week = await entries(log, 'thisWeek');
  expect(new Date(week.start).getUTCDay()).toBe(0);
  expect(Date.parse(week.end) - Date.parse(week.start)).toBe(7 * 24 * 60 * MINUTE);
});

test('the app keeps logs of its own', async () => {
  await rig.make('log', { value: 12 });
  expect(await rig.run('insights', 'getLog', { id: `homey:app:${APP}:load` })).toMatchObject({
    title: 'Load',
    units: 'W',
    lastValue: 12,
  });
  await expect(rig.make('log', { value: 13 })).rejects.toThrow(/already exists/);
  await expect(entries('homey:app:nobody:x', 'lastHour')).rejects.toThrow(/Not Found: Log/);
});
