import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, list, refreshes, signIns, stored, rig, rigForEachTest } from './each-rig.js';
import { instantly, never } from './rig.js';

rigForEachTest();

describe('one spender of the refresh token', () => {
  it('nothing is spent while the access token holds', async () => {
    await rig.signIn();
    await rig.finish(list());
    await rig.advance(50 * MINUTE);
    await rig.finish(list());
    expect(refreshes()).toBe(0);
  });

  it('lesson 34: is early, five minutes before the end, and once for all who ask', async () => {
    await rig.signIn();
    await rig.advance(56 * MINUTE);
    await rig.finish(Promise.all([list(), list(), list()]));
    expect(refreshes()).toBe(1);
    expect(rig.count('list')).toBe(3);
  });

  it('an early refresh that fails costs nothing: the present token still holds', async () => {
    await rig.signIn();
    await rig.advance(56 * MINUTE);
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'token', times: 1 });
    await rig.finish(list());
    await rig.finish(list());
    expect(rig.count('token')).toBe(2);
    await rig.advance(2 * MINUTE);
    await rig.finish(list());
    expect(refreshes()).toBe(1);
  });

  it('1.5 API rejects the token: one forced refresh and one replay; parallel 401s all succeed', async () => {
    await rig.signIn();
    rig.sim.control.expireAccessTokens();
    const lists = await rig.finish(Promise.all([list(), list(), list(), list()]));
    expect(lists.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(refreshes()).toBe(1);
    expect(rig.count('list')).toBe(8);
  });

  it('a late 401 replays with the newer token and refreshes nothing', async () => {
    await rig.signIn();
    await rig.finish(list());
    rig.sim.control.addFault({ kind: 'slow', delayMs: 5000, match: 'status', times: 1 });
    const id = String(rig.sim.control.pumps()[0]!.id);
    const late = rig.online.api.installations.status(id, never);
    await rig.until(() => rig.sim.control.counters().requests['status'] === 1);
    rig.sim.control.expireAccessTokens();
    await rig.until(() => rig.clock.pending() > 0);
    const other = rig.online.source.list(never);
    await rig.until(() => refreshes() === 1);
    await other;
    await rig.clock.advance(5000, instantly);
    await late;
    expect(refreshes()).toBe(1);
  });

  it('a token that is refused as soon as it came is not answered with another refresh', async () => {
    await rig.signIn();
    rig.sim.control.addFault({ kind: 'status', status: 401, match: 'installations', times: 5 });
    expect((await rig.failure(list())).kind).toBe('unauthorized');
    expect((await rig.failure(list())).kind).toBe('unauthorized');
    expect(refreshes()).toBe(1);
    await rig.advance(2 * MINUTE);
    expect((await rig.failure(list())).kind).toBe('unauthorized');
    expect(refreshes()).toBe(2);
    await rig.finish(list());
    expect(rig.online.session().state).toBe('signed_in');
  });

  it('what an older token still achieves says nothing of the newer one', async () => {
    await rig.signIn();
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'installations', times: 1 });
    const slow = list();
    await rig.until(() => rig.sim.control.counters().requests['installations'] === 1);
    await rig.online.signIn(
      { username: rig.sim.username, password: rig.sim.password },
      { keepPassword: false },
    );
    await rig.clock.advance(1000, instantly);
    expect(await slow).toHaveLength(1);
    rig.sim.control.addFault({ kind: 'status', status: 401, match: 'installations', times: 3 });
    expect((await rig.failure(list())).kind).toBe('unauthorized');
    expect((await rig.failure(list())).kind).toBe('unauthorized');
    expect(refreshes()).toBe(1);
  });

  it('is not hurried by a caller that gives up', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'token', times: 1 });
    const impatient = new AbortController();
    const given = rig.online.source.list(impatient.signal).catch((error: unknown) => error);
    const patient = list();
    await rig.until(() => rig.sim.control.counters().requests['token'] === 2);
    impatient.abort();
    expect(await given).toMatchObject({ kind: 'stopped' });
    await rig.clock.advance(1000, instantly);
    expect(await patient).toHaveLength(1);
    expect(refreshes()).toBe(1);
  });
});

describe('stored, then used', () => {
  it('the rotated token is durable before anybody uses what came with it', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sent.length = 0;
    const before = stored()['refreshToken'];
    let order: string[] = [];
    rig.store.beforeSet = async (_key, value) => {
      await rig.until(() => true);
      order = [...rig.sent];
      expect(value).not.toMatchObject({ refreshToken: before });
    };
    await rig.finish(list());
    expect(order).toEqual(['token']);
    expect(rig.sent.at(-1)).toBe('list');
  });

  it('an answer without a new token keeps the old one', async () => {
    await rig.signIn();
    rig.sim.control.setPolicy({ rotate: false });
    const before = stored()['refreshToken'];
    await rig.advance(2 * HOUR);
    await rig.finish(list());
    expect(refreshes()).toBe(1);
    expect(stored()['refreshToken']).toBe(before);
  });

  it('a restart goes on with what rests in the store, with no new sign-in', async () => {
    await rig.signIn();
    await rig.online.stop();
    rig.restart();
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    await rig.finish(list());
    expect([signIns(), refreshes()]).toEqual([1, 1]);
  });

  it('strict rotation, storing fails: said, kept in memory, stored later', async () => {
    rig.sim.control.setPolicy({ refreshReuse: 'strict' });
    await rig.signIn();
    await rig.advance(2 * HOUR);
    let failures = 0;
    rig.store.beforeSet = () => {
      failures += 1;
      throw new Error('disk full at eyJhbGciOiJub25lIn0.a.b');
    };
    await rig.finish(list());
    expect(failures).toBeGreaterThan(0);
    expect(rig.logger.lines.filter(({ level }) => level === 'error')).not.toEqual([]);
    expect(rig.logger.text()).not.toContain('eyJ');
    await rig.advance(2 * HOUR);
    rig.store.beforeSet = () => undefined;
    await rig.finish(list());
    await rig.online.stop();
    rig.restart();
    await rig.finish(list());
    expect(signIns()).toBe(1);
  });

  it('a record that cannot be read is no session, and is said', () => {
    rig.store.values.set('session', { refreshToken: 7 });
    rig.restart();
    expect(rig.online.session()).toEqual({ state: 'signed_out' });
    expect(rig.logger.lines).toMatchObject([{ level: 'error' }]);
  });
});

describe('signing out', () => {
  it('erases token, password and what was learned', async () => {
    await rig.signIn(true);
    await rig.finish(rig.online.signOut());
    expect(rig.store.values.size).toBe(0);
    expect(rig.credentials.kept).toBeNull();
    expect(rig.online.session()).toEqual({ state: 'signed_out' });
    expect(rig.states.at(-1)).toEqual({ state: 'signed_out' });
    rig.sent.length = 0;
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    expect(rig.sent).toEqual([]);
    expect(rig.online.chain()).toEqual({ startedAt: null, endsAt: null, kind: null });
  });

  it('while a refresh is under way: what comes of it is forgotten', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'token', times: 1 });
    const waiting = list().catch((error: unknown) => error);
    await rig.until(() => rig.sim.control.counters().requests['token'] === 2);
    await rig.online.signOut();
    await rig.clock.advance(1000, instantly);
    expect(await waiting).toMatchObject({ kind: 'sign_in_needed' });
    expect(rig.store.values.size).toBe(0);
    expect(rig.online.session()).toEqual({ state: 'signed_out' });
  });

  it('tells when something could not be erased, and has forgotten it all the same', async () => {
    await rig.signIn();
    rig.store.beforeUnset = () => {
      throw new Error('disk full');
    };
    expect((await rig.failure(rig.online.signOut())).kind).toBe('storage');
    expect(rig.online.session()).toEqual({ state: 'signed_out' });
  });

  it('a sign-in while a refresh is under way wins', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'token', times: 1 });
    const waiting = list();
    await rig.until(() => rig.sim.control.counters().requests['token'] === 2);
    await rig.online.signIn(
      { username: rig.sim.username, password: rig.sim.password },
      { keepPassword: false },
    );
    const { refreshToken } = stored();
    await rig.clock.advance(1000, instantly);
    expect(await waiting).toHaveLength(1);
    expect(stored()['refreshToken']).toBe(refreshToken);
  });

  it('a refresh that fails after a sign-in harms nothing', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'token', times: 1 });
    const waiting = list();
    await rig.until(() => rig.sim.control.counters().requests['token'] === 2);
    rig.sim.control.revokeRefreshTokens();
    await rig.online.signIn(
      { username: rig.sim.username, password: rig.sim.password },
      { keepPassword: false },
    );
    await rig.clock.advance(1000, instantly);
    expect(await waiting).toHaveLength(1);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
  });
});

describe('the end', () => {
  it('waits for a token request that is under way, so that its answer is kept', async () => {
    rig.sim.control.setPolicy({ refreshReuse: 'strict' });
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'token', times: 1 });
    const waiting = list().catch((error: unknown) => error);
    await rig.until(() => rig.sim.control.counters().requests['token'] === 2);
    const stopping = rig.online.stop();
    expect(await waiting).toMatchObject({ kind: 'stopped' });
    await rig.clock.advance(1000, instantly);
    await stopping;
    expect(await rig.online.source.list(never).catch((error: unknown) => error)).toMatchObject({
      kind: 'stopped',
    });
    rig.restart();
    await rig.finish(list());
    expect([signIns(), refreshes()]).toEqual([1, 2]);
  });

  it('ends requests and forgets listeners that were taken back', async () => {
    const heard: string[] = [];
    const end = rig.online.onSession(({ state }) => heard.push(state));
    end();
    await rig.signIn();
    expect(heard).toEqual([]);
    rig.sim.control.addFault({ kind: 'hang', match: 'installations', times: 1 });
    const waiting = list().catch((error: unknown) => error);
    await rig.until(() => rig.sim.control.counters().requests['installations'] === 1);
    await rig.online.stop();
    expect(await waiting).toMatchObject({ kind: 'stopped' });
  });
});
