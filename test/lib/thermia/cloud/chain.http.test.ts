import { describe, expect, it } from 'vitest';
import {
  HOUR,
  MINUTE,
  list,
  refreshes,
  replaceRig,
  signIns,
  stored,
  rig,
  rigForEachTest,
} from './each-rig.js';
import { instantly, never } from './rig.js';

rigForEachTest();

describe('only invalid_grant ends the chain', () => {
  it.each([
    ['5xx', { kind: 'status', status: 500 }, 'service_down'],
    ['1.5 outage: IIS page', { kind: 'outage' }, 'service_down'],
    ['200 with a page', { kind: 'html' }, 'service_down'],
    ['1.5 network: connection reset', { kind: 'reset' }, 'network'],
    ['answer that breaks off', { kind: 'truncated' }, 'network'],
    ['answer that is no JSON', { kind: 'malformed' }, 'service_down'],
    ['429', { kind: 'status', status: 429, retryAfterS: 30 }, 'throttled'],
    ['400 that is no OAuth error', { kind: 'status', status: 400 }, 'session_failed'],
    [
      '400 of another kind',
      { kind: 'status', status: 400, text: '{"error":"unauthorized_client"}' },
      'session_failed',
    ],
    ['401 with a page', { kind: 'status', status: 401, body: 'html' }, 'session_failed'],
    ['404 that speaks of something else', { kind: 'status', status: 404, body: 'problem' }, 'session_failed'],
    ['200 with nothing of use', { kind: 'status', status: 200, text: '{"ok":true}' }, 'session_failed'],
  ] as const)('%s keeps it', async (_name, fault, kind) => {
    await rig.signIn();
    const before = stored()['refreshToken'];
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ ...fault, match: 'token', times: 3 });
    expect((await rig.failure(list())).kind).toBe(kind);
    expect(stored()['refreshToken']).toBe(before);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    rig.sim.control.clearFaults();
    await rig.advance(2 * MINUTE);
    await rig.finish(list());
    expect(signIns()).toBe(1);
  });

  it('1.5 network: DNS keeps it', async () => {
    await rig.signIn();
    await replaceRig('http://thermia.invalid');
    rig.store.values.set('session', { refreshToken: 'kept', redirect: 'x', chain: null, trouble: null });
    rig.restart();
    expect((await rig.failure(list())).kind).toBe('network');
    expect(stored()['refreshToken']).toBe('kept');
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
  });

  it('an odd answer that stays is no answer of the API: few are asked for, and ids are kept', async () => {
    await rig.signIn();
    const id = String(rig.sim.control.pumps()[0]!.id);
    const write = (on: boolean) => rig.online.source.write(id, 'hot_water', on, never);
    await rig.finish(rig.online.source.read(id, ['hot_water'], never));
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({
      kind: 'status',
      status: 400,
      text: '{"error":"unauthorized_client"}',
      match: 'token',
    });
    rig.sent.length = 0;
    for (let minute = 0; minute < 360; minute += 3) {
      const read = (): Promise<unknown> => rig.online.source.read(id, ['hot_water', 'status'], never);
      const error = await rig.failure(minute % 2 === 0 ? read() : write(true));
      expect(error.kind).toBe('session_failed');
      await rig.advance(3 * MINUTE);
    }
    expect(rig.count('token')).toBeLessThanOrEqual(16);
    rig.sim.control.clearFaults();
    await rig.advance(41 * MINUTE);
    rig.sent.length = 0;
    await rig.finish(write(rig.sim.control.getRegister(Number(id), 'REG_HOT_WATER_STATUS') !== 1));
    expect(rig.sent.filter((each) => each !== 'configuration')).toEqual(['token', 'write']);
    expect(signIns()).toBe(1);
  });

  it('a pause of refreshes that a wrong clock made endless is none', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'status', status: 400, match: 'token', times: 1 });
    await rig.failure(list());
    rig.skew.ms = -9 * HOUR;
    expect(await rig.finish(list())).toHaveLength(1);
  });

  it('a time-out keeps it', async () => {
    await rig.signIn();
    const before = stored()['refreshToken'];
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'hang', match: 'token' });
    const failed = list().catch((error: unknown) => error);
    for (let tries = 2; tries <= 3; tries += 1) {
      await rig.until(() => rig.sim.control.counters().requests['token'] === tries);
      await rig.clock.advance(35_000, instantly);
    }
    expect(await failed).toMatchObject({ kind: 'timeout' });
    expect(stored()['refreshToken']).toBe(before);
  });

  it.each([-3, 3])('a clock that is wrong by %i years keeps it', async (years) => {
    await rig.signIn();
    rig.skew.ms = years * 365 * 24 * HOUR;
    rig.sim.control.expireAccessTokens();
    await rig.finish(list());
    await rig.online.stop();
    rig.restart();
    await rig.finish(list());
    rig.skew.ms = 0;
    rig.sim.control.expireAccessTokens();
    await rig.finish(list());
    expect([signIns(), refreshes()]).toEqual([1, 3]);
  });

  it('1.5 refresh token expired, lesson 5: the absolute end of the chain needs one request, then silence (lesson 6)', async () => {
    await rig.signIn();
    await rig.advance(25 * HOUR);
    rig.sent.length = 0;
    for (let each = 0; each < 5; each += 1) {
      const error = await rig.failure(list());
      expect(error.kind).toBe('sign_in_needed');
      await rig.advance(HOUR);
    }
    expect(rig.sent).toEqual(['token']);
    expect(rig.online.session()).toMatchObject({
      state: 'sign_in_needed',
      reason: { kind: 'sign_in_needed', facts: { code: 'AADB2C90080' } },
    });
    expect(rig.states.map(({ state }) => state)).toEqual(['signed_in', 'sign_in_needed']);
    expect(rig.logger.text()).toContain('The chain of refresh tokens has ended');
    await rig.online.stop();
    rig.restart();
    expect(rig.online.session().state).toBe('sign_in_needed');
    await rig.signIn();
    expect(rig.states.at(-1)).toEqual({ state: 'signed_in' });
    await rig.finish(list());
  });

  it('an end that comes early, and of which the service had said nothing, is the end', async () => {
    rig.sim.control.setPolicy({ sayRefreshLife: false });
    await rig.signIn();
    rig.sim.control.revokeRefreshTokens();
    await rig.advance(56 * MINUTE);
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    expect(rig.logger.lines.at(-1)).toMatchObject({ fields: { code: 'AADB2C90129', leftMs: null } });
  });
});

describe('a sign-in by the person', () => {
  it('a token endpoint that asks to wait: said before a password is sent for nothing', async () => {
    await rig.signIn();
    await rig.advance(2 * HOUR);
    rig.sim.control.addFault({ kind: 'status', status: 429, retryAfterS: 600, match: 'token', times: 1 });
    await rig.failure(list());
    rig.sent.length = 0;
    const error = await rig.failure(
      rig.online.signIn({ username: rig.sim.username, password: rig.sim.password }, { keepPassword: true }),
    );
    expect([error.kind, error.facts.retryAfterMs]).toEqual(['throttled', 600_000]);
    expect(error.message).toContain('10 minutes');
    expect(rig.sent).toEqual([]);
    await rig.advance(601_000);
    await rig.signIn();
  });
});

describe('a sign-in that brings no refresh token', () => {
  it('lasts as long as its access token, then the kept password is used', async () => {
    const first = rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: '{"access_token":"a.b.c","expires_in":3600}',
      match: 'token',
    });
    await rig.signIn(true);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    rig.sim.control.removeFault(first);
    expect(await rig.finish(list())).toHaveLength(1);
    expect(signIns()).toBe(2);
  });
});

describe('what the service says of the chain', () => {
  it.each([
    ['fixed', { absoluteLifeMs: 24 * HOUR }],
    ['sliding', { absoluteLifeMs: null, slidingLifeMs: 24 * HOUR }],
  ] as const)('%s', async (kind, policy) => {
    rig.sim.control.setPolicy(policy);
    await rig.signIn();
    const { endsAt } = rig.online.chain();
    await rig.advance(2 * HOUR);
    await rig.finish(list());
    expect(rig.online.chain().kind).toBe(kind);
    expect((rig.online.chain().endsAt ?? 0) - (endsAt ?? 0)).toBe(kind === 'fixed' ? 0 : 2 * HOUR);
    expect(rig.logger.lines).toMatchObject([{ level: 'info', fields: { kind } }]);
    rig.restart();
    expect(rig.online.chain().kind).toBe(kind);
  });
});
