import { describe, expect, it } from 'vitest';
import { ACTIONS, isWholeSteps } from '../../../lib/homey/flow/actions.js';
import type { Choice } from '../../../lib/homey/flow/cards.js';
import { CONDITIONS } from '../../../lib/homey/flow/conditions.js';
import { describeControl, parseControlValue } from '../../../lib/homey/flow/control-text.js';
import { registerCards, type CardPort } from '../../../lib/homey/flow/register.js';
import { TRIGGERS } from '../../../lib/homey/flow/triggers.js';
import { pumpOfArgs } from '../../../lib/homey/heat-pump.js';
import { Sentence } from '../../../lib/homey/texts.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import { hotWater, mode, NOON, readings, silent, snapshot, target, texts, textsIn } from './fakes.js';
import { full, setUp } from './flow-rig.js';

const LANGUAGES = ['en', 'sv', 'no', 'da', 'nl', 'de', 'fr', 'pl'];
const picked = (id: string): Choice => ({ id, name: id });

describe('actions', () => {
  it.each<[string, object, unknown]>([
    ['hot_water_boost_on', {}, ['hot_water_boost', true]],
    ['hot_water_boost_off', {}, ['hot_water_boost', false]],
    ['set_mode', { mode: picked('off') }, ['operation_mode', 'off']],
    ['set_heating_target', { temperature: 21 }, ['heating_target', 21]],
    ['change_heating_target', { direction: 'raise', degrees: 2 }, ['heating_target', 22]],
    ['change_heating_target', { direction: 'lower', degrees: 3 }, ['heating_target', 17]],
    ['set_curve', { number: picked('curve.level'), value: 32 }, ['curve.level', 32]],
    ['set_register', { register: picked('hot_water'), value: 'off' }, ['hot_water', false]],
    [
      'set_register',
      { register: picked('register.REG_SER_HEATING_INTEGRALA1'), value: '-60' },
      ['register.REG_SER_HEATING_INTEGRALA1', -60],
    ],
    ['read_now', {}, 'refresh'],
  ])('%s %j', async (id, args, expected) => {
    const { run, written } = setUp();
    await run(id, args);
    expect(written).toEqual([expected]);
  });

  it('fail where the value to change is not known, or the register is gone', async () => {
    const { run, written } = setUp(snapshot({}, [target(null)]));
    await expect(run('change_heating_target', { direction: 'raise', degrees: 1 })).rejects.toThrow(
      'not known',
    );
    await expect(run('set_register', { register: picked('register.X'), value: '1' })).rejects.toThrow(
      'does not let',
    );
    expect(written).toEqual([]);
  });

  it.each([
    [1, 1, true],
    [3, 1, true],
    [-2, 1, true],
    [0.5, 0.5, true],
    [0.3, 0.1, true],
    [0, 1, false],
    [0.5, 1, false],
    [1.5, 1, false],
    [0.75, 0.5, false],
  ])('a change of %d in steps of %d: %s', (change, step, whole) => {
    expect(isWholeSteps(change, step)).toBe(whole);
  });

  it.each(['raise', 'lower'])('%s by what the pump cannot do is refused', async (direction) => {
    const { run, written } = setUp();
    await expect(run('change_heating_target', { direction, degrees: 0.5 })).rejects.toThrow(
      'The heat pump can only be changed in steps of 1 °C.',
    );
    const half = setUp(snapshot({}, [target(20, 15, 25, 0.5)]));
    await half.run('change_heating_target', { direction, degrees: 0.5 });
    expect([written, half.written]).toEqual([[], [['heating_target', direction === 'raise' ? 20.5 : 19.5]]]);
  });

  it('offer what this pump can do, with its limits', async () => {
    const { list } = setUp();
    expect(await list('set_mode', 'mode')).toEqual([
      { id: 'off', name: 'Off' },
      { id: 'auto', name: 'Automatic' },
    ]);
    expect(await list('set_curve', 'number')).toEqual([
      { id: 'curve.level', name: 'Level', description: '30 °C, from 22 to 56' },
    ]);
    expect((await list('set_register', 'register')).map(({ name }) => name)).toEqual([
      'Hot water',
      'Hot water boost',
      'Heating target',
      'Level',
      'Operation mode',
      'Ser heating integrala1',
    ]);
    expect((await list('set_register', 'register', ' WATER ')).map(({ id }) => id)).toEqual([
      'hot_water',
      'hot_water_boost',
    ]);
    expect(await setUp(null).list('set_register', 'register')).toEqual([]);
  });
});

describe('a text becomes a value of the register', () => {
  it.each<[string, Parameters<typeof parseControlValue>[0], unknown]>([
    ['21', target(20), 21],
    [' 21,5 ', target(20), 21.5],
    ['ON', hotWater(false), true],
    ['0', hotWater(true), false],
    ['Automatic', mode('off', 'off', 'auto'), 'auto'],
    ['off', mode('auto', 'off', 'auto'), 'off'],
  ])('%j', (text, control, value) => {
    expect(parseControlValue(control, text, texts)).toBe(value);
  });

  const swedish = textsIn('sv');
  it.each<[string, Parameters<typeof parseControlValue>[0], unknown]>([
    ['På', hotWater(false), true],
    [' av', hotWater(true), false],
    ['off', hotWater(true), false],
    ['1', hotWater(false), true],
    ['Automatiskt', mode('off', 'off', 'auto'), 'auto'],
    ['auto', mode('off', 'off', 'auto'), 'auto'],
  ])('%j in Swedish', (text, control, value) => {
    expect(parseControlValue(control, text, swedish)).toBe(value);
  });

  it('what a card lists can be written into it, in every language', () => {
    for (const language of LANGUAGES) {
      const words = textsIn(language);
      for (const value of [true, false]) {
        expect(parseControlValue(hotWater(!value), describeControl(hotWater(value), words), words)).toBe(
          value,
        );
      }
      const [, listed = ''] = /\((.*)\)$/.exec(describeControl(mode('auto', 'off', 'auto'), words)) ?? [];
      expect(
        listed.split(', ').map((name) => parseControlValue(mode('auto', 'off', 'auto'), name, words)),
      ).toEqual(['off', 'auto']);
    }
  });

  it.each<[string, Parameters<typeof parseControlValue>[0], RegExp]>([
    ['', target(20), /not a number/],
    ['warm', target(20), /"warm" is not a number/],
    ['2', hotWater(true), /"2" is not one of: On, Off\.$/],
    ['turbo', mode('auto', 'off', 'auto'), /not one of: Off, Automatic\.$/],
  ])('%j is refused', (text, control, message) => {
    expect(() => parseControlValue(control, text, texts)).toThrow(message);
  });
});

describe('conditions', () => {
  it.each<[string, object, boolean]>([
    ['hot_water_boost_is_on', {}, false],
    ['mode_is', { mode: picked('auto') }, true],
    ['mode_is', { mode: picked('off') }, false],
    ['is_doing', { activity: 'hot_water' }, true],
    ['is_doing', { activity: 'idle' }, false],
    ['temperature_above', { sensor: picked('measure_temperature'), temperature: 49.5 }, true],
    ['temperature_above', { sensor: picked('measure_temperature'), temperature: 50 }, false],
    ['temperature_above', { sensor: picked('measure_temperature.outdoor'), temperature: -1 }, true],
    ['component_is_running', { component: 'compressor' }, true],
  ])('%s %j: %s', async (id, args, expected) => {
    expect(await setUp().run(id, args)).toBe(expected);
  });

  it.each<[string, object]>([
    ['hot_water_boost_is_on', {}],
    ['mode_is', { mode: picked('auto') }],
    ['is_doing', { activity: 'idle' }],
    ['temperature_above', { sensor: picked('measure_temperature'), temperature: 1 }],
    ['component_is_running', { component: 'brine_pump' }],
  ])('%s fails rather than guesses', async (id, args) => {
    await expect(setUp(snapshot({})).run(id, args)).rejects.toThrow(/not known|does not report/);
    await expect(setUp(null).run(id, args)).rejects.toThrow(/not known|does not report/);
  });

  it('data are fresh for as long as asked, and not when only old values are known', async () => {
    const { run, later } = setUp();
    expect(await run('data_is_fresh', { minutes: 5 })).toBe(true);
    later(5 * 60_000);
    expect(await run('data_is_fresh', { minutes: 5 })).toBe(false);
    const stale = snapshot({}, [], { readings: readings({ 'temperature.outdoor': 1 }, NOON, 'stale') });
    expect(await setUp(stale).run('data_is_fresh', { minutes: 1440 })).toBe(false);
    expect(await setUp(null).run('data_is_fresh', { minutes: 1440 })).toBe(false);
    const counted = snapshot({ alarms: 0, alarm_texts: [] });
    expect(await setUp(counted).run('data_is_fresh', { minutes: 1440 })).toBe(false);
  });
});

describe('triggers', () => {
  const moved = (before: number, after: number) => ({ sensor: 'measure_temperature', before, after });
  it.each<[string, number, number, number, boolean]>([
    ['temperature_warmer', 49, 51, 50, true],
    ['temperature_warmer', 50, 51, 50, true],
    ['temperature_warmer', 51, 52, 50, false],
    ['temperature_warmer', 49, 50, 50, false],
    ['temperature_colder', 51, 49, 50, true],
    ['temperature_colder', 50, 49, 50, true],
    ['temperature_colder', 49, 48, 50, false],
    ['temperature_colder', 51, 50, 50, false],
  ])('%s from %d to %d with %d: %s', async (id, before, after, temperature, expected) => {
    const { run } = setUp();
    const args = { sensor: picked('measure_temperature'), temperature };
    expect(await run(id, args, moved(before, after))).toBe(expected);
    expect(await run(id, { ...args, sensor: picked('measure_temperature.pool') }, moved(before, after))).toBe(
      false,
    );
  });

  it('start for their activity only, and not for what cannot be read', async () => {
    const { run } = setUp();
    expect(await run('activity_started', { activity: 'heating' }, { activity: 'heating' })).toBe(true);
    expect(await run('activity_stopped', { activity: 'heating' }, { activity: 'hot_water' })).toBe(false);
    expect(await run('temperature_warmer', {}, {})).toBe(false);
  });

  it('list the sensors of the device', async () => {
    expect(await setUp().list('temperature_warmer', 'sensor', 'out')).toEqual([
      { id: 'measure_temperature.outdoor', name: 'Outdoor' },
    ]);
  });
});

it('every card is joined, and a card that the manifest lacks stops the app', () => {
  const { cards } = setUp();
  expect([...cards.keys()].sort()).toEqual(
    [...Object.keys(ACTIONS), ...Object.keys(CONDITIONS), ...Object.keys(TRIGGERS)].sort(),
  );
  const refusing = (id: string): CardPort => {
    throw new Error(`Invalid Flow Card ID: ${id}`);
  };
  expect(() =>
    registerCards(
      { getActionCard: refusing, getConditionCard: refusing, getDeviceTriggerCard: refusing },
      pumpOfArgs,
      texts,
      silent,
    ),
  ).toThrow('Invalid Flow Card ID');
});

describe('what goes wrong is said in words', () => {
  it.each([{}, null, { device: {} }, { device: { pump: null, pumpId: '1', accountKey: 'a', moveTo: 1 } }])(
    'without a started device: %j',
    (args) => {
      expect(() => pumpOfArgs(args, texts)).toThrow('This device is still starting.');
      expect(() => pumpOfArgs(args, textsIn('sv'))).toThrow('Enheten håller fortfarande på att starta.');
    },
  );

  it.each([
    ['set_heating_target', {}],
    ['set_mode', { mode: null }],
    ['temperature_above', { temperature: 1 }],
    ['set_prices', {}],
  ])('%s that was not filled in', async (id, args) => {
    await expect(setUp().run(id, args)).rejects.toThrow(
      'This card is not complete. Open the Flow and fill in the card again.',
    );
  });

  it.each<[string, Error, string]>([
    ['the client', new ThermiaError('timeout', 'No answer in 60000 ms'), texts.kind('timeout')],
    ['something nobody foresaw', new TypeError('x is undefined'), texts.error(null)],
    ['what is in words already', new Sentence('So it is.'), 'So it is.'],
  ])('an error of %s', async (_, error, said) => {
    const { run } = setUp(full, null, () => Promise.reject(error));
    await expect(run('read_now')).rejects.toThrow(said);
  });
});
