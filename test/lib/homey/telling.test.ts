import { describe, expect, it } from 'vitest';
import {
  connectionHealth,
  signInHealth,
  stepEpisode,
  type Episode,
  type Health,
} from '../../../lib/homey/episodes.js';
import {
  activeAlarms,
  activityNews,
  alarmNews,
  temperatureNews,
  UNNAMED_MS,
} from '../../../lib/homey/news.js';
import {
  deviceStatus,
  WARNING_MS,
  type DeviceStatus,
  type FailedWrite,
  type Seen,
} from '../../../lib/homey/status.js';
import type { Availability } from '../../../lib/thermia/account/types.js';
import type { SessionState } from '../../../lib/thermia/cloud/types.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import { lost } from './fake-online.js';
import { NOON, snapshot, texts } from './fakes.js';

describe('episodes', () => {
  const edges = (start: Episode | null, ...healths: Health[]): (string | null)[] => {
    let episode = start;
    return healths.map((health) => {
      const step = stepEpisode(episode, health, NOON);
      episode = step.episode;
      return step.edge;
    });
  };

  it.each<[Episode | null, Health[], (string | null)[]]>([
    [null, ['well', 'well'], [null, null]],
    [null, ['broken', 'broken', null, 'broken', 'well', 'well'], ['begun', null, null, null, 'ended', null]],
    [{ broken: true, since: 1 }, [null, 'broken', 'well'], [null, null, 'ended']],
    [
      { broken: false, since: 1 },
      ['well', null, 'broken', 'well', 'broken'],
      [null, null, 'begun', 'ended', 'begun'],
    ],
  ])('from %j through %j: %j', (start, healths, expected) => {
    expect(edges(start, ...healths)).toEqual(expected);
  });

  it.each<[Availability, Health]>([
    [{ state: 'starting' }, null],
    [{ state: 'available' }, 'well'],
    [{ state: 'stale', since: 1, reason: 'network' }, null],
    [{ state: 'unavailable', since: 1, reason: 'network' }, 'broken'],
    [{ state: 'unavailable', since: 1, reason: 'pump_offline' }, 'broken'],
    [{ state: 'unavailable', since: 1, reason: 'pump_gone' }, 'broken'],
    [{ state: 'unavailable', since: 1, reason: 'sign_in_needed' }, null],
    [{ state: 'unavailable', since: 1, reason: 'wrong_credentials' }, null],
    [{ state: 'unavailable', since: 1, reason: 'consent_needed' }, null],
    [{ state: 'unavailable', since: 1, reason: 'unauthorized' }, 'broken'],
    [{ state: 'unavailable', since: 1, reason: 'locked_out' }, 'broken'],
    [{ state: 'unavailable', since: 1, reason: 'sign_in_page_changed' }, 'broken'],
    [{ state: 'unavailable', since: 1, reason: 'stopped' }, null],
  ])('connection %j: %s', (availability, health) => {
    expect(connectionHealth(availability)).toBe(health);
  });

  it.each<[SessionState, Health]>([
    [{ state: 'signed_in' }, 'well'],
    [{ state: 'signed_out' }, null],
    [lost(), 'broken'],
  ])('sign-in $0.state: $1', (session, health) => {
    expect(signInHealth(session)).toBe(health);
  });
});

describe('what the device shows', () => {
  const signedIn: SessionState = { state: 'signed_in' };
  const write: FailedWrite = {
    controlId: 'hot_water',
    capability: 'onoff',
    value: false,
    error: new ThermiaError('rejected', 'x'),
    at: NOON,
  };
  const show = (session: SessionState, availability: Availability, rest: Partial<Seen> = {}) =>
    deviceStatus(
      { session, availability, lostSince: null, failed: null, old: [], now: NOON, ...rest },
      texts,
    );

  it('stays as it is while nothing is known', () => {
    expect(show(signedIn, { state: 'starting' })).toBeNull();
  });

  it.each<[Availability, DeviceStatus]>([
    [
      { state: 'starting' },
      { available: false, message: 'No connection since Jan 15, 2026, 1:00 PM. Waiting for new values.' },
    ],
    [{ state: 'available' }, { available: true, warning: null }],
  ])('after a start without the connection that was lost before: %j', (availability, expected) => {
    expect(show(signedIn, availability, { lostSince: NOON })).toEqual(expected);
  });

  it('is available without a word when all is well', () => {
    expect(show(signedIn, { state: 'available' })).toEqual({ available: true, warning: null });
  });

  it('says how old stale values are, and why', () => {
    expect(show(signedIn, { state: 'stale', since: NOON, reason: 'service_down' })).toEqual({
      available: true,
      warning: 'The values are from Jan 15, 2026, 1:00 PM. Thermia Online does not work at the moment.',
    });
  });

  it.each([
    [
      { state: 'unavailable', since: NOON, reason: 'pump_offline' } as const,
      /no contact.*since Jan 15, 2026, 1:00 PM/,
    ],
    [{ state: 'unavailable', since: NOON, reason: 'service_down' } as const, /does not work.*since/],
    [
      { state: 'unavailable', since: NOON, reason: 'wrong_credentials' } as const,
      /password.*Repair this device/,
    ],
  ])('is unavailable with the reason and what to do: %j', (availability, expected) => {
    const status = show(signedIn, availability);
    expect(status?.available).toBe(false);
    expect(status?.available === false && status.message).toMatch(expected);
  });

  it('asks for a repair when signed out, whatever the pump does', () => {
    for (const session of [lost(), { state: 'signed_out' }] as const) {
      const status = show(session, { state: 'available' });
      expect(status?.available === false && status.message).toMatch(/Repair this device/);
    }
  });

  it('warns of a write that was not taken, for some hours', () => {
    const warning = (now: number) => {
      const status = show(signedIn, { state: 'available' }, { failed: write, now });
      return status?.available === true ? status.warning : '';
    };
    expect(warning(NOON + WARNING_MS - 1)).toBe(
      'Hot water could not be set to Off. Thermia Online refused the change.',
    );
    expect(warning(NOON + WARNING_MS)).toBeNull();
  });

  const FAILED = 'Hot water could not be set to Off. Thermia Online refused the change.';
  const OLD = 'These values are out of date: Hot water, Heating target.';
  const STALE = 'The values are from Jan 15, 2026, 1:00 PM. Thermia Online does not work at the moment.';
  const stale = { state: 'stale', since: NOON, reason: 'service_down' } as const;
  it.each<[Availability, boolean, boolean, string | null]>([
    [{ state: 'available' }, false, false, null],
    [{ state: 'available' }, false, true, OLD],
    [{ state: 'available' }, true, false, FAILED],
    [{ state: 'available' }, true, true, `${FAILED} ${OLD}`],
    [stale, false, false, STALE],
    [stale, false, true, STALE],
    [stale, true, false, `${FAILED} ${STALE}`],
    [stale, true, true, `${FAILED} ${STALE}`],
  ])(
    'warns of all there is: %j, a write that failed %s, old values %s',
    (availability, failed, old, said) => {
      const rest = { ...(failed ? { failed: write } : {}), old: old ? ['Hot water', 'Heating target'] : [] };
      expect(show(signedIn, availability, rest)).toEqual({ available: true, warning: said });
    },
  );

  it('says nothing of old values to whoever cannot see any', () => {
    const status = show(lost(), { state: 'available' }, { failed: write, old: ['Hot water'] });
    expect(status?.available === false && status.message).not.toMatch(/Hot water/);
  });
});

describe('news for Flows', () => {
  const change = (capability: string, before: unknown, value: number | boolean | null) => ({
    capability,
    before,
    value,
  });
  const title = (id: string): string => `<${id}>`;

  it('tells temperatures that rose or fell, with what a Flow compares', () => {
    expect(
      temperatureNews(
        [
          change('measure_temperature', 49, 50.5),
          change('measure_temperature.outdoor', 0, -1),
          change('measure_temperature.supply', null, 30),
          change('measure_temperature.return', 30, null),
          change('target_temperature.indoor', 20, 21),
          change('onoff', true, false),
        ],
        title,
      ),
    ).toEqual([
      {
        card: 'temperature_warmer',
        tokens: { temperature: 50.5, sensor: '<measure_temperature>' },
        state: { sensor: 'measure_temperature', before: 49, after: 50.5 },
      },
      {
        card: 'temperature_colder',
        tokens: { temperature: -1, sensor: '<measure_temperature.outdoor>' },
        state: { sensor: 'measure_temperature.outdoor', before: 0, after: -1 },
      },
    ]);
  });

  it('tells each activity that began or ended, and nothing of what it cannot name', () => {
    const news = activityNews(['heating', 'unknown'], ['heating', 'hot_water'], title);
    expect(news.map(({ card, state }) => [card, state?.['activity']])).toEqual([
      ['activity_started', 'hot_water'],
    ]);
    expect(activityNews(['heating'], ['idle'], title).map(({ card }) => card)).toEqual([
      'activity_stopped',
      'activity_started',
    ]);
    expect(activityNews(null, ['heating'], title)).toEqual([]);
    expect(activityNews(['heating'], null, title)).toEqual([]);
  });

  it.each<[readonly string[] | null, readonly string[] | null, string[]]>([
    [null, ['a'], []],
    [[], ['a', 'b'], ['alarm_raised a', 'alarm_raised b']],
    [['a'], ['b'], ['alarm_cleared a', 'alarm_raised b']],
    [['a', 'b'], [], ['alarm_cleared a', 'alarm_cleared b']],
    [[], [''], ['alarm_raised ']],
    [[''], ['a'], []],
    [['a'], [''], []],
    [[''], [], ['alarm_cleared ']],
    [['a'], ['a'], []],
    [['a'], null, []],
  ])('alarms from %j to %j', (before, now, expected) => {
    expect(alarmNews(before, now).map(({ card, tokens }) => `${card} ${String(tokens['text'])}`)).toEqual(
      expected,
    );
  });

  it.each([
    [{ alarms: 0, alarm_texts: ['old'] }, 0, []],
    [{ alarms: 2, alarm_texts: ['a', 'a'] }, 0, ['a']],
    [{ alarms: 1 }, UNNAMED_MS - 1, null],
    [{ alarms: 1 }, UNNAMED_MS, ['']],
    [{ alarms: 1, alarm_texts: [] }, 0, null],
    [{ alarm_texts: [] }, 0, []],
    [{}, UNNAMED_MS, null],
  ])('active alarms of %j after %d ms', (values, unnamedFor, expected) => {
    expect(activeAlarms(snapshot(values), unnamedFor)).toEqual(expected);
  });
});
