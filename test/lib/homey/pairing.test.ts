import { beforeEach, describe, expect, it } from 'vitest';
import type { Accounts } from '../../../lib/homey/accounts.js';
import { handlePairing } from '../../../lib/homey/pair-session.js';
import type { PairingDevice } from '../../../lib/homey/pairing.js';
import type { Services } from '../../../lib/homey/services.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import type { VirtualClock } from '../../support/virtual-clock.js';
import { PUMP, texts } from './fakes.js';
import { ANNA, ANNAS, FakeSession, sessionRig, type SessionRig } from './session-rig.js';

let clock: VirtualClock;
let accounts: Accounts;
let services: Services;
let made: SessionRig['made'];
let session: FakeSession;
beforeEach(() => {
  ({ clock, accounts, services, made, session } = sessionRig());
});

describe('pairing', () => {
  const key = ANNAS;
  let kept: boolean | null;
  beforeEach(() => {
    kept = null;
    handlePairing(session, services, 'heat-pump', () => kept);
  });

  it('lists the pumps with what they have, and nothing secret', async () => {
    expect(await session.emit('login', ANNA)).toBe(true);
    const devices = (await session.emit('list_devices')) as PairingDevice[];
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({
      name: 'Cellar',
      data: { id: PUMP },
      store: { account: key },
      settings: { model: 'Model X', installation: PUMP, keep_password: true },
      capabilities: [
        'onoff',
        'target_temperature.indoor',
        'hot_water_plan',
        'hot_water_rescue',
        'alarm_connectivity',
        'button.read_now',
        'button.forget_account',
      ],
      capabilitiesOptions: {
        onoff: { title: { en: 'Hot water' } },
        'target_temperature.indoor': { title: { en: 'Heating target' }, min: 15, max: 25, step: 1 },
        'button.read_now': { maintenanceAction: true },
      },
    });
    expect(JSON.stringify(devices)).not.toMatch(/correct|anna/);
    await session.emit('disconnect');
    await clock.advance(60_000);
  });

  it('says in words why it was not let in, and forgets the account', async () => {
    const kinds = ['wrong_credentials', 'consent_needed', 'service_down', 'sign_in_page_changed'] as const;
    const said = new Set<string>();
    for (const kind of kinds) {
      const failing = new FakeSession();
      const original = services.accounts;
      handlePairing(
        failing,
        {
          ...services,
          accounts: {
            ...original,
            async lease(name) {
              const lease = await original.lease(name);
              made.get(name)!.online.refuse = new ThermiaError(kind, 'x');
              return lease;
            },
          },
        },
        'heat-pump',
        () => null,
      );
      await failing.emit('login', ANNA).catch((error: unknown) => said.add((error as Error).message));
    }
    expect([...said]).toEqual(kinds.map((kind) => texts.kind(kind)));
    expect(accounts.open()).toEqual([]);
  });

  it('asks for a sign-in before it lists', async () => {
    await expect(session.emit('list_devices')).rejects.toThrow('Sign in first.');
  });

  it('says so when there are no pumps', async () => {
    await session.emit('login', ANNA);
    made.get(key)!.account.pumps = [];
    await expect(session.emit('list_devices')).rejects.toThrow('no heat pumps');
    await session.emit('disconnect');
    await clock.advance(60_000);
  });

  it('lists a pump that does not answer with what is common to all', async () => {
    await session.emit('login', ANNA);
    made.get(key)!.account.answer = () => new Promise(() => undefined);
    made.get(key)!.account.snapshot = () => null;
    const listed = session.emit('list_devices') as Promise<PairingDevice[]>;
    await clock.advance(20_000);
    expect((await listed)[0]!.capabilities).toEqual(['button.read_now', 'button.forget_account']);
    await session.emit('disconnect');
    await clock.advance(60_000);
  });

  it.each<[string, number, RegExp | null]>([
    ['never comes', Infinity, /did not answer in time/],
    ['comes when it is too late', 40_000, /did not answer in time/],
    ['comes late, and the pump does not answer', 18_000, null],
  ])('ends before the page gives up where the list %s', async (_, listMs, said) => {
    await session.emit('login', ANNA);
    const { account } = made.get(key)!;
    const pumps = account.pumps;
    account.list = () =>
      new Promise((resolve) => {
        if (Number.isFinite(listMs)) clock.after(listMs, () => resolve(pumps));
      });
    account.answer = () => new Promise(() => undefined);
    const begun = clock.now();
    let ended = Infinity;
    const listed = session.emit('list_devices').finally(() => {
      ended = clock.now() - begun;
    });
    listed.catch(() => undefined);
    await clock.advance(60_000);
    expect(ended).toBe(25_000);
    if (said === null) await expect(listed).resolves.toHaveLength(1);
    else await expect(listed).rejects.toThrow(said);
    await session.emit('disconnect');
    await clock.advance(60_000);
    expect(clock.pending()).toBe(0);
  });

  it('forgets a sign-in that led to no device, and keeps one that did', async () => {
    await session.emit('login', ANNA);
    await session.emit('disconnect');
    const device = await accounts.lease(key);
    await clock.advance(60_000);
    expect(made.get(key)!.online.calls).toEqual(['signIn keep=true']);
    await device.release({ forget: false });

    handlePairing(session, services, 'heat-pump', () => kept);
    await session.emit('login', ANNA);
    await session.emit('disconnect');
    expect(accounts.open()).toHaveLength(1);
    await clock.advance(60_000);
    expect(accounts.open()).toEqual([]);
    expect(made.get(key)!.online.calls).toEqual(['signIn keep=true', 'signOut']);
  });

  it('does for a second pump of the account what was said for the first', async () => {
    kept = false;
    await session.emit('login', ANNA);
    expect(made.get(key)!.online.calls).toEqual(['signIn keep=false']);
    const [device] = (await session.emit('list_devices')) as PairingDevice[];
    expect(device!.settings).toMatchObject({ keep_password: false });
    await session.emit('disconnect');
    await clock.advance(60_000);
    expect(clock.pending()).toBe(0);
  });
});
