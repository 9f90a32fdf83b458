import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HOUR, MINUTE, list, signIns, rig, rigForEachTest } from './each-rig.js';
import { instantly } from './rig.js';

rigForEachTest();

describe('a kept password', () => {
  const end = async (): Promise<void> => {
    await rig.signIn(true);
    await rig.finish(list());
    rig.sim.control.revokeRefreshTokens();
    rig.sim.control.expireAccessTokens();
  };
  const tries = (): number => rig.sim.control.counters().passwordTries;

  it('1.5 refresh token expired: signs in again by itself, and nobody notices', async () => {
    await end();
    expect(await rig.finish(list())).toHaveLength(1);
    expect(signIns()).toBe(2);
    expect(rig.states).toEqual([{ state: 'signed_in' }]);
    expect(rig.online.chain().startedAt).toBe(rig.clock.now());
  });

  it('that is rejected is erased and never tried again by itself, also after a restart (lesson 33)', async () => {
    await end();
    rig.sim.control.changePassword('another');
    for (let each = 0; each < 4; each += 1) {
      expect((await rig.failure(list())).kind).toBe('sign_in_needed');
      await rig.advance(12 * HOUR);
    }
    expect(tries()).toBe(2);
    expect(rig.credentials.kept).toBeNull();
    expect(rig.online.session()).toMatchObject({
      state: 'sign_in_needed',
      reason: { kind: 'wrong_credentials', facts: { code: 'AADB2C90053' } },
    });
    rig.credentials.kept = { username: rig.sim.username, password: 'wrong again' };
    await rig.online.stop();
    rig.restart();
    expect(rig.online.session()).toMatchObject({
      state: 'sign_in_needed',
      reason: { kind: 'wrong_credentials' },
    });
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    expect(tries()).toBe(2);
    await rig.finish(
      rig.online.signIn({ username: rig.sim.username, password: 'another' }, { keepPassword: true }),
    );
    expect(await rig.finish(list())).toHaveLength(1);
  });

  it.each([
    '{"status":"400","errorCode":"AADB2C90052","message":"Invalid username or password."}',
    '{"status":"400","errorCode":"AADB2C99999","message":"No longer."}',
    '{"state":"refused"}',
  ])('is never tried again by itself after %s', async (text) => {
    await end();
    rig.sim.control.addFault({ kind: 'status', status: 200, text, match: 'self_asserted' });
    for (let each = 0; each < 4; each += 1) {
      expect((await rig.failure(list())).kind).toBe('sign_in_needed');
      await rig.advance(12 * HOUR);
      rig.restart();
    }
    expect(rig.count('credentials')).toBe(2);
    expect(rig.credentials.kept).toBeNull();
    expect(rig.online.session().state).toBe('sign_in_needed');
    await rig.online.stop();
  });

  it('waits longer after each outage, and goes on by itself (lesson 6)', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'status', status: 503, match: 'authorize' });
    const begins: number[] = [];
    const start = rig.clock.now();
    for (let minute = 0; minute < 70; minute += 1) {
      const before = rig.count('sign-in page');
      const error = await rig.failure(list());
      expect(error.kind).toBe('service_down');
      expect(error.facts.retryAfterMs).toBeGreaterThan(0);
      if (rig.count('sign-in page') > before) begins.push((rig.clock.now() - start) / MINUTE);
      await rig.advance(MINUTE);
    }
    expect(begins).toEqual([0, 1.125, 3.375, 7.875, 16.875, 34.875, 70.875]);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    rig.sim.control.clearFaults();
    await rig.advance(2 * HOUR);
    expect(await rig.finish(list())).toHaveLength(1);
    expect(signIns()).toBe(2);
  });

  it('passes a page of somebody else in place of the confirmation as any outage, and asks nobody', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'html', match: 'confirmed', times: 1 });
    expect((await rig.failure(list())).kind).toBe('service_down');
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    await rig.advance(2 * MINUTE);
    expect(await rig.finish(list())).toHaveLength(1);
    expect(rig.states).toEqual([{ state: 'signed_in' }]);
  });

  it('its pause survives a restart; an explicit sign-in does not wait', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'status', status: 503, match: 'authorize' });
    await rig.failure(list());
    await rig.online.stop();
    rig.restart();
    rig.sent.length = 0;
    expect((await rig.failure(list())).kind).toBe('service_down');
    expect(rig.count('sign-in page')).toBe(0);
    rig.sim.control.clearFaults();
    await rig.signIn(true);
    expect(await rig.finish(list())).toHaveLength(1);
  });

  it('a pause that a wrong clock made endless is none', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'status', status: 503, match: 'authorize', times: 1 });
    await rig.failure(list());
    const broken = z
      .looseObject({ trouble: z.looseObject({ notBefore: z.number() }) })
      .parse(rig.store.values.get('session'));
    broken.trouble.notBefore += 9000 * HOUR;
    rig.store.values.set('session', z.json().parse(broken));
    rig.restart();
    expect(await rig.finish(list())).toHaveLength(1);
  });

  it.each(['consent_needed', 'locked_out'] as const)(
    '%s asks for the person, is tried again after an hour, and is told when it passes',
    async (kind) => {
      await end();
      if (kind === 'consent_needed') rig.sim.control.demandConsent(true);
      if (kind === 'locked_out') rig.sim.control.lockAccount(30 * MINUTE);
      expect((await rig.failure(list())).kind).toBe('sign_in_needed');
      expect(rig.online.session()).toMatchObject({ state: 'sign_in_needed', reason: { kind } });
      const before = rig.count('sign-in page');
      await rig.advance(50 * MINUTE);
      await rig.failure(list());
      expect(rig.count('sign-in page')).toBe(before);
      rig.sim.control.demandConsent(false);
      await rig.clock.advanceToNext();
      await rig.until(() => rig.online.session().state === 'signed_in');
      expect(await rig.finish(list())).toHaveLength(1);
      expect(rig.states.map(({ state }) => state)).toEqual(['signed_in', 'sign_in_needed', 'signed_in']);
    },
  );

  it('an odd page in place of the sign-in page is an outage; the person is asked when it stays for an hour', async () => {
    await end();
    rig.sim.control.setBehaviour({ loginPage: 'interstitial' });
    const start = rig.clock.now();
    while (rig.clock.now() < start + 60 * MINUTE) {
      expect((await rig.failure(list())).kind).toBe('service_down');
      expect(rig.online.session()).toEqual({ state: 'signed_in' });
      await rig.advance(3 * MINUTE);
    }
    await rig.advance(20 * MINUTE);
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    const reason = { kind: 'sign_in_page_changed' };
    expect(rig.online.session()).toMatchObject({ state: 'sign_in_needed', reason });
    expect(rig.count('credentials')).toBe(1);
    rig.sim.control.setBehaviour({ loginPage: 'one-line' });
    await rig.advance(80 * MINUTE);
    await rig.until(() => rig.online.session().state === 'signed_in');
    expect(rig.states.map(({ state }) => state)).toEqual(['signed_in', 'sign_in_needed', 'signed_in']);
  });

  it('an odd page that is gone in time is nobody’s business', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'html', match: 'authorize', times: 2 });
    expect((await rig.failure(list())).kind).toBe('service_down');
    await rig.advance(2 * MINUTE);
    expect((await rig.failure(list())).kind).toBe('service_down');
    await rig.advance(4 * MINUTE);
    expect(await rig.finish(list())).toHaveLength(1);
    expect(rig.states).toEqual([{ state: 'signed_in' }]);
  });

  it('a listener that throws harms nobody', async () => {
    await end();
    rig.sim.control.changePassword('another');
    rig.online.onSession(() => {
      throw new Error('somebody@example.com');
    });
    const heard: string[] = [];
    rig.online.onSession(({ state }) => heard.push(state));
    expect((await rig.failure(list())).kind).toBe('sign_in_needed');
    expect(heard).toEqual(['sign_in_needed']);
    expect(rig.logger.text()).toContain('A listener of the session failed');
    expect(rig.logger.text()).not.toContain('somebody@');
  });

  it('a stop in the middle of it is no failure: the password stays, and is tried after a minute', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'hang', match: 'self_asserted', times: 1 });
    const waiting = list().catch((error: unknown) => error);
    await rig.until(() => rig.sim.control.counters().requests['self_asserted'] === 2);
    await rig.online.stop();
    expect(await waiting).toMatchObject({ kind: 'stopped' });
    rig.restart();
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    expect((await rig.failure(list())).kind).toBe('timeout');
    expect(rig.credentials.kept).not.toBeNull();
    await rig.advance(2 * MINUTE);
    expect(await rig.finish(list())).toHaveLength(1);
  });

  it('a sign-in or sign-out by the person in the middle of it wins', async () => {
    await end();
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'self_asserted', times: 1 });
    const waiting = list();
    await rig.until(() => rig.sim.control.counters().requests['self_asserted'] === 2);
    await rig.online.signIn(
      { username: rig.sim.username, password: rig.sim.password },
      { keepPassword: true },
    );
    await rig.clock.advance(1000, instantly);
    expect(await waiting).toHaveLength(1);

    await end();
    rig.sim.control.addFault({ kind: 'slow', delayMs: 1000, match: 'self_asserted', times: 1 });
    const other = list().catch((error: unknown) => error);
    const asked = rig.sim.control.counters().requests['self_asserted']!;
    await rig.until(() => rig.sim.control.counters().requests['self_asserted'] === asked + 1);
    await rig.online.signOut();
    await rig.clock.advance(1000, instantly);
    expect(await other).toMatchObject({ kind: 'sign_in_needed' });
    expect(rig.store.values.size).toBe(0);
  });

  it('a sign-in by the person while the password is being looked up wins', async () => {
    await end();
    const { kept } = rig.credentials;
    let answer: () => void = () => undefined;
    rig.credentials.load = () =>
      new Promise((resolve) => {
        answer = () => resolve(kept);
      });
    const waiting = list();
    await rig.until(() => rig.logger.text().includes('has ended'));
    await rig.online.signIn(
      { username: rig.sim.username, password: rig.sim.password },
      { keepPassword: true },
    );
    answer();
    expect(await rig.finish(waiting)).toHaveLength(1);
    expect(signIns()).toBe(2);
  });

  it('what is tried again by itself ends with a sign-out, and with a stop', async () => {
    for (const finish of [() => rig.online.signOut(), () => rig.online.stop()]) {
      await end();
      rig.sim.control.demandConsent(true);
      await rig.failure(list());
      await rig.failure(list());
      expect(rig.clock.pending()).toBe(1);
      await finish();
      expect(rig.clock.pending()).toBe(0);
      rig.sim.control.demandConsent(false);
    }
  });

  it('terms that are not accepted yet are asked for again, less and less often', async () => {
    await end();
    rig.sim.control.demandConsent(true);
    await rig.failure(list());
    const start = rig.clock.now();
    const hours: number[] = [];
    for (let tries = 3; tries <= 6; tries += 1) {
      await rig.clock.advanceToNext();
      hours.push((rig.clock.now() - start) / HOUR);
      await rig.until(
        () => rig.count('confirmation') === tries && (rig.clock.nextAt() ?? 0) - rig.clock.now() > HOUR,
      );
    }
    expect(hours).toEqual([1.125, 3.375, 7.875, 14.625]);
    await rig.online.signOut();
  });

  it('that is found late, because its store was, is used all the same', async () => {
    await end();
    const { kept } = rig.credentials;
    rig.credentials.kept = null;
    for (let each = 0; each < 2; each += 1) {
      expect((await rig.failure(list())).kind).toBe('sign_in_needed');
      rig.restart();
      expect(rig.online.session().state).toBe('sign_in_needed');
    }
    rig.credentials.kept = kept;
    expect(await rig.finish(list())).toHaveLength(1);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
  });

  it('a password store that fails is not a reason to ask the person', async () => {
    await end();
    rig.credentials.failing = true;
    expect((await rig.failure(list())).kind).toBe('storage');
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    rig.credentials.failing = false;
    expect(await rig.finish(list())).toHaveLength(1);
  });

  it('a rejected password that cannot be erased stays unused', async () => {
    await end();
    rig.sim.control.changePassword('another');
    rig.credentials.erase = () => Promise.reject(new Error('disk full'));
    await rig.failure(list());
    await rig.failure(list());
    expect(tries()).toBe(2);
    expect(rig.logger.text()).toContain('A password of no use could not be erased');
  });
});
