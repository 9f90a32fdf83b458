import { afterEach, describe, expect, it } from 'vitest';
import { at, FIXED, HOUR, Rig } from './rig.js';

let rig: Rig;
const start = (moment: string, settings?: Readonly<Record<string, unknown>>): Rig => {
  rig = new Rig(at(moment), settings);
  return rig;
};
afterEach(() => rig.plan.stop());

describe('a plan of fixed hours', () => {
  it('switches on the minute, says so, and tells Flows', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T05:59'));
    expect(rig.sentence()).toBe('On until 06:00: hours with hot water');
    await rig.until(at('2026-01-15T06:01'));
    expect(rig.sentence()).toBe('Off until 22:00: hours without hot water');
    await rig.until(at('2026-01-15T22:10'));
    expect(rig.log()).toEqual(['06:00 off', '22:00 on']);
    expect(rig.sent.map(({ at: when }) => when)).toEqual([at('2026-01-15T06:00'), at('2026-01-15T22:00')]);
    expect(rig.fired).toEqual([
      {
        card: 'plan_switched',
        tokens: {
          on: false,
          was: true,
          reason: 'Off until 22:00: hours without hot water',
          temperature: '55',
          until: '22:00',
        },
      },
      {
        card: 'plan_switched',
        tokens: expect.objectContaining({ on: true, was: false, until: 'Fri 06:00' }) as object,
      },
    ]);
  });

  it('writes to the store only when something happens', async () => {
    start('2026-01-15T00:00');
    await rig.until(at('2026-01-17T00:00'));
    const stored = rig.device.calls.filter((call) => call === 'store hot_water_memory').length;
    expect(rig.sent).toHaveLength(4);
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThanOrEqual(4 * rig.sent.length);
  });

  it('goes by the clock of the Homey when that moves to another zone', async () => {
    start('2026-01-15T05:00');
    await rig.until(at('2026-01-15T05:30'));
    rig.zone = 'Europe/Helsinki';
    await rig.until(at('2026-01-15T05:40'));
    expect(rig.log()).toEqual(['05:30 off']);
  });

  it.each([
    ['in spring', '2026-03-29T00:30+01:00', '2026-03-29T23:00+02:00', ['01:00 off', '04:30 on']],
    ['in autumn', '2026-10-25T00:30+02:00', '2026-10-25T23:00+01:00', ['01:00 off', '04:30 on']],
  ])('keeps its hours when the clocks change %s', async (_, from, to, log) => {
    start(from, { ...FIXED, plan_off_hours: '01:00-04:30', plan_least_hours: 0 });
    await rig.until(at(to));
    expect(rig.log()).toEqual(log);
    const [off, on] = rig.sent;
    expect(on!.at - off!.at).toBe((from.includes('03-29') ? 2.5 : 4.5) * HOUR);
  });
});

describe('without a plan', () => {
  it('nothing runs, nothing is stored, nothing is sent', async () => {
    start('2026-01-15T05:40', {});
    rig.read();
    await rig.clock.settle();
    expect(rig.clock.pending()).toBe(0);
    await rig.until(at('2026-01-16T05:40'));
    expect(rig.sent).toEqual([]);
    expect(rig.device.calls).toEqual(['set hot_water_plan No plan', 'set hot_water_rescue false']);
  });

  it('a switch is only passed on, and its refusal too', async () => {
    start('2026-01-15T05:40', {});
    rig.read();
    await expect(rig.plan.switched(false, () => Promise.resolve())).resolves.toBeUndefined();
    await expect(rig.plan.switched(false, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(rig.device.store.size).toBe(0);
  });

  it('an off for some hours ends by itself, and then nothing runs again', async () => {
    start('2026-01-15T12:00', {});
    rig.read();
    const done = rig.plan.order({ kind: 'off', hours: 2 });
    await rig.clock.advance(3000);
    await done;
    await rig.until(at('2026-01-15T12:10'));
    expect(rig.sentence()).toBe('Off until 14:00: ordered');
    await rig.until(at('2026-01-15T14:30'));
    expect(rig.log()).toEqual(['12:00 off', '14:00 on']);
    expect(rig.sentence()).toBe('No plan');
    expect(rig.clock.pending()).toBe(0);
  });

  it('there is nothing to pause', async () => {
    start('2026-01-15T12:00', {});
    rig.read();
    await expect(rig.plan.order({ kind: 'pause', until: '18:00' })).rejects.toThrow(/no hot water plan/);
    await expect(rig.plan.order({ kind: 'guests', days: 2 })).rejects.toThrow(/no hot water plan/);
    expect(rig.clock.pending()).toBe(0);
  });
});

describe('the rescue', () => {
  it('switches on below the limit, shows it, and ends when the water is warm', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T10:00'));
    rig.temperature = 49.5;
    await rig.until(at('2026-01-15T10:10'));
    expect(rig.device.values.get('hot_water_rescue')).toBe(true);
    expect(rig.sentence()).toBe('On: water too cold (50 → 55 °C)');
    expect(rig.plan.decision()?.why.kind).toBe('rescue');
    expect(rig.fired.at(-1)?.tokens).toMatchObject({ on: true, temperature: '49.5', until: '' });
    rig.temperature = 55.2;
    await rig.until(at('2026-01-15T10:20'));
    expect(rig.device.values.get('hot_water_rescue')).toBe(false);
    expect(rig.log()).toEqual(['06:00 off', '10:00 on', '10:10 off']);
  });

  it('does not keep hot water off for long when there is no temperature', async () => {
    start('2026-01-15T05:40', { ...FIXED, plan_longest_off: 3 });
    rig.temperature = null;
    await rig.until(at('2026-01-15T09:30'));
    expect(rig.log()).toEqual(['06:00 off', '09:00 on']);
    expect(rig.sentence()).toBe('On until 10:00: temperature not known, longest off (3 h)');
  });

  it('leaves the programme against legionella alone', async () => {
    start('2026-01-15T05:40');
    rig.activities = ['legionella'];
    await rig.until(at('2026-01-15T07:00'));
    expect(rig.sent).toEqual([]);
    rig.activities = ['idle'];
    await rig.until(at('2026-01-15T07:10'));
    expect(rig.log()).toEqual(['07:00 off']);
  });
});

describe('prices', () => {
  const cheapest = { plan_mode: 'cheapest', plan_cheap_hours: 2, plan_least_hours: 0, plan_rescue: false };
  const day = Array.from({ length: 24 }, (_, hour) => (hour === 3 || hour === 13 ? 0.2 : 1.5)).join(' ');

  it('from a Flow decide, and are kept over a restart', async () => {
    start('2026-01-15T00:10', cheapest);
    await rig.until(at('2026-01-15T00:20'));
    expect(rig.sentence()).toBe('On: no prices known');
    rig.plan.givePrices(day, 'today');
    await rig.until(at('2026-01-15T02:00'));
    rig.restart();
    await rig.until(at('2026-01-15T03:30'));
    expect(rig.sentence()).toBe('On until 04:00: cheap hour (0.2)');
    await rig.until(at('2026-01-15T23:50'));
    expect(rig.log()).toEqual(['00:20 off', '03:00 on', '04:00 off', '13:00 on', '14:00 off']);
    const view = rig.plan.day();
    const today = view.segments.filter(({ start: from }) => from >= at('2026-01-15T00:00'));
    expect(today.find(({ start: from }) => from === at('2026-01-15T03:00'))).toEqual({
      start: at('2026-01-15T03:00'),
      end: at('2026-01-15T04:00'),
      on: true,
      by: 'cheap',
      text: 'cheap hour',
      price: 0.2,
      past: true,
    });
    expect(view).toMatchObject({ zone: 'Europe/Stockholm', mode: 'cheapest', rescue: false });
    expect(view.switches.map(({ by }) => by)).toEqual([
      'unknown',
      'expensive',
      'cheap',
      'expensive',
      'cheap',
      'expensive',
    ]);
  });

  it('of an area are followed only by a plan that goes by them', async () => {
    start('2026-01-15T00:10', { ...cheapest, plan_price_area: 'SE3' });
    await rig.until(at('2026-01-15T00:20'));
    expect([...rig.followed.keys()]).toEqual(['SE3']);
    const hour = at('2026-01-15T00:00');
    rig.followed.get('SE3')!([{ start: hour, end: hour + HOUR, value: 3 }]);
    expect(rig.plan.decision()?.why).toMatchObject({ kind: 'cheap', price: 3 });
    rig.plan.setPlan({ ...cheapest, plan_price_area: 'SE4' });
    expect([...rig.followed.keys()]).toEqual(['SE4']);
    rig.plan.setPlan({ ...FIXED, plan_price_area: 'SE4' });
    expect([...rig.followed.keys()]).toEqual([]);
    rig.plan.setPlan({ ...cheapest, plan_price_area: 'none' });
    expect([...rig.followed.keys()]).toEqual([]);
  });

  it('that are no prices are refused in words', () => {
    start('2026-01-15T00:10', cheapest);
    expect(() => rig.plan.givePrices('1 2 3', 'today')).toThrow(/^Prices: 3 values are no day of 24 hours/);
    expect(() => rig.plan.givePrices('soon', 'today')).toThrow('Prices: "["soon"]" is not understood.');
    expect(() => rig.plan.givePrices('', 'tomorrow')).toThrow('Prices: nothing was given.');
  });
});

describe('settings', () => {
  it.each([
    [{ plan_off_hours: 'nights' }, 'Hours without hot water: "nights" is not understood.'],
    [{ plan_cheap_hours: 25 }, 'Cheapest hours a day: 25 is too large, it can be 24 at most.'],
    [{ plan_rescue_below: 20 }, 'Rescue below: 20 is too small, it must be at least 30.'],
    [{ plan_rescue_up_to: '45' }, 'Rescue until: 45 is too small, it must be at least 51.'],
    [{ plan_ready_by: '25:00' }, 'Ready by: "25:00" is not understood.'],
    [{ plan_price_ceiling: 'cheap' }, 'Always on up to this price: "cheap" is not understood.'],
  ])('%j are refused, and the plan stays as it was', async (wrong, sentence) => {
    start('2026-01-15T05:40');
    expect(() => rig.plan.setPlan({ ...FIXED, ...wrong })).toThrow(sentence);
    await rig.until(at('2026-01-15T06:01'));
    expect(rig.log()).toEqual(['06:00 off']);
  });

  it('of another plan count at once', async () => {
    start('2026-01-15T12:00', {});
    await rig.until(at('2026-01-15T12:10'));
    rig.plan.setPlan(FIXED);
    await rig.until(at('2026-01-15T12:11'));
    expect(rig.log()).toEqual(['12:10 off']);
    rig.plan.setPlan({ plan_mode: 'none' });
    await rig.until(at('2026-01-15T12:30'));
    expect(rig.log()).toEqual(['12:10 off', '12:11 on']);
    expect(rig.sentence()).toBe('No plan');
    expect(rig.clock.pending()).toBe(0);
  });

  it('of a new plan win over what a person switched before', async () => {
    start('2026-01-15T12:00');
    await rig.until(at('2026-01-15T12:10'));
    rig.on = true;
    await rig.until(at('2026-01-15T12:20'));
    expect(rig.sentence()).toBe('On until Fri 06:00: by hand until 22:00');
    rig.plan.setPlan({ ...FIXED, plan_off_hours: '06:00-21:00' });
    await rig.until(at('2026-01-15T12:21'));
    expect(rig.log()).toEqual(['12:00 off', '12:20 off']);
  });
});

describe('a pump that no longer reports its switch', () => {
  it('is told of, once, and nothing is planned for it until it is back', async () => {
    start('2026-01-15T12:00');
    await rig.until(at('2026-01-15T12:10'));
    rig.hasSwitch = false;
    await rig.until(at('2026-01-15T12:20'));
    expect(rig.notices).toEqual([]);
    await rig.until(at('2026-01-16T03:00'));
    const words = 'This heat pump no longer reports its hot water switch, the plan can do nothing.';
    expect(rig.sentence()).toBe(words);
    expect(rig.plan.day().sentence).toBe(words);
    expect(rig.notices).toEqual([`**Cellar**: ${words}`]);
    expect(rig.plan.decision()).toBeNull();
    expect(rig.device.values.get('hot_water_rescue')).toBe(false);
    rig.hasSwitch = true;
    await rig.until(at('2026-01-16T03:10'));
    expect(rig.on).toBe(true);
    expect(rig.sentence()).toBe('On until 06:00: hours with hot water');
  });
});

describe('what is said', () => {
  it('of a person’s off that the plan goes on with', async () => {
    start('2026-01-15T22:30');
    await rig.until(at('2026-01-15T23:00'));
    rig.on = false;
    await rig.until(at('2026-01-15T23:30'));
    expect(rig.sentence()).toBe('Off until Fri 20:00: by hand until Fri 06:00');
    const held = rig.plan.day().segments.filter(({ by, past }) => by === 'hold' && !past);
    expect(new Set(held.map(({ text }) => text))).toEqual(new Set(['by hand']));
  });

  it('of an off that is not sent because it was switched often enough', async () => {
    start('2026-01-15T05:40', { ...FIXED, plan_daily_writes: 4 });
    await rig.until(at('2026-01-15T07:00'));
    for (const [time, temperature] of [
      ['08:00', 45],
      ['09:00', 56],
      ['10:00', 45],
      ['11:00', 56],
    ] as const) {
      rig.temperature = temperature;
      await rig.until(at(`2026-01-15T${time}`));
    }
    expect(rig.log()).toEqual(['06:00 off', '07:00 on', '08:00 off', '09:00 on']);
    expect(rig.sentence()).toBe('On: switched often enough today');
  });
});
