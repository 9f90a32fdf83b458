import { describe, expect, it } from 'vitest';
import {
  CARD_MS,
  LISTENER_MS,
  settleAllForCard,
  settleForCard,
  settleForListener,
} from '../../../lib/homey/settle.js';
import { CADENCE } from '../../../lib/thermia/account/index.js';
import type { Write, WriteOutcome } from '../../../lib/thermia/account/types.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import { createVirtualClock } from '../../support/virtual-clock.js';
import { FakeAccount, type OpenWrite } from './fake-account.js';
import { PUMP } from './fakes.js';

const SECOND = 1000;
const failed: WriteOutcome = { state: 'failed', error: new ThermiaError('not_confirmed', 'no') };
const rejected = new ThermiaError('rejected', 'no');

type Script = readonly (readonly [afterMs: number, act: (write: OpenWrite) => void])[];

const run = async (script: Script, wait: 'listener' | 'card') => {
  const clock = createVirtualClock();
  const account = new FakeAccount();
  const write = account.write(PUMP, 'hot_water', true);
  const started = clock.now();
  const ended = { at: Infinity, with: '' };
  const end = (value: string): void => {
    ended.at = clock.now() - started;
    ended.with = value;
  };
  (wait === 'listener'
    ? settleForListener(write, clock)
    : settleForCard(write, clock).then(() => 'done')
  ).then(end, (error: unknown) => end(error instanceof ThermiaError ? error.kind : 'odd'));
  for (const [ms, act] of script) clock.after(ms, () => act(account.writes[0]!));
  await clock.advance(120 * SECOND);
  expect(clock.pending()).toBe(0);
  return [ended.with, ended.at];
};

const accept = (write: OpenWrite): void => write.accept();
const confirm = (write: OpenWrite): void => write.settle({ state: 'confirmed' });

describe('a tile or a system card', () => {
  it.each<[string, Script, (string | number)[]]>([
    [
      'confirmed in time',
      [
        [1, accept],
        [3 * SECOND, confirm],
      ],
      ['confirmed', 3 * SECOND],
    ],
    [
      'nothing to do',
      [
        [1, accept],
        [2, (write) => write.settle({ state: 'unchanged' })],
      ],
      ['confirmed', 2],
    ],
    ['refused', [[500, (write) => write.refuse(rejected)]], ['rejected', 500]],
    [
      'not taken, in time',
      [
        [1, accept],
        [5 * SECOND, (write) => write.settle(failed)],
      ],
      ['not_confirmed', 5 * SECOND],
    ],
    ['accepted and then nothing', [[1, accept]], ['accepted', LISTENER_MS]],
    ['nothing at all', [], ['accepted', LISTENER_MS]],
    [
      'confirmed late',
      [
        [1, accept],
        [30 * SECOND, confirm],
      ],
      ['accepted', LISTENER_MS],
    ],
    [
      'not taken, late',
      [
        [1, accept],
        [30 * SECOND, (write) => write.settle(failed)],
      ],
      ['accepted', LISTENER_MS],
    ],
  ])('%s', async (_, script, expected) => {
    expect(await run(script, 'listener')).toEqual(expected);
  });
});

describe('an action card of the app', () => {
  it.each<[string, Script, (string | number)[]]>([
    [
      'confirmed',
      [
        [1, accept],
        [61 * SECOND, confirm],
      ],
      ['done', 61 * SECOND],
    ],
    ['refused', [[500, (write) => write.refuse(rejected)]], ['rejected', 500]],
    [
      'not taken',
      [
        [1, accept],
        [20 * SECOND, (write) => write.settle(failed)],
      ],
      ['not_confirmed', 20 * SECOND],
    ],
    [
      'no answer before the Homey gives up',
      [
        [1, accept],
        [85 * SECOND, confirm],
      ],
      ['not_confirmed', CARD_MS],
    ],
  ])('%s', async (_, script, expected) => {
    expect(await run(script, 'card')).toEqual(expected);
  });
});

it('both end before a Homey does', () => {
  expect(LISTENER_MS).toBeLessThan(10 * SECOND);
  expect(CARD_MS).toBeLessThan(90 * SECOND);
});

it('a card waits for the last look at what was written', () => {
  expect(CARD_MS).toBeGreaterThan(Math.max(...CADENCE.readBackMs) + CADENCE.coalesceMs);
});

describe('a card of several writes', () => {
  const runAll = async (script: (account: FakeAccount) => Promise<readonly Write[]>) => {
    const clock = createVirtualClock();
    const account = new FakeAccount();
    const started = clock.now();
    const end = (said: string) => [said, clock.now() - started];
    const ended = settleAllForCard({ before: [], sent: script(account) }, clock).then(
      () => end('done'),
      (error: unknown) => end(error instanceof ThermiaError ? error.kind : 'odd'),
    );
    for (const [ms, act] of [
      [20 * SECOND, confirm],
      [50 * SECOND, confirm],
    ] as const) {
      clock.after(ms, () => act(account.writes[ms === 20 * SECOND ? 0 : 1]!));
    }
    await clock.advance(120 * SECOND);
    expect(clock.pending()).toBe(0);
    return ended;
  };
  const one = (account: FakeAccount): Write => account.write(PUMP, 'hot_water', true);

  it('waits for all of them', async () => {
    expect(await runAll((account) => Promise.resolve([one(account), one(account)]))).toEqual([
      'done',
      50 * SECOND,
    ]);
  });

  it('has one deadline, also for what is not sent yet', async () => {
    const never = new Promise<readonly Write[]>(() => undefined);
    expect(
      await runAll((account) => {
        one(account);
        one(account);
        return never;
      }),
    ).toEqual(['not_confirmed', CARD_MS]);
    expect(
      await runAll((account) => {
        one(account);
        one(account);
        return Promise.resolve([one(account)]);
      }),
    ).toEqual(['not_confirmed', CARD_MS]);
  });

  it.each<['before' | 'sent', string]>([
    ['before', 'done'],
    ['sent', 'superseded'],
  ])('where a newer value replaced one that was %s: %s', async (which, expected) => {
    const clock = createVirtualClock();
    const account = new FakeAccount();
    const [replaced, other] = [one(account), one(account)];
    const error = new ThermiaError('superseded', 'newer');
    account.writes[0]!.settle({ state: 'failed', error });
    account.writes[1]!.settle({ state: 'confirmed' });
    const writes =
      which === 'before'
        ? { before: [replaced], sent: Promise.resolve([other]) }
        : { before: [other], sent: Promise.resolve([replaced]) };
    const said = await settleAllForCard(writes, clock).then(
      () => 'done',
      (failure: unknown) => (failure instanceof ThermiaError ? failure.kind : 'odd'),
    );
    expect(said).toBe(expected);
    expect(clock.pending()).toBe(0);
  });

  it('fails with what could not be sent', async () => {
    expect(
      await runAll((account) => {
        one(account);
        one(account);
        return Promise.reject(rejected);
      }),
    ).toEqual(['rejected', 0]);
  });
});
