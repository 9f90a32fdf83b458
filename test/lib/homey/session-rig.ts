import { accountKey, createAccounts, type Accounts } from '../../../lib/homey/accounts.js';
import type { Services } from '../../../lib/homey/services.js';
import type { PumpListing } from '../../../lib/thermia/source.js';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.js';
import { FakeAccount } from './fake-account.js';
import { FakeOnline } from './fake-online.js';
import { FakeSettings } from './fake-settings.js';
import { hotWater, manifest, noPrices, NOON, PUMP, silent, snapshot, target, texts } from './fakes.js';

export const ANNA = { username: 'anna@example.com', password: 'correct' };
export const ANNAS = accountKey(ANNA.username);
export const listing = (id: string): PumpListing => ({
  identity: { ...snapshot({}).identity, id },
  online: true,
  lastOnline: NOON,
  alarms: 0,
});

/** A pair or repair session of which a test is the page. */
export class FakeSession {
  readonly handlers = new Map<string, (data: unknown) => Promise<unknown>>();
  setHandler = (event: string, handler: (data: unknown) => Promise<unknown>): void =>
    void this.handlers.set(event, handler);
  emit = (event: string, data: unknown = {}): Promise<unknown> => this.handlers.get(event)!(data);
}

export interface SessionRig {
  readonly clock: VirtualClock;
  readonly accounts: Accounts;
  readonly services: Services;
  readonly session: FakeSession;
  /** What there is of each account that was opened. */
  readonly made: Map<string, { online: FakeOnline; account: FakeAccount; signIns: string[] }>;
}

export const sessionRig = (): SessionRig => {
  const clock = createVirtualClock(NOON);
  const made: SessionRig['made'] = new Map();
  const accounts = createAccounts({
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
  const services = {
    accounts,
    manifest,
    texts,
    clock,
    logger: silent,
    prices: noPrices,
    notify: () => Promise.resolve(),
  };
  return { clock, accounts, services, session: new FakeSession(), made };
};
