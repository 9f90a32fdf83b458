import { beforeEach, describe, expect, it } from 'vitest';
import { createSessionRecords, EMPTY_RECORD } from '../../../../lib/thermia/cloud/session-record.js';
import { HOUR, list, rig, rigForEachTest } from './each-rig.js';
import { memoryLogger, memoryStore } from './memory.js';
import { instantly } from './rig.js';

rigForEachTest();

const settled = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
const signIn = (keepPassword = true) =>
  rig.online.signIn({ username: rig.sim.username, password: rig.sim.password }, { keepPassword });
const asked = (endpoint: string): number => rig.sim.control.counters().requests[endpoint] ?? 0;
const takeToken = (): string => (rig.store.values.get('session') as { refreshToken: string }).refreshToken;

interface Gate {
  /** Something waits. */
  readonly reached: boolean;
  open(): void;
  fail(): void;
}
/** The next write waits; those after it do not. */
const holdStore = (): Gate => {
  const gate = { reached: false, open: (): void => undefined, fail: (): void => undefined };
  rig.store.beforeSet = () => {
    rig.store.beforeSet = () => undefined;
    gate.reached = true;
    return new Promise((resolve, reject) => {
      gate.open = () => resolve();
      gate.fail = () => reject(new Error('disk full'));
    });
  };
  return gate;
};

const expectNothingLeft = async (): Promise<void> => {
  expect(rig.online.session()).toEqual({ state: 'signed_out' });
  expect(rig.states.at(-1) ?? { state: 'signed_out' }).toEqual({ state: 'signed_out' });
  const sent = rig.sent.length;
  expect((await rig.failure(list())).kind).toBe('sign_in_needed');
  expect(rig.sent).toHaveLength(sent);
  expect([...rig.store.values]).toEqual([]);
  expect(rig.credentials.kept).toBeNull();
};

describe('a sign-out leaves nothing', () => {
  it.each(['open', 'fail'] as const)(
    'while the store writes what a refresh gave, which works: %s',
    async (end) => {
      await rig.signIn(true);
      await rig.advance(2 * HOUR);
      const gate = holdStore();
      const waiting = settled(list());
      await rig.until(() => gate.reached);
      const leaving = rig.online.signOut();
      gate[end]();
      await leaving;
      expect(await waiting).toMatchObject({ kind: 'sign_in_needed' });
      await expectNothingLeft();
    },
  );

  it.each(['open', 'fail'] as const)('while the store writes what a sign-in gave: %s', async (end) => {
    const gate = holdStore();
    const waiting = settled(signIn());
    await rig.until(() => gate.reached);
    const leaving = rig.online.signOut();
    gate[end]();
    await leaving;
    expect(await waiting).toMatchObject({ kind: 'stopped' });
    await expectNothingLeft();
  });

  it.each(['self_asserted', 'token'])('while a sign-in waits for %s', async (match) => {
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match, times: 1 });
    const waiting = settled(signIn());
    await rig.until(() => asked(match) === 1);
    await rig.online.signOut();
    await rig.clock.advance(1000, instantly);
    expect(await waiting).toMatchObject({ kind: 'stopped' });
    await expectNothingLeft();
  });

  it('while a pasted token is tried', async () => {
    await rig.signIn();
    const token = takeToken();
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'token', times: 1 });
    const waiting = settled(rig.online.signInWithToken(token));
    await rig.until(() => asked('token') === 2);
    await rig.online.signOut();
    await rig.clock.advance(1000, instantly);
    expect(await waiting).toMatchObject({ kind: 'stopped' });
    await expectNothingLeft();
  });

  it('while a password is being kept', async () => {
    const save = rig.credentials.save.bind(rig.credentials);
    let keep: (() => void) | null = null;
    rig.credentials.save = (given) =>
      new Promise((resolve) => {
        keep = () => resolve(save(given));
      });
    const waiting = signIn();
    await rig.until(() => keep !== null);
    const leaving = rig.online.signOut();
    keep!();
    await Promise.all([waiting, leaving]);
    await expectNothingLeft();
  });

  it('while the pause before an automatic sign-in is stored: no password is sent any more', async () => {
    await rig.signIn(true);
    rig.sim.control.revokeRefreshTokens();
    await rig.advance(2 * HOUR);
    let gate: Gate | null = null;
    rig.store.beforeSet = () => {
      gate = holdStore();
    };
    const waiting = settled(list());
    await rig.until(() => gate?.reached === true);
    const pages = asked('authorize');
    const leaving = rig.online.signOut();
    gate!.open();
    await leaving;
    expect(await waiting).toMatchObject({ kind: 'sign_in_needed' });
    expect(asked('authorize')).toBe(pages);
    await expectNothingLeft();
  });
});

describe('a sign-in by the person', () => {
  it('keeps its password while the end of an automatic sign-in is being stored', async () => {
    await rig.signIn(true);
    rig.sim.control.revokeRefreshTokens();
    rig.sim.control.changePassword('another');
    await rig.advance(2 * HOUR);
    let gate: Gate | null = null;
    rig.store.beforeSet = (_key, value) => {
      if (JSON.stringify(value).includes('wrong_credentials')) gate ??= holdStore();
      return gate?.reached === false ? rig.store.beforeSet(_key, value) : undefined;
    };
    const waiting = list();
    await rig.until(() => gate?.reached === true);
    const signing = rig.online.signIn(
      { username: rig.sim.username, password: 'another' },
      { keepPassword: true },
    );
    await rig.until(() => asked('token') === 3);
    gate!.open();
    await signing;
    expect(await rig.finish(waiting)).toHaveLength(1);
    expect(rig.credentials.kept).toMatchObject({ password: 'another' });
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
  });

  it('of two at once: the one that ends last wins', async () => {
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'self_asserted', times: 1 });
    const first = signIn();
    await rig.until(() => asked('self_asserted') === 1);
    await signIn(false);
    expect(rig.credentials.kept).toBeNull();
    await rig.clock.advance(1000, instantly);
    await first;
    expect(rig.credentials.kept).not.toBeNull();
    expect(await rig.finish(list())).toHaveLength(1);
  });
});

describe('what could not be stored', () => {
  it('does not come back over what is newer', async () => {
    const store = memoryStore();
    const records = createSessionRecords(store, memoryLogger());
    const fails: (() => void)[] = [];
    store.beforeSet = () => {
      if (fails.length > 0) return undefined;
      return new Promise((_resolve, reject) => {
        fails.push(() => reject(new Error('disk full')));
      });
    };
    const old = records.save({ ...EMPTY_RECORD, refreshToken: 'old' });
    const young = records.save({ ...EMPTY_RECORD, refreshToken: 'young' });
    await rig.until(() => fails.length === 1);
    fails[0]!();
    await old;
    await Promise.all([records.repair(), young]);
    await records.repair();
    expect(store.values.get('session')).toMatchObject({ refreshToken: 'young' });
  });

  it('is not stored behind an erasure', async () => {
    const store = memoryStore();
    const records = createSessionRecords(store, memoryLogger());
    const waiting = records.save({ ...EMPTY_RECORD, refreshToken: 'old' });
    const behind = records.save({ ...EMPTY_RECORD, refreshToken: 'older' });
    store.beforeUnset = () => {
      throw new Error('disk full');
    };
    const erased = records.erase().catch(() => 'failed');
    await Promise.all([waiting, behind]);
    expect(await erased).toBe('failed');
    await records.repair();
    expect(store.values.size).toBeLessThanOrEqual(1);
    expect(store.values.get('session')).not.toMatchObject({ refreshToken: 'older' });
  });
});

describe('a password of an earlier sign-in that cannot be erased', () => {
  beforeEach(async () => {
    rig.sim.control.setPolicy({ refreshReuse: 'strict' });
    await rig.signIn(true);
  });
  const old = { username: 'somebody@else.example', password: 'old' };
  const refuse = (): Promise<never> => Promise.reject(new Error('disk full'));

  it.each([
    ['a pasted token', () => rig.online.signInWithToken(takeToken())],
    ['a sign-in that keeps none', () => signIn(false)],
  ])('does not cost %s, is not used, and is erased when that works', async (_name, enter) => {
    const erase = rig.credentials.erase.bind(rig.credentials);
    rig.credentials.erase = refuse;
    rig.credentials.kept = old;
    await rig.finish(enter());
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    expect(await rig.finish(list())).toHaveLength(1);
    await rig.online.stop();
    rig.restart();
    rig.sim.control.revokeRefreshTokens();
    const tries = rig.sim.control.counters().passwordTries;
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    expect(rig.sim.control.counters().passwordTries).toBe(tries);
    expect(rig.credentials.kept).toEqual(old);
    rig.credentials.erase = erase;
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    expect(rig.credentials.kept).toBeNull();
    expect(rig.logger.text()).toContain('A password of no use could not be erased');
  });

  it('because the new one could not be kept: it is not used either', async () => {
    rig.credentials.save = refuse;
    rig.credentials.kept = old;
    await rig.finish(signIn());
    expect(rig.credentials.kept).toEqual(old);
    expect(await rig.finish(list())).toHaveLength(1);
    expect(rig.credentials.kept).toBeNull();
  });
});
