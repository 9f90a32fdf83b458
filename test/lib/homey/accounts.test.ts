import { describe, expect, it } from 'vitest';
import { accountKey, createAccounts, type Accounts } from '../../../lib/homey/accounts.js';
import type { SharedCredentials } from '../../../lib/homey/credential-store.js';
import { createSettingsStore } from '../../../lib/homey/settings-store.js';
import { FakeSettings } from './fake-settings.js';
import { FakeAccount } from './fake-account.js';
import { FakeOnline, lost } from './fake-online.js';
import { NOON, silent, texts } from './fakes.js';

interface House {
  readonly accounts: Accounts;
  readonly settings: FakeSettings;
  readonly made: { key: string; online: FakeOnline; account: FakeAccount; credentials: SharedCredentials }[];
  readonly timeline: string[];
}

const house = (settings = new FakeSettings(), startsLost = false): House => {
  const made: House['made'] = [];
  const timeline: string[] = [];
  const accounts = createAccounts({
    settings,
    texts,
    logger: silent,
    now: () => NOON,
    notify: (excerpt) => Promise.resolve(void timeline.push(excerpt)),
    create(key, credentials) {
      const [online, account] = [new FakeOnline(), new FakeAccount()];
      if (startsLost) online.become(lost());
      made.push({ key, online, account, credentials });
      return { online, account };
    },
  });
  return { accounts, settings, made, timeline };
};

describe('accounts', () => {
  it('are named by a hash that does not depend on case or blanks', () => {
    expect(accountKey(' Anna@Example.com ')).toBe(accountKey('anna@example.com'));
    expect(accountKey('anna@example.com')).not.toBe(accountKey('bert@example.com'));
    expect(accountKey('anna@example.com')).toMatch(/^[0-9a-f]{12}$/);
  });

  it('are opened once for all devices, with the shortest interval', async () => {
    const { accounts, made } = house();
    const [one, two] = [await accounts.lease('a'), await accounts.lease('a')];
    one.setInterval(10);
    two.setInterval(5);
    expect(made).toHaveLength(1);
    expect(made[0]!.account.intervals).toEqual([10, 5]);
    await two.release({ forget: false });
    expect(made[0]!.account.intervals).toEqual([10, 5, 10]);
    expect(made[0]!.account.stopped).toBe(false);
    await one.release({ forget: false });
    expect(made[0]!.account.stopped).toBe(true);
    expect(made[0]!.online.stopped).toBe(true);
    expect(made[0]!.online.calls).toEqual([]);
  });

  it('ask every three minutes where nobody wishes otherwise', async () => {
    const { accounts, made } = house();
    const [pairing, device] = [await accounts.lease('a'), await accounts.lease('a')];
    device.setInterval(30);
    await device.release({ forget: false });
    expect(made[0]!.account.intervals).toEqual([30, 3]);
    await pairing.release({ forget: true });
  });

  it('are forgotten only when nobody is left', async () => {
    const { accounts, made, settings } = house();
    const [one, two] = [await accounts.lease('a'), await accounts.lease('a')];
    one.online.onSession(() => undefined);
    made[0]!.online.become({ state: 'signed_in' });
    await one.release({ forget: true });
    await one.release({ forget: true });
    expect(made[0]!.online.calls).toEqual([]);
    await two.release({ forget: true });
    expect(made[0]!.online.calls).toEqual(['signOut']);
    expect([...settings.all]).toEqual([]);
    await accounts.lease('a');
    expect(made).toHaveLength(2);
  });

  it('poll on at once when signed in again', async () => {
    const { accounts, made } = house();
    await accounts.lease('a');
    made[0]!.online.become({ state: 'signed_in' });
    expect(made[0]!.account.woken).toBe(1);
  });

  it('put a lost sign-in and its return on the timeline once each, also over a restart', async () => {
    const { accounts, made, timeline, settings } = house();
    const lease = await accounts.lease('a');
    const { online } = made[0]!;
    online.become({ state: 'signed_in' });
    online.become(lost());
    online.become(lost());
    expect(timeline).toHaveLength(1);
    expect(timeline[0]).toMatch(/sign in again.*has ended/);
    await lease.release({ forget: false });

    const restarted = house(settings, true);
    await restarted.accounts.lease('a');
    expect(restarted.timeline).toEqual([]);
    restarted.made[0]!.online.become({ state: 'signed_in' });
    restarted.made[0]!.online.become({ state: 'signed_in' });
    expect(restarted.timeline).toEqual(['**Thermia** is signed in again.']);
  });

  it('say nothing of a person who signs out', async () => {
    const { accounts, made, timeline } = house();
    await accounts.lease('a');
    made[0]!.online.become({ state: 'signed_in' });
    made[0]!.online.become({ state: 'signed_out' });
    made[0]!.online.become({ state: 'signed_in' });
    expect(timeline).toEqual([]);
  });

  it('sweep what a broken-off pairing left behind', async () => {
    const { accounts, settings } = house();
    await accounts.lease('used');
    for (const key of ['account.used', 'account.left', 'episode.left', 'other']) settings.set(key, {});
    accounts.sweep([...settings.all.keys()]);
    expect([...settings.all.keys()]).toEqual(['account.used', 'other']);
  });

  it('stop without forgetting', async () => {
    const { accounts, made } = house();
    await accounts.lease('a');
    await accounts.lease('b');
    await accounts.stop();
    expect(made.map(({ account, online }) => [account.stopped, online.stopped, online.calls])).toEqual([
      [true, true, []],
      [true, true, []],
    ]);
  });
});

describe('the password', () => {
  const rest = (kept: unknown = null) => {
    const box = { kept };
    return {
      box,
      load: () => box.kept,
      save: (value: unknown) => Promise.resolve(void (box.kept = value)),
      erase: () => Promise.resolve(void (box.kept = null)),
    };
  };
  const anna = { username: 'anna@example.com', password: 'secret' };
  const open = async (): Promise<SharedCredentials> => {
    const { accounts } = house();
    return (await accounts.lease('a')).credentials;
  };

  it('waits in memory for the first device and then rests there alone', async () => {
    const credentials = await open();
    await credentials.save(anna);
    expect(await credentials.load()).toEqual(anna);
    const device = rest();
    const detach = await credentials.attach(device);
    expect(device.box.kept).toEqual(anna);
    detach();
    expect(await credentials.load()).toBeNull();
  });

  it('is kept by every device of the account, so that any of them can go', async () => {
    const credentials = await open();
    const [one, two] = [rest(anna), rest()];
    const detach = await credentials.attach(one);
    await credentials.attach(two);
    detach();
    expect(await credentials.load()).toEqual(anna);
  });

  it('is replaced everywhere by a newer one, and erased everywhere', async () => {
    const credentials = await open();
    const [one, two] = [rest(anna), rest(anna)];
    await credentials.attach(one);
    const newer = { ...anna, password: 'other' };
    await credentials.save(newer);
    await credentials.attach(two);
    expect(one.box.kept).toEqual(newer);
    await credentials.erase();
    expect([one.box.kept, two.box.kept]).toEqual([null, null]);
    expect(await credentials.load()).toBeNull();
  });

  it('from a newer sign-in wins over what a device still has', async () => {
    const credentials = await open();
    await credentials.save({ ...anna, password: 'newer' });
    const device = rest(anna);
    await credentials.attach(device);
    expect(device.box.kept).toEqual({ ...anna, password: 'newer' });
  });

  it('that is not one is not used', async () => {
    const credentials = await open();
    await credentials.attach(rest({ username: 'anna' }));
    expect(await credentials.load()).toBeNull();
  });
});

describe('the session store', () => {
  it('keeps many values under one key, and leaves nothing behind', async () => {
    const settings = new FakeSettings();
    const store = createSettingsStore(settings, 'account.a');
    expect(store.get('token')).toBeNull();
    await store.set('token', 'x');
    await store.set('chain', { startedAt: 1 });
    expect(settings.all.get('account.a')).toEqual({ token: 'x', chain: { startedAt: 1 } });
    expect(createSettingsStore(settings, 'account.a').get('chain')).toEqual({ startedAt: 1 });
    expect(createSettingsStore(settings, 'account.b').get('token')).toBeNull();
    await store.unset('token');
    await store.unset('chain');
    expect([...settings.all]).toEqual([]);
  });

  it('reads odd contents as empty', () => {
    const settings = new FakeSettings();
    settings.set('account.a', ['x']);
    expect(createSettingsStore(settings, 'account.a').get('0')).toBeNull();
  });
});
