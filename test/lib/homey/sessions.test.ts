import { beforeEach, describe, expect, it } from 'vitest';
import { accountKey, createAccounts, type Accounts } from '../../../lib/homey/accounts.js';
import { handlePairing } from '../../../lib/homey/pair-session.js';
import type { PairingDevice } from '../../../lib/homey/pairing.js';
import {
  handleRepair,
  whoWouldLose,
  type Repairable,
  type Sharing,
} from '../../../lib/homey/repair-session.js';
import type { Services } from '../../../lib/homey/services.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import type { PumpListing } from '../../../lib/thermia/source.js';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.js';
import { FakeSettings } from './fake-settings.js';
import { FakeAccount } from './fake-account.js';
import { FakeOnline } from './fake-online.js';
import { hotWater, manifest, noPrices, NOON, PUMP, silent, snapshot, target, texts } from './fakes.js';

const ANNA = { username: 'anna@example.com', password: 'correct' };
const listing = (id: string): PumpListing => ({
  identity: { ...snapshot({}).identity, id },
  online: true,
  lastOnline: NOON,
  alarms: 0,
});

class FakeSession {
  readonly handlers = new Map<string, (data: unknown) => Promise<unknown>>();
  setHandler = (event: string, handler: (data: unknown) => Promise<unknown>): void =>
    void this.handlers.set(event, handler);
  emit = (event: string, data: unknown = {}): Promise<unknown> => this.handlers.get(event)!(data);
}

let clock: VirtualClock;
let accounts: Accounts;
let services: Services;
let made: Map<string, { online: FakeOnline; account: FakeAccount; signIns: string[] }>;
let session: FakeSession;

beforeEach(() => {
  clock = createVirtualClock(NOON);
  made = new Map();
  session = new FakeSession();
  accounts = createAccounts({
    settings: new FakeSettings(),
    texts,
    logger: silent,
    now: () => clock.now(),
    notify: () => Promise.resolve(),
    create(key, credentials) {
      const [online, account] = [new FakeOnline(), new FakeAccount()];
      const signIns: string[] = [];
      online.onSignIn = async (given) => {
        signIns.push(given.password);
        await credentials.save(given);
      };
      account.pumps = [listing(PUMP)];
      account.report(
        snapshot({ hot_water: true, heating_target: 20, integral: -3 }, [hotWater(true), target(20, 15, 25)]),
      );
      made.set(key, { online, account, signIns });
      return { online, account };
    },
  });
  services = {
    accounts,
    manifest,
    texts,
    clock,
    logger: silent,
    prices: noPrices,
    notify: () => Promise.resolve(),
  };
});

describe('pairing', () => {
  const key = accountKey(ANNA.username);
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

describe('repair', () => {
  const own = accountKey(ANNA.username);
  const bert = { username: 'bert@example.com', password: 'correct' };
  const other = accountKey(bert.username);
  const OTHER_PUMP = '7654321';
  let moves: (readonly [key: string, keepsPassword: boolean])[];
  let refreshed: number;
  let devices: Map<string, Sharing[]>;

  const named = (pumpId: string, keepsPassword: boolean): Sharing => ({
    pumpId,
    keepsPassword,
    getName: () => `Pump ${pumpId}`,
  });

  beforeEach(async () => {
    moves = [];
    refreshed = 0;
    await accounts.lease(own);
    made.get(own)!.online.pumpsOfToken = () => Promise.resolve([listing(PUMP)]);
    const device: Repairable = {
      ...named(PUMP, false),
      get accountKey() {
        return moves.at(-1)?.[0] ?? own;
      },
      async moveTo(key, keepsPassword) {
        await accounts.lease(key);
        moves.push([key, keepsPassword]);
      },
      refresh: () => Promise.resolve(void (refreshed += 1)),
    };
    devices = new Map([[own, [device]]]);
    handleRepair(session, services, device, (key) => devices.get(key) ?? []);
  });

  it('signs in again to the same account', async () => {
    expect(await session.emit('login', ANNA)).toBe(true);
    expect(made.get(own)!.online.calls).toEqual(['signIn keep=false']);
    expect(refreshed).toBe(1);
    expect(moves).toEqual([]);
    expect(accounts.open().map(({ key }) => key)).toEqual([own]);
  });

  it('moves to another account that has the pump', async () => {
    expect(await session.emit('login', bert)).toBe(true);
    expect(moves).toEqual([[other, false]]);
    expect(made.get(other)!.online.calls).toEqual(['signIn keep=false']);
  });

  it('does with the password of an account that others use what they were told', async () => {
    devices.set(other, [named(OTHER_PUMP, true)]);
    const theirs = await accounts.lease(other);
    expect(await session.emit('login', bert)).toBe(true);
    expect(made.get(other)!.online.calls).toEqual(['signIn keep=true']);
    expect(moves).toEqual([[other, true]]);
    await theirs.release({ forget: false });
  });

  it('refuses an account that does not have the pump, and forgets it', async () => {
    const original = accounts.lease.bind(accounts);
    accounts.lease = async (key) => {
      const lease = await original(key);
      made.get(key)!.account.pumps = [listing('999')];
      return lease;
    };
    await expect(session.emit('login', bert)).rejects.toThrow('not in that Thermia account');
    expect(made.get(other)!.online.calls).toEqual(['signIn keep=false', 'signOut']);
    expect(moves).toEqual([]);
  });

  it('takes a pasted token', async () => {
    expect(await session.emit('token', { token: '  a.b.c.d.e\n' })).toBe(true);
    expect(made.get(own)!.online.calls).toEqual(['token a.b.c.d.e', 'adopted']);
    expect(refreshed).toBe(1);
  });

  it('says what is wrong with a token', async () => {
    made.get(own)!.online.refuse = new ThermiaError('not_a_refresh_token', 'x');
    await expect(session.emit('token', { token: 'x' })).rejects.toThrow('not a refresh token');
    expect(accounts.open().map(({ key }) => key)).toEqual([own]);
  });

  it.each<[string, () => Promise<PumpListing[]>, string]>([
    [
      'of an account without the pump',
      () => Promise.resolve([listing('999')]),
      'This heat pump is not in that Thermia account.',
    ],
    [
      'whose pumps cannot be listed',
      () => Promise.reject(new ThermiaError('timeout', 'x')),
      'Thermia Online did not answer in time.',
    ],
    [
      'that another device would lose its pump by',
      () => Promise.resolve([listing(PUMP)]),
      `Pump ${OTHER_PUMP} uses the same sign-in and is not in that Thermia account.`,
    ],
  ])('does not adopt a token %s', async (_, pumpsOfToken, said) => {
    made.get(own)!.online.pumpsOfToken = pumpsOfToken;
    devices.get(own)!.push(named(OTHER_PUMP, false));
    await expect(session.emit('token', { token: 'a.b.c.d.e' })).rejects.toThrow(said);
    expect(made.get(own)!.online.calls).toEqual(['token a.b.c.d.e']);
    expect(accounts.open().map(({ key }) => key)).toEqual([own]);
    expect(refreshed).toBe(0);
  });

  it.each<[string, readonly string[], readonly string[], readonly string[], string | null]>([
    ['all are there', ['1', '2'], ['1', '2'], [], null],
    ['one is not', ['1'], ['1', '2'], [], '2'],
    ['one is not, and was not before', ['1'], ['1', '2'], ['2'], null],
    ['there are more', ['1', '2', '3'], ['1'], [], null],
  ])('who would lose a pump where %s', (_, listed, sharing, gone, loser) => {
    const found = whoWouldLose(
      listed.map(listing),
      sharing.map((id) => named(id, true)),
      (id) => gone.includes(id),
    );
    expect(found?.pumpId ?? null).toBe(loser);
  });
});
