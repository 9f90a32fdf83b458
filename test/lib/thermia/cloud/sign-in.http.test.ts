import { describe, expect, it } from 'vitest';
import { rig, rigForEachTest } from './each-rig.js';
import { instantly } from './rig.js';

rigForEachTest();

const tryWith = (password: string, username = rig.sim.username) =>
  rig.online.signIn({ username, password }, { keepPassword: true });

describe('a password sign-in', () => {
  it('takes four requests, keeps the refresh token and not the password', async () => {
    await rig.signIn();
    expect(rig.sent).toEqual(['sign-in page', 'credentials', 'confirmation', 'token']);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    expect(rig.states).toEqual([{ state: 'signed_in' }]);
    const stored = JSON.stringify([...rig.store.values]);
    expect(stored).toMatch(/"refreshToken":"eyJ/);
    expect(stored).not.toContain(rig.sim.password);
    expect(rig.credentials.kept).toBeNull();
    expect(rig.online.chain()).toEqual({
      startedAt: rig.clock.now(),
      endsAt: rig.clock.now() + 24 * 3_600_000,
      kind: null,
    });
  });

  it('keeps the password apart, where the person wants it kept, and forgets it on demand', async () => {
    await rig.signIn(true);
    expect(rig.credentials.kept).toEqual({ username: rig.sim.username, password: rig.sim.password });
    expect(JSON.stringify([...rig.store.values])).not.toContain(rig.sim.password);
    await rig.online.forgetPassword();
    expect(rig.credentials.kept).toBeNull();
    await rig.signIn(true);
    await rig.signIn(false);
    expect(rig.credentials.kept).toBeNull();
  });

  it.each(['one-line', 'multi-line', 'behind-scripts', 'braces-in-strings'] as const)(
    'lesson 4: login page reshaped: %s',
    async (shape) => {
      rig.sim.control.setBehaviour({ loginPage: shape });
      await rig.signIn();
      expect(rig.sim.control.counters().passwordSignIns).toBe(1);
    },
  );

  it('works with numbers as texts and a chain of which nothing is said', async () => {
    rig.sim.control.setPolicy({ numbersAsStrings: 'always', sayRefreshLife: false });
    await rig.signIn();
    expect(rig.online.chain()).toEqual({ startedAt: rig.clock.now(), endsAt: null, kind: null });
  });

  it('goes on when the token cannot be stored, and says so', async () => {
    rig.store.beforeSet = () => {
      throw new Error('disk full');
    };
    await rig.signIn();
    expect(rig.online.session().state).toBe('signed_in');
    expect(new Set(rig.logger.lines.map(({ level }) => level))).toEqual(new Set(['error']));
    rig.store.beforeSet = () => undefined;
    await rig.finish(rig.online.source.list(new AbortController().signal));
    expect(rig.store.values.get('session')).toHaveProperty('refreshToken');
  });

  it('goes on when the password cannot be kept, and says so', async () => {
    rig.credentials.failing = true;
    await rig.signIn(true);
    expect(rig.online.session().state).toBe('signed_in');
    expect(rig.logger.lines).toMatchObject([{ level: 'error', message: 'The password could not be kept' }]);
  });

  it('fails when a password that is not to be kept cannot be erased', async () => {
    rig.credentials.failing = true;
    const error = await rig.failure(tryWith(rig.sim.password).then(() => rig.online.forgetPassword()));
    expect(error.kind).toBe('storage');
  });
});

describe('what a sign-in fails with', () => {
  it('1.5 wrong password, lesson 2: 200 that carries a failure', async () => {
    const error = await rig.failure(tryWith('wrong'));
    expect([error.kind, error.facts.code]).toEqual(['wrong_credentials', 'AADB2C90053']);
    expect(rig.sim.control.counters().passwordTries).toBe(1);
    expect(rig.online.session()).toEqual({ state: 'signed_out' });
    expect(rig.credentials.kept).toBeNull();
    expect(rig.store.values.size).toBe(0);
  });

  it.each([
    ['no password', '', undefined],
    ['no address', 'secret', '  '],
  ])('%s: nothing is asked', async (_name, password, username) => {
    expect((await rig.failure(tryWith(password, username))).kind).toBe('wrong_credentials');
    expect(rig.sent).toEqual([]);
  });

  it('1.5 an account of the Thermia Connect app looks like a wrong password', async () => {
    const error = await rig.failure(tryWith(rig.sim.password, 'connect@example.com'));
    expect(error.kind).toBe('wrong_credentials');
    expect(error.message).not.toContain('connect@example.com');
  });

  it('1.5 terms are waiting, lesson 3: no code after the confirmation', async () => {
    rig.sim.control.demandConsent(true);
    const error = await rig.failure(tryWith(rig.sim.password));
    expect(error.kind).toBe('consent_needed');
    expect(rig.count('token')).toBe(0);
  });

  it('1.5 page layout changed', async () => {
    rig.sim.control.setBehaviour({ loginPage: 'interstitial' });
    const error = await rig.failure(tryWith(rig.sim.password));
    expect(error.kind).toBe('sign_in_page_changed');
    expect(rig.sent).toEqual(['sign-in page']);
  });

  it('locked out after too many wrong passwords, and not by us: one try per action (lesson 33)', async () => {
    rig.sim.control.setPolicy({ lockAfter: 3 });
    for (let each = 0; each < 2; each += 1) await rig.failure(tryWith('wrong'));
    const error = await rig.failure(tryWith('wrong'));
    expect([error.kind, error.facts.code]).toEqual(['locked_out', 'AADB2C90114']);
    expect(rig.sim.control.counters().passwordTries).toBe(3);
  });

  it.each([
    ['authorize', 'sign-in page'],
    ['self_asserted', 'credentials'],
    ['confirmed', 'confirmation'],
    ['token', 'token'],
  ])(
    '1.5 outage and 1.5 network at %s cost nothing, lesson 7: nothing is called a wrong password',
    async (endpoint, step) => {
      const faults = [
        [{ kind: 'status', status: 503 }, 'service_down'],
        [{ kind: 'outage' }, 'service_down'],
        [{ kind: 'status', status: 429, retryAfterS: 90 }, 'throttled'],
        [{ kind: 'reset' }, 'network'],
      ] as const;
      for (const [fault, kind] of faults) {
        rig.sim.control.addFault({ ...fault, match: endpoint, times: 1 });
        const error = await rig.failure(tryWith(rig.sim.password));
        expect([error.kind, error.facts.during]).toEqual([kind, step]);
        expect(rig.sim.control.faults()).toEqual([]);
        await rig.advance(120_000);
      }
      expect(rig.online.session()).toEqual({ state: 'signed_out' });
    },
  );

  it.each([
    ['authorize', 'sign_in_page_changed'],
    ['self_asserted', 'service_down'],
    ['confirmed', 'service_down'],
    ['token', 'service_down'],
  ])('a page of the web application in place of %s is %s', async (endpoint, kind) => {
    rig.sim.control.addFault({ kind: 'html', match: endpoint, times: 1 });
    expect((await rig.failure(tryWith(rig.sim.password))).kind).toBe(kind);
  });

  it.each([
    ['self_asserted', 403, 'AADB2C90037: CSRF', 'sign_in_page_changed', 'AADB2C90037'],
    [
      'self_asserted',
      200,
      '{"status":"400","errorCode":"AADB2C99999","message":"No."}',
      'sign_in_refused',
      'AADB2C99999',
    ],
    [
      'self_asserted',
      200,
      '{"status":"400","message":"AADB2C90054: No."}',
      'wrong_credentials',
      'AADB2C90054',
    ],
    ['self_asserted', 200, '{"status":400}', 'wrong_credentials', undefined],
    ...(
      [
        ['AADB2C90052', 'wrong_credentials'],
        ['AADB2C90225', 'wrong_credentials'],
        ['AADB2C99002', 'wrong_credentials'],
        ['AADB2C90111', 'locked_out'],
        ['AADB2C90157', 'locked_out'],
      ] as const
    ).map(
      ([code, kind]) => ['self_asserted', 200, `{"status":"400","errorCode":"${code}"}`, kind, code] as const,
    ),
    ['self_asserted', 400, 'AADB2C90054: No.', 'wrong_credentials', 'AADB2C90054'],
    ['self_asserted', 400, 'Bad Request', 'sign_in_page_changed', undefined],
    ['self_asserted', 200, '{"other":true}', 'unexpected_answer', undefined],
    ['authorize', 400, 'AADB2C90006: not registered', 'sign_in_page_changed', 'AADB2C90006'],
    ['confirmed', 200, '<html>AADB2C90037: An error occurred</html>', 'service_down', 'AADB2C90037'],
    ['confirmed', 200, 'nothing of use', 'service_down', undefined],
    [
      'confirmed',
      200,
      '<html><script>var SETTINGS = {"api":"SelfAsserted"};</script>Terms</html>',
      'consent_needed',
      undefined,
    ],
    [
      'confirmed',
      200,
      '<html><script>var SETTINGS = {"api":"GlobalException"};</script>AADB2C90046</html>',
      'service_down',
      'AADB2C90046',
    ],
    [
      'token',
      400,
      '{"error":"invalid_request","error_description":"AADB2C90083: The request is missing required parameter: code."}',
      'consent_needed',
      'AADB2C90083',
    ],
    [
      'token',
      400,
      '{"error":"invalid_grant","error_description":"AADB2C90129: revoked"}',
      'unexpected_answer',
      'AADB2C90129',
    ],
    ['token', 400, '{"error":"temporarily_unavailable"}', 'service_down', 'temporarily_unavailable'],
    ['token', 200, '{"token_type":"Bearer"}', 'unexpected_answer', undefined],
  ] as const)('1.5 any other code: %s %i %s', async (match, status, body, kind, code) => {
    rig.sim.control.addFault({ kind: 'status', status, text: body, match, times: 1 });
    const error = await rig.failure(tryWith(rig.sim.password));
    expect([error.kind, error.facts.code]).toEqual([kind, code]);
  });

  it('a confirmation that sends back an error is named by its code', async () => {
    rig.sim.control.addFault({
      kind: 'status',
      status: 200,
      text: '{"status":"200"}',
      match: 'self_asserted',
      times: 1,
    });
    const error = await rig.failure(tryWith('not even looked at'));
    expect([error.kind, error.facts]).toEqual([
      'sign_in_refused',
      { during: 'confirmation', code: 'AADB2C90091' },
    ]);
  });

  it('lesson 8: a hung page is given up', async () => {
    rig.sim.control.addFault({ kind: 'hang', match: 'authorize', times: 1 });
    const failed = rig.online
      .signIn({ username: 'a', password: 'b' }, { keepPassword: false })
      .catch((error: unknown) => error);
    await rig.until(() => rig.sim.control.counters().requests['authorize'] === 1);
    await rig.clock.advance(30_000, instantly);
    expect(await failed).toMatchObject({ kind: 'timeout' });
  });

  it('leaves the session that there is alone', async () => {
    await rig.signIn();
    const before = rig.store.values.get('session');
    await rig.failure(tryWith('wrong'));
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    expect(rig.store.values.get('session')).toEqual(before);
  });
});
