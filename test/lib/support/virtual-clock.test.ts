import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../support/virtual-clock.js';

describe('the virtual clock', () => {
  it('runs timers in order of time, then of setting, and shows each its own time', async () => {
    const clock = createVirtualClock(1000);
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${clock.now()}`);
    clock.after(20, note('late'));
    clock.after(10, note('first'));
    clock.after(10, note('second'));
    clock.after(31, note('never'));
    await clock.advance(30);
    expect(seen).toEqual(['first@1010', 'second@1010', 'late@1020']);
    expect([clock.now(), clock.pending(), clock.nextAt()]).toEqual([1030, 1, 1031]);
  });

  it('lets promises settle before the next timer, so that what they set is seen', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    const loop = async (): Promise<void> => {
      for (let round = 0; round < 3; round += 1) {
        await new Promise<void>((resolve) => clock.after(10, resolve));
        await Promise.resolve().then(() => Promise.resolve());
        seen.push(clock.now());
      }
    };
    void loop();
    await clock.advance(25);
    expect(seen).toEqual([10, 20]);
    await clock.advance(5);
    expect(seen).toEqual([10, 20, 30]);
  });

  it('waits until what it cannot see is idle', async () => {
    let busy: Promise<void> = Promise.resolve();
    const clock = createVirtualClock(0, { idle: () => busy });
    const seen: number[] = [];
    clock.after(10, () => {
      busy = new Promise((resolve) => setTimeout(resolve, 5)).then(() => {
        clock.after(10, () => seen.push(clock.now()));
      });
    });
    await clock.advance(100);
    expect(seen).toEqual([20]);
  });

  it('forgets cancelled timers and says when none is left', async () => {
    const clock = createVirtualClock();
    const cancel = clock.after(10, () => expect.unreachable());
    cancel();
    cancel();
    expect(await clock.advanceToNext()).toBe(false);
    expect(clock.pending()).toBe(0);
  });
});
