import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lease } from '../../../lib/homey/accounts.js';
import { MAINTENANCE } from '../../../lib/homey/capabilities.js';
import { createSharedCredentials } from '../../../lib/homey/credential-store.js';
import { initialCapabilities } from '../../../lib/homey/plan.js';
import { startPump, type Pump } from '../../../lib/homey/pump-device.js';
import { SETTLED_MS } from '../../../lib/homey/sync.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.js';
import { FakeAccount } from './fake-account.js';
import { FakeDevice } from './fake-device.js';
import { FakeOnline, lost } from './fake-online.js';
import { boost, hotWater, manifest, noPrices, NOON, PUMP, silent, snapshot, target, texts } from './fakes.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const warm = snapshot(
  {
    hot_water: true,
    'temperature.hot_water': 50,
    activities: ['idle'],
    activity: 'idle',
    alarms: 0,
    alarm_texts: [],
  },
  [hotWater(true)],
);

describe('a pump and its device', () => {
  let clock: VirtualClock;
  let account: FakeAccount;
  let online: FakeOnline;
  let device: FakeDevice;
  let pump: Pump;
  let fired: string[];

  const start = (): void => {
    const lease: Lease = {
      key: 'key',
      online,
      account,
      credentials: createSharedCredentials(),
      setInterval: (minutes) => account.setInterval(minutes),
      release: () => Promise.resolve(),
    };
    pump = startPump({
      device,
      pumpId: PUMP,
      lease,
      manifest,
      texts,
      clock,
      logger: silent,
      prices: noPrices,
      notify: () => Promise.resolve(),
      fire: (card, tokens) => void fired.push([card, ...Object.values(tokens)].join(' ')),
    });
  };
  const signedIn = (): void => {
    online.become({ state: 'signed_in' });
    account.become({ state: 'available' });
  };

  beforeEach(() => {
    clock = createVirtualClock(NOON);
    account = new FakeAccount();
    online = new FakeOnline();
    device = new FakeDevice(initialCapabilities(warm));
    fired = [];
    start();
  });

  afterEach(() => {
    pump.stop();
    expect(account.watchers).toBe(0);
    expect(account.listeners()).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  it('shows what was read, once', async () => {
    signedIn();
    account.report(warm);
    await clock.settle();
    expect(device.values.get('onoff')).toBe(true);
    expect(device.values.get('measure_temperature')).toBe(50);
    device.calls.length = 0;
    account.report(warm);
    await clock.settle();
    expect(device.calls).toEqual([]);
    expect(device.available).toBe(true);
    expect(device.seen).toBe(2);
  });

  it('switches when the pump has taken it', async () => {
    signedIn();
    account.report(warm);
    await clock.settle();
    const done = device.listeners.get('onoff')!(false);
    account.writes[0]!.accept();
    account.report(snapshot({ hot_water: true }, [hotWater(true)]));
    await clock.advance(2000);
    account.writes[0]!.settle({ state: 'confirmed' });
    await expect(done).resolves.toBeUndefined();
    expect(account.writes).toHaveLength(1);
    expect(fired).toEqual([]);
  });

  it('refuses in words', async () => {
    signedIn();
    account.report(warm);
    const done = expect(device.listeners.get('onoff')!(false)).rejects.toThrow(
      'Thermia Online refused the change.',
    );
    account.writes[0]!.refuse(new ThermiaError('rejected', 'HTTP 400'));
    await done;
    expect(fired).toEqual(['write_failed Hot water Off Thermia Online refused the change.']);
    expect(device.warning).toBeNull();
    await clock.settle();
  });

  it('takes a value back, warns and tells Flows when the pump did not take what was accepted', async () => {
    signedIn();
    account.report(warm);
    await clock.settle();
    const done = device.listeners.get('onoff')!(false);
    account.writes[0]!.accept();
    await clock.advance(8000);
    await done;
    device.values.set('onoff', false);
    account.report(warm);
    await clock.settle();
    expect(device.values.get('onoff'), 'not overwritten while it is open').toBe(false);

    account.writes[0]!.settle({ state: 'failed', error: new ThermiaError('not_confirmed', 'x') });
    await clock.settle();
    expect(device.values.get('onoff')).toBe(true);
    expect(device.warning).toMatch(/^Hot water could not be set to Off\. The change was sent/);
    expect(fired).toEqual([expect.stringMatching(/^write_failed Hot water Off The change was sent/)]);

    const again = device.listeners.get('onoff')!(false);
    account.writes[1]!.settle({ state: 'confirmed' });
    await again;
    await clock.settle();
    expect(device.warning).toBeNull();
  });

  it('a card fails when nothing was confirmed in time', async () => {
    signedIn();
    account.report(warm);
    const done = expect(pump.write('hot_water', false)).rejects.toThrow('not seen to take it');
    account.writes[0]!.accept();
    await clock.advance(80_000);
    await done;
    account.writes[0]!.settle({ state: 'confirmed' });
    await clock.settle();
  });

  it('tells a lost connection and its return once each, also over a restart', async () => {
    signedIn();
    account.become({ state: 'stale', since: NOON, reason: 'network' });
    account.become({ state: 'unavailable', since: NOON, reason: 'network' });
    account.become({ state: 'unavailable', since: NOON, reason: 'service_down' });
    await clock.settle();
    expect(device.available).toMatch(/does not work at the moment/);
    pump.stop();
    start();
    account.become({ state: 'unavailable', since: NOON, reason: 'network' });
    await clock.advance(35 * MINUTE);
    account.become({ state: 'available' });
    account.become({ state: 'available' });
    await clock.settle();
    expect(device.available).toBe(true);
    expect(fired).toEqual([
      'connection_lost Thermia Online cannot be reached. Check the internet connection of this Homey.',
      'connection_restored 35',
    ]);
  });

  it('tells a lost sign-in and its return once each, and not as a lost connection', async () => {
    signedIn();
    online.become(lost());
    account.become({ state: 'unavailable', since: NOON, reason: 'sign_in_needed' });
    online.become(lost());
    await clock.settle();
    expect(device.available).toBe(
      'The sign-in to Thermia Online has ended. Repair this device to sign in again.',
    );
    signedIn();
    await clock.settle();
    expect(fired).toEqual(['sign_in_needed The sign-in to Thermia Online has ended.', 'sign_in_restored']);
    expect(device.available).toBe(true);
  });

  it('tells warmer, colder, activities and alarms', async () => {
    signedIn();
    account.report(warm);
    await clock.settle();
    account.report(
      snapshot(
        {
          hot_water: true,
          'temperature.hot_water': 53,
          activities: ['hot_water'],
          activity: 'hot_water',
          alarms: 1,
          alarm_texts: ['Low brine pressure'],
        },
        [hotWater(true)],
      ),
    );
    await clock.settle();
    expect(fired).toEqual([
      'temperature_warmer 53 Hot water temperature',
      'activity_stopped Idle',
      'activity_started Making hot water',
      'alarm_raised Low brine pressure',
    ]);
    pump.stop();
    account = new FakeAccount();
    start();
    account.report(warm);
    await clock.settle();
    expect(fired.slice(4)).toEqual([
      'temperature_colder 50 Hot water temperature',
      'alarm_cleared Low brine pressure',
    ]);
  });

  it('gains boost, and loses it after days', async () => {
    signedIn();
    account.report(warm);
    await clock.settle();
    const boosting = snapshot({ hot_water: true, hot_water_boost: false }, [hotWater(true), boost(false)]);
    account.report(boosting);
    await clock.settle();
    expect(device.values.get('hot_water_boost')).toBe(false);
    const done = device.listeners.get('hot_water_boost')!(true);
    account.writes[0]!.settle({ state: 'confirmed' });
    await done;

    await clock.advance(SETTLED_MS);
    account.report(warm);
    await clock.settle();
    expect(device.hasCapability('hot_water_boost')).toBe(true);
    expect(device.values.get('hot_water_boost')).toBeNull();
    for (let day = 0; day < 3; day += 1) {
      await clock.advance(DAY);
      account.report(warm);
      await clock.settle();
    }
    expect(device.hasCapability('hot_water_boost')).toBe(false);
    expect(device.calls.filter((call) => call === 'store absence').length).toBeLessThanOrEqual(4);
  });

  it.each([true, false])(
    'takes limits from the pump, once; a Homey forgets other options: %s',
    async (forgets) => {
      device = new FakeDevice(['target_temperature.indoor', ...MAINTENANCE]);
      device.forgetsOptions = forgets;
      const own = { title: { en: 'Heating target' }, icon: '/assets/capabilities/heating_target.svg' };
      device.options.set('target_temperature.indoor', { ...own, min: 4, max: 35 });
      pump.stop();
      start();
      const pumpWithTarget = snapshot({ heating_target: 20 }, [target(20, 15, 25)], { online: null });
      account.report(pumpWithTarget);
      account.report(pumpWithTarget);
      await clock.settle();
      expect(device.options.get('target_temperature.indoor')).toEqual({ ...own, min: 15, max: 25, step: 1 });
      expect(device.calls.filter((call) => call.startsWith('options'))).toHaveLength(1);
    },
  );

  it('goes on when one capability makes trouble', async () => {
    signedIn();
    device.fails.add('onoff');
    account.report(warm);
    await clock.settle();
    expect(device.values.get('measure_temperature')).toBe(50);
  });

  it('presses its buttons', async () => {
    await device.listeners.get('button.read_now')!(true);
    account.answer = () => Promise.reject(new ThermiaError('network', 'x'));
    await expect(device.listeners.get('button.read_now')!(true)).rejects.toThrow('cannot be reached');
    await device.listeners.get('button.forget_account')!(true);
    expect(online.calls).toEqual(['signOut']);
    await clock.settle();
    expect(device.available).toMatch(/^Not signed in/);
  });

  it('shows who the pump is, and the last contact within the hour', async () => {
    signedIn();
    account.report(warm);
    await clock.settle();
    expect(device.settings.get('model')).toBe('Model X');
    expect(device.settings.get('last_contact')).toBe('Jan 15, 2026, 1:00 PM');
    expect(device.settings.get('sign_in_valid_until')).toBe('Jan 16, 2026, 1:00 PM');
    await device.setStoreValue('credentials', { username: 'a', password: 'b' });
    account.report(warm);
    await clock.settle();
    expect(device.settings.get('sign_in_valid_until')).toBe(
      'Jan 16, 2026, 1:00 PM, then again with the kept password',
    );
    device.calls.length = 0;
    for (let minute = 3; minute < 60; minute += 3) {
      account.report({ ...warm, lastOnline: NOON + minute * MINUTE });
      await clock.settle();
    }
    expect(device.calls).toEqual([]);
    account.report({ ...warm, lastOnline: NOON + 60 * MINUTE });
    await clock.settle();
    expect(device.settings.get('last_contact')).toBe('Jan 15, 2026, 2:00 PM');
  });
});
