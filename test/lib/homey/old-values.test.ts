import { describe, expect, it } from 'vitest';
import { CAPABILITIES, oldCapabilities } from '../../../lib/homey/capabilities.js';
import type { PumpSnapshot } from '../../../lib/thermia/pump/model.js';
import { NOON, readings, snapshot } from './fakes.js';

describe('capabilities that show old values', () => {
  const HOUR = 3_600_000;
  /** These are an hour old; something else of the pump was read just now. */
  const aged = (
    values: Parameters<typeof readings>[0],
    ...old: readonly (keyof typeof values)[]
  ): PumpSnapshot => {
    const current = readings({ 'temperature.return': 30, ...values });
    const stale = Object.entries(readings(values, NOON - HOUR, 'stale')).filter(([id]) =>
      old.some((one) => one === id),
    );
    return snapshot({}, [], { readings: { ...current, ...Object.fromEntries(stale) } });
  };
  /** Nothing has been read for an hour, one look's answers came one after the other; the list still counts alarms. */
  const silent = snapshot({}, [], {
    readings: {
      ...readings({ hot_water: true }, NOON - HOUR - 60_000, 'stale'),
      ...readings({ 'temperature.outdoor': 1 }, NOON - HOUR, 'stale'),
      ...readings({ alarms: 0 }),
    },
  });
  const both = { hot_water: true, 'temperature.outdoor': 1 } as const;
  const device = ['measure_temperature.outdoor', 'onoff', 'aux_heater_step.3kw', 'alarm_connectivity'];

  it.each<[string, PumpSnapshot, readonly string[], readonly string[]]>([
    ['none', aged(both), device, []],
    ['one', aged(both, 'hot_water'), device, ['onoff']],
    [
      'all, in order',
      aged(both, 'hot_water', 'temperature.outdoor'),
      device,
      ['onoff', 'measure_temperature.outdoor'],
    ],
    ['none where all grow old together', silent, device, []],
    ['one that the device does not show', aged(both, 'hot_water'), [], []],
    [
      'a heater step',
      aged({ aux_heater_steps: ['3kw'] }, 'aux_heater_steps'),
      device,
      ['aux_heater_step.3kw'],
    ],
    [
      'texts of alarms that are gone',
      aged({ alarms: 0, alarm_texts: [] }, 'alarm_texts'),
      ['alarm_problem', 'problem_text'],
      [],
    ],
    [
      'texts of alarms',
      aged({ alarms: 1, alarm_texts: ['A'] }, 'alarm_texts'),
      ['alarm_problem', 'problem_text'],
      ['problem_text'],
    ],
    [
      'alarms without a counter',
      aged({ alarm_texts: ['A'] }, 'alarm_texts'),
      ['alarm_problem', 'problem_text'],
      ['alarm_problem', 'problem_text'],
    ],
  ])('%s', (_, pump, present, expected) => {
    expect(oldCapabilities(pump, present)).toEqual(expected);
  });

  it('can be told of all that the pump itself reports', () => {
    const without = CAPABILITIES.filter((row) => row.from === undefined).map(({ capability }) => capability);
    expect(without).toEqual(['hot_water_plan', 'hot_water_rescue', 'alarm_connectivity']);
  });
});
