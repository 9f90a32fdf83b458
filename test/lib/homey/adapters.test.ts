import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../lib/homey/accounts.js';
import { homeyClock } from '../../../lib/homey/clock.js';
import { identityLabels, otherValuesLabel, signInLabel } from '../../../lib/homey/labels.js';
import { described, homeyLogger } from '../../../lib/homey/logger.js';
import { readableName } from '../../../lib/homey/names.js';
import { optionsToSet } from '../../../lib/homey/plan.js';
import { servicesOf } from '../../../lib/homey/services.js';
import { status } from '../../../lib/homey/status-report.js';
import { ERROR_KINDS, ThermiaError } from '../../../lib/thermia/errors.js';
import { createVirtualClock } from '../../support/virtual-clock.js';
import { FakeAccount } from './fake-account.js';
import { FakeOnline, lost } from './fake-online.js';
import { FakeSettings } from './fake-settings.js';
import { manifest, NOON, PUMP, silent, snapshot, texts, textsIn } from './fakes.js';

const TOKEN = 'eyJhbGciOiJSU0EtT0FFUCJ9.abc.def.ghi.jkl';

describe('the log', () => {
  const written: unknown[] = [];
  const logger = homeyLogger({
    log: (line) => void written.push(line),
    error: (line) => void written.push(['error', line]),
  });

  it('is one line with its facts, and without secrets', () => {
    logger.info('Signed in', { account: 'anna@example.com', tries: 1, none: undefined });
    logger.warn('Odd', { error: `code=abc ${TOKEN}` });
    logger.error('Failed', { error: described(new Error(`refresh_token=${TOKEN}`)) });
    expect(written).toEqual([
      'Signed in account=[e-mail] tries=1',
      'Warning: Odd error=code=[secret] [token]',
      ['error', expect.stringMatching(/^Failed error=Error: refresh_token=\[secret\]$/)],
    ]);
    expect(described(`password=${TOKEN}`)).toBe('password=[secret]');
  });
});

describe('the clock', () => {
  it('uses the timers of the Homey, which end with the app', () => {
    const calls: unknown[] = [];
    const clock = homeyClock({
      setTimeout: (run, delay) => {
        calls.push(delay);
        run();
        return 'timer';
      },
      clearTimeout: (timer) => void calls.push(timer),
    });
    clock.after(5000, () => calls.push('ran'))();
    expect(calls).toEqual([5000, 'ran', 'timer']);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe('texts', () => {
  it.each(ERROR_KINDS)('say what to do about %s', (kind) => {
    const sentence = texts.error(new ThermiaError(kind, 'for the log'));
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/for the log|__|<|undefined/);
    expect(texts.kind(kind)).toMatch(/^[A-Z].*\.$/);
  });

  it('name limits, and never a stack or a message that is not for people', () => {
    const outside = new ThermiaError('out_of_range', 'x', { limits: { min: 10, max: 30 } });
    expect(texts.error(outside)).toBe('The value must be between 10 and 30.');
    expect(texts.error(new TypeError('x is undefined'))).toBe('Something unexpected went wrong.');
  });

  it.each([
    ['hot_water', 'Hot water'],
    ['heating_target', 'Heating target'],
    ['operation_mode', 'Operation mode'],
    ['curve.heat_stop', 'Heat stop'],
    ['curve.something_new', 'Something new'],
    ['register.REG_SER_HOT_WATER_START', 'Ser hot water start'],
    ['odd', 'Odd'],
  ])('name the control %s', (id, name) => {
    expect(texts.control(id)).toBe(name);
  });

  it.each([
    ['onoff', true, 'On'],
    ['onoff', false, 'Off'],
    ['heat_pump_mode', 'auto', 'Automatic'],
    ['heat_pump_mode', 'eco_plus', 'Eco plus'],
    ['target_temperature.indoor', 21, '21'],
    ['onoff', null, '-'],
  ])('say the value of %s: %s', (capability, value, said) => {
    expect(texts.value(capability, value)).toBe(said);
  });

  it('speak the language of the Homey', () => {
    const swedish = textsIn('sv');
    expect(swedish.capability('measure_temperature.outdoor')).not.toBe(
      texts.capability('measure_temperature.outdoor'),
    );
    expect(swedish.time(NOON)).toBe('15 jan. 2026 13:00');
  });

  it('make names of registers readable', () => {
    expect(readableName('REG__HOT_WATER_BOOST')).toBe('Hot water boost');
    expect(readableName('REG_')).toBe('REG_');
  });
});

describe('labels', () => {
  it('show a dash for what is not known', () => {
    const { identity } = snapshot({});
    expect(
      identityLabels({ ...identity, model: null, firmware: null, gatewayFirmware: null }, texts),
    ).toEqual({
      model: '-',
      firmware: '-',
      installation: PUMP,
    });
    expect(identityLabels({ ...identity, gatewayFirmware: '2.0' }, texts).firmware).toBe('1.2 / 2.0');
  });

  it('name what the pump reports and nobody knows', () => {
    expect(otherValuesLabel(new Map())).toBe('-');
    expect(
      otherValuesLabel(
        new Map([
          ['REG_QUANTUM_LEVEL', 7.25],
          ['COMP_BITS', 0],
        ]),
      ),
    ).toBe('Quantum level 7.25, Bits 0');
  });

  it.each([
    [{ startedAt: null, endsAt: null, kind: null }, false, '-'],
    [{ startedAt: NOON, endsAt: NOON, kind: 'fixed' } as const, false, 'Jan 15, 2026, 1:00 PM'],
    [
      { startedAt: NOON, endsAt: NOON, kind: 'fixed' } as const,
      true,
      'Jan 15, 2026, 1:00 PM, then again with the kept password',
    ],
    [
      { startedAt: NOON, endsAt: NOON, kind: 'sliding' } as const,
      true,
      'Jan 15, 2026, 1:00 PM, renewed by itself',
    ],
  ])('say how long the sign-in lasts: %j', (chain, kept, said) => {
    expect(signInLabel(chain, kept, texts)).toBe(said);
  });
});

it('units that only the pump knows become options', () => {
  const pump = snapshot({ last_defrost: 41 });
  expect(optionsToSet('measure_last_defrost', pump, manifest, {})).toBeNull();
  const withUnit = {
    ...pump,
    readings: { last_defrost: { value: 41, unit: 'min', at: NOON, freshness: 'current' } },
  } as const;
  expect(optionsToSet('measure_last_defrost', withUnit, manifest, {})).toEqual({ units: { en: 'min' } });
});

describe('the report for a problem', () => {
  const services = () => {
    const [online, account] = [new FakeOnline(), new FakeAccount()];
    const accounts = createAccounts({
      settings: new FakeSettings(),
      texts,
      logger: silent,
      now: () => NOON,
      notify: () => Promise.resolve(),
      create: () => ({ online, account }),
    });
    return {
      online,
      account,
      app: { services: { accounts, manifest, texts, logger: silent, clock: createVirtualClock() } },
    };
  };

  it('tells what a pump reports and what was not understood, and nobody’s name', async () => {
    const { online, account, app } = services();
    const lease = await app.services.accounts.lease('a');
    account.report(snapshot({ hot_water: true }, [], { unknown: new Map([['REG_X', 7]]) }));
    const device = { pump: null, pumpId: PUMP, accountKey: 'a', moveTo: () => Promise.resolve() };
    const report = (): string => JSON.stringify(status(app, [device, {}]));
    expect(JSON.parse(report())).toMatchObject({
      accounts: [
        {
          key: 'a',
          session: 'signed_out',
          reason: null,
          pumps: [{ readings: ['hot_water'], unknown: { REG_X: 7 } }],
        },
      ],
    });
    online.become(lost());
    expect(JSON.parse(report())).toMatchObject({ accounts: [{ reason: 'sign_in_needed' }] });
    expect(report()).not.toMatch(/Cellar|1234567|@/);
    await lease.release({ forget: false });
  });

  it('needs an app that has started', () => {
    expect(() => servicesOf({})).toThrow('has not started');
  });
});
