import { afterEach, describe, expect, it } from 'vitest';
import { CARD_MS } from '../../../../lib/homey/settle.js';
import { at, FIXED, MINUTE, Rig } from './rig.js';

let rig: Rig;
const start = (moment: string, settings?: Readonly<Record<string, unknown>>): Rig => {
  rig = new Rig(at(moment), settings);
  return rig;
};
afterEach(() => rig.plan.stop());

/** The tile: writes as the device's listener does. */
const tile = (on: boolean): Promise<void> =>
  rig.plan.switched(on, async () => {
    await rig.account.write('', 'hot_water', on).accepted;
  });
/** An order that is carried out while the pump is being read. */
const order = async (raw: object): Promise<void> => {
  const done = rig.plan.order(raw);
  const ended = done.then(
    () => undefined,
    () => undefined,
  );
  await rig.clock.advance(3000);
  await ended;
  return done;
};

describe("a person's switch", () => {
  it('on the tile wins until the plan next switches', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T08:00'));
    await tile(true);
    await rig.until(at('2026-01-15T09:00'));
    expect(rig.sentence()).toBe('On until Fri 06:00: by hand until 22:00');
    expect(rig.plan.day().switches.at(-1)).toMatchObject({ on: true, by: 'person', text: 'by hand' });
    await rig.until(at('2026-01-16T06:05'));
    expect(rig.log()).toEqual(['06:00 off', '08:00 on', '06:00 off']);
    expect(rig.fired.map(({ tokens }) => tokens['on'])).toEqual([false, false]);
  });

  it("in Thermia's own app wins, too", async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T08:00'));
    rig.on = true;
    await rig.until(at('2026-01-15T12:00'));
    expect(rig.sentence()).toBe('On until Fri 06:00: by hand until 22:00');
    expect(rig.log()).toEqual(['06:00 off']);
  });

  it('off while the water is rescued means it', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T08:00'));
    rig.temperature = 45;
    await rig.until(at('2026-01-15T08:30'));
    await tile(false);
    await rig.until(at('2026-01-15T09:00'));
    expect(rig.log()).toEqual(['06:00 off', '08:00 on', '08:30 off']);
    expect(rig.sentence()).toBe('Off until 22:00: by hand; the water is getting cold');
  });

  it('that is refused is told and does not come later by surprise', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T08:00'));
    rig.line = 'refuses';
    await expect(tile(true)).rejects.toThrow('HTTP 400');
    rig.line = 'obeys';
    await rig.until(at('2026-01-15T10:00'));
    expect(rig.on).toBe(false);
    expect(rig.sentence()).toBe('Off until 22:00: hours without hot water');
  });

  it('is known as such after a crash in the middle of it', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T08:00'));
    void rig.plan.switched(true, () => {
      rig.on = true;
      return new Promise(() => undefined);
    });
    await rig.clock.settle();
    rig.restart();
    await rig.until(at('2026-01-15T10:00'));
    expect(rig.sentence()).toBe('On until Fri 06:00: by hand until 22:00');
    expect(rig.log()).toEqual(['06:00 off']);
  });
});

describe('an order', () => {
  it.each([
    [{ kind: 'off', hours: 2 }, 'Off until 02:00: ordered', ['00:00 off', '02:00 on']],
    [{ kind: 'on', hours: 8 }, 'On until 08:00: ordered', ['08:00 off']],
    [{ kind: 'pause', until: '10:00' }, 'On until 10:00: plan paused', ['10:00 off']],
    [{ kind: 'guests', days: 2 }, 'On: guests until Sat 00:00', []],
    [{ kind: 'boost', minutes: 30 }, 'On until 03:00: hot water boost until 00:30', []],
  ])('%j ends by itself', async (raw, sentence, log) => {
    start('2026-01-15T00:00', { ...FIXED, plan_off_hours: '03:00-23:00' });
    rig.read();
    await order(raw);
    expect(rig.sentence()).toBe(sentence);
    await rig.until(at('2026-01-15T02:30'));
    await rig.until(at('2026-01-15T10:05'));
    const own = log.length === 0 && raw.kind !== 'guests' ? ['03:00 off'] : log;
    const expected = raw.kind === 'off' ? [...own, '03:00 off'] : own;
    expect(rig.log()).toEqual(expected);
  });

  it('is ended by resuming', async () => {
    start('2026-01-15T12:00');
    await rig.until(at('2026-01-15T12:10'));
    await order({ kind: 'guests', days: 3 });
    await rig.until(at('2026-01-15T12:20'));
    await order({ kind: 'resume' });
    expect(rig.log()).toEqual(['12:00 off', '12:10 on', '12:20 off']);
    expect(rig.sentence()).toBe('Off until 22:00: hours without hot water');
  });

  it('that is refused fails in words, and is forgotten', async () => {
    start('2026-01-15T12:00');
    await rig.until(at('2026-01-15T12:10'));
    rig.line = 'refuses';
    await expect(order({ kind: 'on', hours: 2 })).rejects.toThrow('Thermia Online refused the change.');
    rig.line = 'obeys';
    await rig.until(at('2026-01-15T13:30'));
    expect(rig.on).toBe(false);
  });

  it.each([
    [{ kind: 'off', hours: 100 }, 'Hours: 100 is too large, it can be 72 at most.'],
    [{ kind: 'on', hours: 0 }, 'Hours: 0 is too small, it must be at least 0.25.'],
    [{ kind: 'boost', minutes: 'long' }, 'Minutes: "long" is not understood.'],
    [{ kind: 'pause', until: 'noon' }, 'Time: "noon" is not understood.'],
  ])('%j is refused in words', async (raw, sentence) => {
    start('2026-01-15T12:00');
    await rig.until(at('2026-01-15T12:10'));
    await expect(rig.plan.order(raw)).rejects.toThrow(sentence);
    expect(rig.log()).toEqual(['12:00 off']);
  });

  it("of a boost uses the pump's own, and ends it", async () => {
    start('2026-01-15T12:00');
    rig.boosting = false;
    await rig.until(at('2026-01-15T12:10'));
    await order({ kind: 'boost', minutes: 45 });
    expect(rig.boosting).toBe(true);
    await rig.until(at('2026-01-15T12:40'));
    rig.restart();
    await rig.until(at('2026-01-15T13:10'));
    expect(rig.boosting).toBe(false);
    expect(rig.log()).toEqual(['12:00 off', '12:10 on', '12:55 off']);
  });

  it.each([{}, FIXED])("of a boost that the pump's own refuses is undone: %j", async (settings) => {
    start('2026-01-15T12:00', settings);
    rig.boosting = false;
    rig.on = false;
    await rig.until(at('2026-01-15T12:10'));
    rig.refuses = 'hot_water_boost';
    await expect(order({ kind: 'boost', minutes: 45 })).rejects.toThrow('Thermia Online refused the change.');
    await rig.until(at('2026-01-15T12:30'));
    expect(rig.on).toBe(false);
    expect(rig.log().slice(-2)).toEqual(['12:10 on', '12:10 off']);
  });

  it('of a boost boosts nothing where hot water is refused', async () => {
    start('2026-01-15T12:00');
    rig.boosting = false;
    await rig.until(at('2026-01-15T12:10'));
    rig.refuses = 'hot_water';
    await expect(order({ kind: 'boost', minutes: 45 })).rejects.toThrow('Thermia Online refused the change.');
    rig.refuses = null;
    await rig.until(at('2026-01-15T12:30'));
    expect([rig.on, rig.boosting]).toEqual([false, false]);
  });

  it('of a boost ends before a Homey gives up, whatever it waits for', async () => {
    start('2026-01-15T12:00', {});
    rig.on = false;
    rig.boosting = false;
    rig.read();
    rig.line = 'is silent';
    const begun = rig.clock.now();
    let ended = Infinity;
    const done = rig.plan.order({ kind: 'boost', minutes: 30 }).finally(() => {
      ended = rig.clock.now() - begun;
    });
    done.catch(() => undefined);
    await rig.clock.advance(CARD_MS);
    await expect(done).rejects.toThrow('not seen to take it');
    expect(ended).toBe(CARD_MS);
  });

  it('says that a pump without a switch cannot do it', async () => {
    start('2026-01-15T12:00');
    await expect(rig.plan.order({ kind: 'on', hours: 1 })).rejects.toThrow(/no switch for hot water/);
  });
});

describe('when switchings are used up', () => {
  it('by orders, the night is warm all the same', async () => {
    start('2026-01-15T22:30');
    await rig.until(at('2026-01-15T22:40'));
    for (let hour = 0; hour < 7; hour += 1) {
      await order({ kind: 'off', hours: 0.25 });
      await rig.until(rig.clock.now() + 40 * MINUTE);
    }
    expect(rig.sent).toHaveLength(14);
    expect(rig.on).toBe(true);
    rig.on = false;
    await rig.until(at('2026-01-16T04:00'));
    rig.temperature = 40;
    await rig.until(at('2026-01-16T04:30'));
    expect(rig.on).toBe(true);
  });
});

describe('when things go wrong', () => {
  it('six hours without the cloud over a switching time end in one switching', async () => {
    start('2026-01-15T19:00');
    await rig.until(at('2026-01-15T20:00'));
    rig.line = 'down';
    await rig.until(at('2026-01-16T01:59'));
    expect(rig.on).toBe(false);
    // Nobody knows whether the pump heard it: hot water is asked for again now and then.
    expect(rig.log().slice(-4)).toEqual(['22:00 on', '23:00 on', '00:00 on', '01:00 on']);
    const before = rig.sent.length;
    rig.line = 'obeys';
    await rig.until(at('2026-01-16T03:00'));
    expect(rig.on).toBe(true);
    expect(rig.log().slice(before)).toEqual(['01:59 on']);
    expect(rig.sentence()).toBe('On until 06:00: hours with hot water');
  });

  it('a pump that was away for hours and comes back cold is warmed at once', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T08:00'));
    rig.line = 'down';
    rig.refuses = 'hot_water';
    await rig.until(at('2026-01-15T14:10'));
    expect(rig.on).toBe(false);
    rig.line = 'obeys';
    rig.refuses = null;
    rig.temperature = 35;
    await rig.until(at('2026-01-15T14:20'));
    expect(rig.on).toBe(true);
  });

  it('what was taken without an answer is not sent again', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T05:50'));
    rig.line = 'loses the answer';
    await rig.until(at('2026-01-15T08:00'));
    expect(rig.log()).toEqual(['06:00 off']);
    expect(rig.sentence()).toBe('Off until 22:00: hours without hot water');
  });

  it('a late off behind a lost on is nobody who wants it cold', async () => {
    start('2026-01-15T05:58');
    rig.line = 'takes it late';
    await rig.until(at('2026-01-15T06:01'));
    rig.line = 'loses it';
    rig.temperature = 48;
    await rig.until(at('2026-01-15T06:05'));
    expect(rig.on).toBe(false);
    rig.line = 'obeys';
    await rig.until(at('2026-01-15T06:30'));
    expect(rig.on).toBe(true);
    expect(rig.plan.day().switches.map(({ by }) => by)).not.toContain('person');
  });

  it('what is refused is tried again, less and less often', async () => {
    start('2026-01-15T05:50');
    rig.line = 'refuses';
    await rig.until(at('2026-01-15T09:00'));
    expect(rig.log()).toEqual(['06:00 off', '06:17 off', '06:47 off', '07:47 off', '08:47 off']);
    expect(rig.sentence()).toBe('Off until 22:00: hours without hot water; refused, will be tried again');
  });

  it.each([0, 1, 2, 3, 4, 5])('kill -9 after %i steps of a switching changes nothing', async (steps) => {
    start('2026-01-15T05:58');
    await rig.until(at('2026-01-15T05:59') + 30_000);
    const setStoreValue = rig.device.setStoreValue;
    let stored = 0;
    rig.device.setStoreValue = async (key, value) => {
      stored += 1;
      // From here on the app is dead: nothing more reaches the store.
      if (stored <= steps) await setStoreValue(key, value);
      else await new Promise(() => undefined);
    };
    await rig.until(at('2026-01-15T06:00') + 4_000);
    rig.device.setStoreValue = setStoreValue;
    rig.restart();
    await rig.until(at('2026-01-15T07:30'));
    expect(rig.on).toBe(false);
    expect(rig.sentence()).toBe('Off until 22:00: hours without hot water');
    expect(rig.sent.length).toBe(1);
    await rig.until(at('2026-01-15T22:01'));
    expect(rig.log().at(-1)).toBe('22:00 on');
  });

  it('a store that hangs does not leave the water cold', async () => {
    start('2026-01-15T08:00');
    await rig.until(at('2026-01-15T09:00'));
    rig.device.setStoreValue = () => new Promise(() => undefined);
    rig.temperature = 45;
    await rig.until(at('2026-01-15T09:05'));
    expect(rig.on).toBe(true);
  });

  it('a missed switching is made up for after a restart, once', async () => {
    start('2026-01-15T05:40');
    await rig.until(at('2026-01-15T05:50'));
    rig.plan.stop();
    await rig.clock.advance(30 * MINUTE);
    rig.restart();
    await rig.until(at('2026-01-15T08:00'));
    expect(rig.log()).toEqual(['06:20 off']);
  });
});
