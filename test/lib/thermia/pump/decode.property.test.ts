import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITIES, decodeTopic, groupsOf } from '../../../../lib/thermia/pump/index.js';
import { TOPICS } from '../../../../lib/thermia/source.js';
import { classic } from './families.js';
import { AT, decodeAll, parsePump, pumpOf, register, valuesOf, wire } from './wire-pumps.js';

const CURVE = 'REG_GROUP_HEATING_CURVE';

describe('whatever the service delivers', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'REG_HOT_WATER_STATUS',
      'REG_SUPPLY_LINE',
      'REG_OPERATIONMODE',
      'COMP_STATUS',
      'COMP_STATUS_ATEC',
      'COMP_POWER_STATUS',
      'REG_OPERATIONAL_STATUS_PRIO1',
      'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK',
      'REG_HEATING_HEAT_CURVE',
      'REG_DESIRED_INDOOR_TEMPERATURE',
    ),
    fc.string({ minLength: 1 }),
  );
  const number = fc.option(fc.oneof(fc.integer({ min: -3, max: 5000 }), fc.double({ noNaN: true })));
  const anyRegister = fc
    .record({
      registerName: name,
      registerId: fc.nat(),
      registerValue: number,
      minValue: number,
      maxValue: number,
      step: number,
      isReadOnly: fc.option(fc.boolean()),
      isComputedRegister: fc.option(fc.boolean()),
      valueNames: fc.option(
        fc.array(
          fc.record({
            value: fc.integer({ min: -1, max: 4096 }),
            name: fc.oneof(
              fc.constantFrom(
                'COMP_VALUE_HEATING',
                'REG_VALUE_STATUS_ON',
                'REG_VALUE_OPERATION_MODE_SERVICE',
              ),
              fc.string(),
            ),
            visible: fc.option(fc.boolean()),
            isReadonly: fc.option(fc.boolean()),
            confirmation: fc.option(fc.string()),
          }),
        ),
      ),
    })
    .map((each) => register(each));
  const anyPump = fc.record({
    groups: fc
      .dictionary(
        fc.oneof(
          fc.constantFrom(...TOPICS.flatMap((topic) => groupsOf(topic)), CURVE),
          fc.string({ minLength: 1 }),
        ),
        fc.array(anyRegister, { maxLength: 6 }),
      )
      .map((groups) => new Map(Object.entries(groups))),
    status: fc.constant(parsePump(classic).status),
  });

  it('no reading is without a finite value, and each topic has one activity of the vocabulary', () => {
    fc.assert(
      fc.property(anyPump, (pump) => {
        const values = valuesOf(decodeAll(pump));
        for (const [id, value] of Object.entries(values)) {
          if (typeof value === 'number') expect(Number.isFinite(value), id).toBe(true);
          if (id.startsWith('temperature.')) expect(Math.abs(Number(value))).toBeLessThan(150);
          expect(value).not.toBeNull();
        }
        const { activity, activities } = values;
        if (activity !== undefined) {
          expect(ACTIVITIES).toContain(activity);
          expect(activities).toContain(activity);
        }
      }),
    );
  });

  it('a control names each option once, has limits that hold something, and one id', () => {
    fc.assert(
      fc.property(anyPump, (pump) => {
        for (const { controls } of decodeAll(pump).values()) {
          expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
          for (const each of controls) {
            if (each.kind === 'number') {
              expect(each.limits.max).toBeGreaterThan(each.limits.min);
              expect(each.limits.step).toBeGreaterThan(0);
            }
            if (each.kind === 'choice') {
              const options = each.options.map(({ value }) => value);
              expect(options).not.toHaveLength(0);
              expect(new Set(options).size).toBe(options.length);
            }
          }
        }
      }),
    );
  });

  it('bits that are not set are not reported, and no bit is lost', () => {
    fc.assert(
      fc.property(fc.nat(4095), (value) => {
        const decoded = decodeTopic('doing', {
          at: AT,
          ...pumpOf({ REG_GROUP_OPERATIONAL_STATUS: [wire('COMP_STATUS', value)] }),
          timeZone: null,
        });
        const { readings, unknown } = decoded;
        expect(readings['component.compressor']?.value).toBe((value & 1) === 1);
        expect(readings.activities?.value.includes('heating')).toBe((value & 32) === 32);
        expect(readings.activities?.value.includes('hot_water')).toBe((value & 16) === 16);
        expect(unknown.get('COMP_STATUS') ?? 0).toBe(value & ~63);
      }),
    );
  });
});
