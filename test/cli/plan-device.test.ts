import { describe, expect, test } from 'vitest';
import { hotWaterSwitch, readDevice } from '../../cli/homey/devices.js';
import { asBefore, lastStep, stepFor, type Step } from '../../cli/homey/migrate/journal.js';
import { whyNoPlan } from '../../cli/homey/migrate/plan-device.js';

const pump = (capabilities: readonly string[], settings: Record<string, unknown> = { plan_mode: 'none' }) =>
  readDevice({
    id: 'd1',
    name: 'Pump',
    class: 'heatpump',
    capabilities,
    capabilitiesObj: Object.fromEntries(
      capabilities.map((id) => [id, { id, title: id, type: 'boolean', value: true }]),
    ),
    settings,
  })[0]!;
const step = (more: Partial<Step> = {}): Step => ({
  at: '2026-01-01T00:00:00.000Z',
  homey: 'h1',
  device: { id: 'd1', name: 'Pump' },
  settings: { plan_mode: 'none' },
  flows: [{ id: 'f1', name: 'Off' }],
  finished: false,
  ...more,
});

test('a heat pump without a switch for hot water is said to have none', () => {
  expect(hotWaterSwitch(pump(['onoff'])).id).toBe('onoff');
  expect(() => hotWaterSwitch(pump(['measure_temperature']))).toThrow('"Pump" has no switch for hot water.');
});

describe('a device gets the plan', () => {
  test.each([
    ['with a switch', pump(['onoff']), null, null],
    ['that a broken-off migration was for', pump(['onoff']), step(), null],
    ['not of an older app', pump(['onoff'], {}), null, /update the Thermia app/],
    ['not without a switch', pump(['button']), null, /no switch for hot water/],
    [
      'not while another is half-way',
      pump(['onoff']),
      step({ device: { id: 'd2', name: 'Other' } }),
      /"Other" broke off/,
    ],
  ])('%s', (_name, device, open, why) => {
    if (why === null) expect(whyNoPlan(device, open)).toBeNull();
    else expect(whyNoPlan(device, open)).toMatch(why);
  });
});

describe('a migration that broke off', () => {
  test('is the last one on this Homey', () => {
    const steps = [step({ at: '1' }), step({ at: '2' }), step({ at: '3', homey: 'h2' })];
    expect(lastStep(steps, 'h1')?.at).toBe('2');
    expect(lastStep(steps, 'h3')).toBeNull();
  });

  test('is seen as it was before it began', () => {
    const flows = ['f1', 'f2'].map((id) => ({ id, name: id, enabled: false }));
    expect(asBefore(flows, step()).map(({ enabled }) => enabled)).toEqual([true, false]);
    expect(asBefore(flows, null)).toEqual(flows);
  });

  test('keeps what it knows of the time before, and its place, when it is gone on with', () => {
    const found = {
      variables: [],
      replaced: [{ id: 'f2', name: 'On', does: '', replacedBy: '' }],
      leftAlone: [],
      settings: { plan_mode: 'fixed', plan_rescue: true },
      warnings: [],
    };
    const device = pump(['onoff'], { plan_mode: 'fixed', plan_rescue: false });
    expect(stepFor(found, device, { at: 'later', homey: 'h1' }, step())).toEqual(
      step({
        settings: { plan_mode: 'none', plan_rescue: false },
        flows: [
          { id: 'f1', name: 'Off' },
          { id: 'f2', name: 'On' },
        ],
      }),
    );
  });
});
