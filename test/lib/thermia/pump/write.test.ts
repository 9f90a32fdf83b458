import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkValue,
  resolveWrite,
  standsAt,
  type Control,
  type ControlValue,
} from '../../../../lib/thermia/pump/index.js';
import { thrownBy } from '../../../support/thrown.js';
import { classic, genesis, itec, unseen } from './families.js';
import { decodeAll, parsePump, type WirePump } from './wire-pumps.js';

const write = (pump: WirePump, controlId: string, value: ControlValue): unknown =>
  resolveWrite(controlId, value, parsePump(pump));
const idOf = (pump: WirePump, name: string): unknown =>
  Object.values(pump.registers)
    .flat()
    .find((each) => each['registerName'] === name)?.['registerId'];

describe('a write goes to the register of this pump, as its number', () => {
  it.each([
    ['hot_water', true, genesis, 'REG_HOT_WATER_STATUS', 1],
    ['hot_water', false, itec, 'REG_HOT_WATER_STATUS', 0],
    ['hot_water_boost', true, genesis, 'REG__HOT_WATER_BOOST', 1],
    ['operation_mode', 'auxiliary', classic, 'REG_OPERATIONMODE', 3],
    ['curve.minus_5', -3, classic, 'REG_CURVE_MINUS_5', -3],
    ['curve.room_factor', 4, classic, 'REG_ROOM_FACTOR', 4],
    ['register.REG_SMART_GRID_LEVEL', 10, unseen, 'REG_SMART_GRID_LEVEL', 10],
    ['register.REG_SMART_GRID_ENABLE', false, unseen, 'REG_SMART_GRID_ENABLE', 0],
    ['register.REG_SMART_GRID_PLAN', 'eco', unseen, 'REG_SMART_GRID_PLAN', 1],
  ] as const)('%s = %s', (controlId, value, pump, name, registerValue) => {
    expect(write(pump, controlId, value)).toEqual({ registerId: idOf(pump, name), registerValue });
  });

  it('of the target to the first id that the status names, though its register calls itself read-only', () => {
    expect(write(classic, 'heating_target', 22)).toEqual({ registerId: 204_010, registerValue: 22 });
    expect(write(itec, 'heating_target', 18)).toEqual({ registerId: 205_001, registerValue: 18 });
    expect(write(classic, 'reduced_heating_target', 16)).toEqual({
      registerId: 204_167,
      registerValue: 16,
    });
  });

  it('as an integer where the step is whole', () => {
    expect(write(classic, 'heating_target', 21.6)).toMatchObject({ registerValue: 22 });
  });
});

describe('what is refused before anything is sent', () => {
  it.each([
    ['hot_water', true, classic, 'not_supported'],
    ['curve.level', 30, genesis, 'not_supported'],
    ['register.REG_NOWHERE', 1, classic, 'not_supported'],
    ['nonsense', 1, classic, 'not_supported'],
    ['operation_mode', 'auto', genesis, 'not_writable'],
    ['register.REG_SUPPLY_LINE', 30, classic, 'not_writable'],
    ['register.REG_UNLIMITED', 30, unseen, 'not_writable'],
    ['reduced_heating_target', 20, genesis, 'not_supported'],
    ['operation_mode', 'service', classic, 'out_of_range'],
    ['hot_water', 1, itec, 'out_of_range'],
    ['heating_target', 29, classic, 'out_of_range'],
    ['heating_target', 11.9, classic, 'out_of_range'],
    ['heating_target', Number.NaN, classic, 'out_of_range'],
    ['heating_target', '21', classic, 'out_of_range'],
  ] as const)('%s = %s: %s %s', (controlId, value, pump, kind) => {
    expect(thrownBy(() => write(pump, controlId, value))).toMatchObject({
      kind,
      facts: { during: controlId },
    });
  });

  it('says the limits', () => {
    expect(thrownBy(() => write(classic, 'heating_target', 40))).toMatchObject({
      facts: { limits: { min: 12, max: 28 } },
    });
  });

  it('a target that is shown and has no register', () => {
    const pump = { ...genesis, status: { ...genesis.status, heatingEffectRegisters: [null, null] } };
    expect(thrownBy(() => write(pump, 'heating_target', 20))).toMatchObject({ kind: 'not_writable' });
  });

  it('everything, as long as nothing is known', () => {
    expect(
      thrownBy(() => resolveWrite('heating_target', 20, { groups: new Map(), status: null })),
    ).toMatchObject({ kind: 'not_supported' });
  });
});

const number = (
  limits: { min: number; max: number; step: number },
  value: number | null = null,
): Control => ({
  id: 'x',
  kind: 'number',
  at: 0,
  freshness: 'current',
  value,
  limits,
  unit: null,
});

describe('a number', () => {
  it('is put on the step, within the limits, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: 1, max: 80 }),
        fc.constantFrom(1, 0.5, 0.1, 5),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (min, span, step, share) => {
          const max = min + span;
          const put = checkValue(number({ min, max, step }), Math.min(max, min + share * span));
          expect(put).toBeGreaterThanOrEqual(min);
          expect(put).toBeLessThanOrEqual(max);
          if (step === 1) expect(Number.isInteger(put)).toBe(true);
        },
      ),
    );
  });

  it('stands at a value when it is nearer than to the next step', () => {
    expect(standsAt(number({ min: 0, max: 10, step: 0.1 }, 0.30000001), 0.3)).toBe(true);
    expect(standsAt(number({ min: 0, max: 10, step: 1 }, 3), 4)).toBe(false);
    expect(standsAt(number({ min: 0, max: 10, step: 1 }), 4)).toBe(false);
  });
});

it('every control of every family takes the value it stands at', () => {
  for (const pump of [classic, genesis, itec, unseen]) {
    const controls = [...decodeAll(parsePump(pump)).values()].flatMap((topic) => topic.controls);
    for (const control of controls) {
      if (control.value === null) continue;
      expect(checkValue(control, control.value), control.id).toBe(control.value);
      expect(standsAt(control, control.value), control.id).toBe(true);
      expect(Number.isFinite(resolveWrite(control.id, control.value, parsePump(pump)).registerValue)).toBe(
        true,
      );
    }
  }
});
