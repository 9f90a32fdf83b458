import { beforeEach, describe, expect, it } from 'vitest';
import { ThermiaError } from '../../../../lib/thermia/errors.js';
import type { PumpListing } from '../../../../lib/thermia/source.js';
import { rig, rigForEachTest } from './each-rig.js';
import { instantly, never } from './rig.js';

rigForEachTest();

describe('a pasted refresh token', () => {
  const takeToken = async (): Promise<string> => {
    await rig.signIn();
    const { refreshToken } = rig.store.values.get('session') as { refreshToken: string };
    await rig.online.signOut();
    rig.sent.length = 0;
    return refreshToken;
  };

  it('is tried at once and replaces what there was', async () => {
    const token = await takeToken();
    await rig.signIn(true);
    rig.sent.length = 0;
    await rig.finish(rig.online.signInWithToken(` ${token}\n`));
    expect(rig.sent).toEqual(['token']);
    expect(rig.online.session()).toEqual({ state: 'signed_in' });
    expect(rig.credentials.kept).toBeNull();
    expect(rig.online.chain().startedAt).toBeNull();
  });

  it('is tried with the other way back, which is remembered', async () => {
    const token = await takeToken();
    rig.sim.control.addFault({
      kind: 'status',
      status: 400,
      text: '{"error":"invalid_grant","error_description":"AADB2C90088: other redirect"}',
      match: 'token',
      times: 1,
    });
    await rig.finish(rig.online.signInWithToken(token));
    expect(rig.sent).toEqual(['token', 'token']);
    expect(rig.store.values.get('session')).toMatchObject({
      redirect: 'https://www.online.thermia.se/login',
    });
  });

  it('that is dead is named so', async () => {
    const token = await takeToken();
    rig.sim.control.revokeRefreshTokens();
    const error = await rig.failure(rig.online.signInWithToken(token));
    expect([error.kind, error.facts.code]).toEqual(['sign_in_needed', 'AADB2C90129']);
    expect(rig.online.session()).toEqual({ state: 'signed_out' });
  });

  it('is not given up because the service is down', async () => {
    const token = await takeToken();
    rig.sim.control.addFault({ kind: 'status', status: 500, match: 'token', times: 1 });
    expect((await rig.failure(rig.online.signInWithToken(token))).kind).toBe('service_down');
    expect(rig.sent).toEqual(['token']);
  });

  describe('is looked at before anything changes', () => {
    const seen: string[][] = [];
    const look = (pumps: readonly PumpListing[]): void =>
      void seen.push(pumps.map(({ identity }) => identity.id));
    const refusal = new ThermiaError('pump_gone', 'Somebody else’s');
    let token: string;
    let before: { session: unknown; kept: unknown; chain: unknown };
    const now = () => ({
      session: structuredClone(rig.store.values.get('session')),
      kept: rig.credentials.kept,
      chain: rig.online.chain(),
    });
    const expectAllAsBefore = async (): Promise<void> => {
      expect(seen).toEqual([]);
      expect(now()).toEqual(before);
      rig.sim.control.clearFaults();
      expect(await rig.finish(rig.online.source.list(never))).toHaveLength(1);
      expect(rig.online.session()).toEqual({ state: 'signed_in' });
    };
    beforeEach(async () => {
      seen.length = 0;
      token = await takeToken();
      await rig.signIn(true);
      before = now();
      rig.sent.length = 0;
    });

    it('and adopted with the pumps that were asked for', async () => {
      await rig.finish(rig.online.signInWithToken(token, look));
      expect(seen).toEqual([[expect.stringMatching(/^\d+$/)]]);
      expect(rig.credentials.kept).toBeNull();
      expect(rig.online.chain().startedAt).toBeNull();
    });

    it.each<[string, () => void, (pumps: readonly PumpListing[]) => void, string]>([
      [
        'of somebody else',
        () => undefined,
        () => {
          throw refusal;
        },
        'pump_gone',
      ],
      [
        'whose pumps cannot be listed',
        () => rig.sim.control.addFault({ kind: 'status', status: 500, match: 'installations' }),
        look,
        'service_down',
      ],
      [
        'that the service refuses at once',
        () => rig.sim.control.addFault({ kind: 'status', status: 401, match: 'installations' }),
        look,
        'unauthorized',
      ],
    ])('and nothing is lost by one %s', async (_, trouble, accept, kind) => {
      trouble();
      expect((await rig.failure(rig.online.signInWithToken(token, accept))).kind).toBe(kind);
      await expectAllAsBefore();
    });

    it('and nothing is lost by one whose list does not come', async () => {
      rig.sim.control.addFault({ kind: 'hang', match: 'installations' });
      const failed = rig.online.signInWithToken(token, look).catch((error: unknown) => error);
      await rig.until(() => rig.sim.control.counters().requests['installations'] === 1);
      await rig.clock.advance(15_000, instantly);
      expect(await failed).toMatchObject({ kind: 'timeout' });
      await expectAllAsBefore();
    });
  });

  it('that is another token is refused before anything is sent', async () => {
    const error = await rig.failure(rig.online.signInWithToken('eyJhbGciOiJub25lIn0.eyJzY3AiOiJ4In0.x'));
    expect([error.kind, error.facts.code]).toEqual(['not_a_refresh_token', 'access_token']);
    expect(rig.sent).toEqual([]);
  });
});
