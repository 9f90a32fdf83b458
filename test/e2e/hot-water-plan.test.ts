import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, type ClientDevice } from '../../sandbox/client.js';
import { flowRigs, type FlowRig } from '../support/flow-rig.js';
import { eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';
import { ask, pumpIdOf } from '../support/simulator.js';

const Counters = z.looseObject({
  writes: z.array(z.looseObject({ at: z.number(), registerName: z.string().nullable(), value: z.number() })),
});
const Day = z.object({
  zone: z.string(),
  now: z.number(),
  mode: z.string(),
  sentence: z.string(),
  rescue: z.boolean(),
  segments: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      on: z.boolean().nullable(),
      by: z.string(),
      text: z.string(),
      price: z.number().nullable(),
      past: z.boolean(),
    }),
  ),
  switches: z.array(z.object({ at: z.number(), on: z.boolean(), by: z.string(), text: z.string() })),
});

const MINUTE = 60_000;
/** Two minutes in a second: what a busy computer is late by is not yet an hour of the plan. */
const SPEED = 120;
const PATIENCE_MS = 30_000;
/** What two seconds of a busy computer are at this speed. */
const SLACK = 4 * MINUTE;

const sandboxes = new Sandboxes();
let running: RunningSandbox;
let rig: FlowRig;

const settings = async (wanted: Readonly<Record<string, unknown>>): Promise<void> => {
  await call(rig.client, 'devices', 'setDeviceSettings', { id: (await rig.device()).id, settings: wanted });
};
const day = async (): Promise<z.infer<typeof Day>> => {
  const { address, token } = running.homey;
  const answer = await fetch(
    `${address}/api/app/com.thermia.online/hot-water-plan?device=${String(rig.pumpId)}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  expect(answer.status).toBe(200);
  return Day.parse(await answer.json());
};
/** What the service was told of the switch. */
const writes = async (): Promise<{ at: number; value: number }[]> =>
  Counters.parse(await ask(running, '/counters'))
    .writes.filter(({ registerName }) => registerName === 'REG_HOT_WATER_STATUS')
    .map(({ at, value }) => ({ at, value }));
const valueOf = (device: ClientDevice, id: string): unknown => device.capabilitiesObj[id]?.value;
const shows = (id: string, right: (value: unknown) => boolean): Promise<unknown> =>
  eventually(async () => valueOf(await rig.device(), id), right, PATIENCE_MS);
const clockAt = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);

beforeAll(async () => {
  running = await sandboxes.start(['--speed', String(SPEED)]);
  [rig] = (await flowRigs(running, [await pumpIdOf(running)])) as [FlowRig];
});
afterAll(() => sandboxes.cleanUp());

describe('the hot water plan', () => {
  it('is none at first', async () => {
    expect(await shows('hot_water_plan', (value) => value === 'No plan')).toBe('No plan');
    expect(await writes()).toEqual([]);
    expect(await day()).toMatchObject({ zone: 'Europe/Stockholm', mode: 'none', switches: [] });
  });

  it('that cannot be understood is refused in words', async () => {
    await expect(settings({ plan_mode: 'fixed', plan_off_hours: 'at night' })).rejects.toThrow(
      'Hours without hot water: "at night" is not understood.',
    );
    expect((await rig.device()).settings['plan_mode']).toBe('none');
  });

  it('switches at its hours, says so, and shows it in the day', async () => {
    const { zone, now } = await day();
    // Whole minutes, as the settings have them.
    const from = Math.ceil(now / MINUTE) * MINUTE + 8 * MINUTE;
    const to = from + 12 * MINUTE;
    await settings({
      plan_mode: 'fixed',
      plan_off_hours: `${clockAt(zone, from)}-${clockAt(zone, to)}`,
      plan_least_hours: 0,
      plan_rescue: false,
    });
    const off = await shows('hot_water_plan', (value) => String(value).startsWith('Off'));
    expect(off).toMatch(new RegExp(`^Off until (\\w+ )?${clockAt(zone, to)}: hours without hot water$`));
    expect(await shows('onoff', (value) => value === false)).toBe(false);
    await shows('onoff', (value) => value === true);
    const sent = await writes();
    expect(sent.map(({ value }) => value)).toEqual([0, 1]);
    for (const [index, due] of [from, to].entries()) {
      expect(sent[index]!.at - due).toBeGreaterThanOrEqual(0);
      expect(sent[index]!.at - due).toBeLessThan(SLACK);
    }
    const { segments, switches } = await eventually(day, (view) => view.switches.length >= 3);
    expect(switches.map(({ on, by }) => [on, by])).toEqual([
      [true, 'unknown'],
      [false, 'fixed_off'],
      [true, 'fixed_on'],
    ]);
    const lengths = segments.map(({ start, end }) => end - start);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60 * MINUTE);
    // One of the three days may be the one on which the clocks change.
    const hours = lengths.reduce((sum, length) => sum + length, 0) / (60 * MINUTE);
    expect([71, 72, 73]).toContain(hours);
    expect(segments.some(({ on, past }) => on === false && !past)).toBe(true);
  });

  it('keeps the water warm', async () => {
    await rig.set({ REG_HOT_WATER_TEMPERATURE: 54 });
    await rig.readNow();
    await settings({ plan_off_hours: '00:00-24:00', plan_rescue: true, plan_rescue_below: 50 });
    await shows('onoff', (value) => value === false);
    const before = (await writes()).length;
    await rig.set({ REG_HOT_WATER_TEMPERATURE: 45 });
    expect(await shows('hot_water_rescue', (value) => value === true)).toBe(true);
    expect(await shows('onoff', (value) => value === true)).toBe(true);
    expect(await rig.check('rescue_is_active')).toBe(true);
    expect(valueOf(await rig.device(), 'hot_water_plan')).toBe('On: water too cold (50 → 55 °C)');
    await rig.set({ REG_HOT_WATER_TEMPERATURE: 56 });
    expect(await shows('hot_water_rescue', (value) => value === false)).toBe(false);
    expect(await shows('onoff', (value) => value === false)).toBe(false);
    expect(await rig.check('plan_keeps_off')).toBe(true);
    expect((await writes()).slice(before).map(({ value }) => value)).toEqual([1, 0]);
  });

  it('lets a person overrule it, on the tile and at the pump', async () => {
    const { id } = await rig.device();
    const before = (await writes()).length;
    await rig.client.devices.setCapabilityValue({ deviceId: id, capabilityId: 'onoff', value: true });
    expect(await shows('hot_water_plan', (value) => String(value).includes('by hand'))).toMatch(
      /^On until .*: by hand$/,
    );
    // The pump has it and that was seen, or what comes next would be the pump not doing as it was told.
    await eventually(
      () => rig.held('REG_HOT_WATER_STATUS'),
      (value) => value === 1,
    );
    await rig.readNow();
    await rig.set({ REG_HOT_WATER_STATUS: 0 });
    await rig.readNow();
    expect(await shows('hot_water_plan', (value) => String(value).startsWith('Off'))).toMatch(
      /^Off.*: by hand/,
    );
    expect((await writes()).slice(before).map(({ value }) => value)).toEqual([1]);
    expect(await rig.held('REG_HOT_WATER_STATUS')).toBe(0);
  });

  it('takes orders for a time from Flows, and ends them', async () => {
    await rig.act('resume_plan');
    await rig.act('hot_water_on_for', { hours: 0.5 });
    expect(await rig.held('REG_HOT_WATER_STATUS')).toBe(1);
    expect(await shows('hot_water_plan', (value) => String(value).includes('ordered'))).toMatch(
      /^On until (\w+ )?\d\d:\d\d: ordered$/,
    );
    expect(await shows('onoff', (value) => value === false)).toBe(false);
  });

  it('leaves hot water on when it is switched off', async () => {
    await settings({ plan_mode: 'none' });
    expect(await shows('onoff', (value) => value === true)).toBe(true);
    expect(await rig.held('REG_HOT_WATER_STATUS')).toBe(1);
    expect(await shows('hot_water_plan', (value) => value === 'No plan')).toBe('No plan');
  });

  it('does not leave hot water off when the device is deleted', async () => {
    await settings({ plan_mode: 'fixed', plan_off_hours: '00:00-24:00', plan_rescue: false });
    await shows('onoff', (value) => value === false);
    await eventually(
      () => rig.held('REG_HOT_WATER_STATUS'),
      (value) => value === 0,
    );
    await call(rig.client, 'devices', 'deleteDevice', { id: (await rig.device()).id });
    expect(
      await eventually(
        () => rig.held('REG_HOT_WATER_STATUS'),
        (value) => value === 1,
      ),
    ).toBe(1);
  });
});
