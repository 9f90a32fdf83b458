import { beforeEach, describe, expect, it } from 'vitest';
import { accountKey, type Accounts } from '../../../lib/homey/accounts.js';
import {
  handleRepair,
  whoWouldLose,
  type Repairable,
  type Sharing,
} from '../../../lib/homey/repair-session.js';
import type { Services } from '../../../lib/homey/services.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import type { PumpListing } from '../../../lib/thermia/source.js';
import { PUMP } from './fakes.js';
import { ANNA, ANNAS, listing, sessionRig, type FakeSession, type SessionRig } from './session-rig.js';

let accounts: Accounts;
let services: Services;
let made: SessionRig['made'];
let session: FakeSession;
beforeEach(() => {
  ({ accounts, services, made, session } = sessionRig());
});

describe('repair', () => {
  const own = ANNAS;
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
