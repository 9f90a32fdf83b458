import { afterEach, describe, expect, it } from 'vitest';
import { at, MINUTE, Rig } from './rig.js';

let rig: Rig | null = null;
afterEach(() => {
  rig?.plan.stop();
  rig = null;
});

const keptOff = async (): Promise<Rig> => {
  rig = new Rig(at('2026-01-15T12:00'));
  await rig.until(at('2026-01-15T12:10'));
  return rig;
};

describe('a device that goes', () => {
  it('does not leave hot water off', async () => {
    const going = await keptOff();
    await going.plan.leaveOn();
    expect(going.log()).toEqual(['12:00 off', '12:10 on']);
  });

  it('decides nothing more while hot water goes on', async () => {
    const going = await keptOff();
    const gone = going.plan.leaveOn();
    await going.clock.settle();
    going.on = false;
    going.read();
    await going.clock.advance(10 * MINUTE);
    await gone;
    expect(going.log()).toEqual(['12:00 off', '12:10 on']);
  });

  it('tries again where the service does not take it, and then says so', async () => {
    const going = await keptOff();
    going.line = 'down';
    const gone = going.plan.leaveOn();
    await going.clock.advance(MINUTE / 2);
    await gone;
    expect(going.log()).toEqual(['12:00 off', '12:10 on', '12:10 on', '12:10 on']);
    expect(going.notices).toEqual([
      expect.stringMatching(/: hot water could not be switched on before the device was deleted\./),
    ]);
  });

  it('says nothing where the second try is taken', async () => {
    const going = await keptOff();
    going.line = 'refuses';
    const gone = going.plan.leaveOn();
    await going.clock.advance(2_000);
    going.line = 'obeys';
    await going.clock.advance(MINUTE / 2);
    await gone;
    expect(going.on).toBe(true);
    expect(going.notices).toEqual([]);
  });

  it('leaves alone what is on', async () => {
    rig = new Rig(at('2026-01-15T05:00'));
    await rig.until(at('2026-01-15T05:10'));
    await rig.plan.leaveOn();
    expect(rig.sent).toEqual([]);
  });
});
