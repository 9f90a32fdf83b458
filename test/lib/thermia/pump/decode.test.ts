import { describe, expect, it } from 'vitest';
import { decodeTopic, groupsOf, isSettingsGroup, type Control } from '../../../../lib/thermia/pump/index.js';
import { plainName } from '../../../../lib/thermia/pump/names.js';
import { TOPICS, type Topic } from '../../../../lib/thermia/source.js';
import { classic, genesis, itec } from './families.js';
import {
  AT,
  decodeAll,
  OFF_ON,
  parsePump,
  pumpOf,
  register,
  slider,
  valuesOf,
  wire,
  type ParsedPump,
} from './wire-pumps.js';

const TEMPERATURES = 'REG_GROUP_TEMPERATURES';
const HOT_WATER = 'REG_GROUP_HOT_WATER';
const CURVE = 'REG_GROUP_HEATING_CURVE';

const values = (
  registers: Record<string, readonly Record<string, unknown>[]>,
  status: Record<string, unknown> = {},
): Record<string, unknown> => valuesOf(decodeAll(pumpOf(registers, status)));
const control = (pump: ParsedPump, id: string): Control | undefined =>
  [...decodeAll(pump).values()].flatMap(({ controls }) => controls).find((each) => each.id === id);

describe('names', () => {
  it.each([
    ['REG_VALUE_OPERATION_MODE_AUX_HEATER_ONLY', 'aux_heater_only'],
    ['REG_VALUE_STATUS_OFF', 'off'],
    ['COMP_VALUE_STEP_9KW', '9kw'],
    ['COMP_VALUE_COMPR', 'compr'],
    ['REG_VALUE_ECO', 'eco'],
    ['SOMETHING_ELSE', 'something_else'],
    ['REG_VALUE_', 'reg_value_'],
  ])('%s is %s', (wireName, plain) => expect(plainName(wireName)).toBe(plain));
});

describe('temperatures', () => {
  it.each([
    [0, 0],
    [-49.9, -49.9],
    [149.9, 149.9],
    [-50, undefined],
    [150, undefined],
    [200, undefined],
    [null, undefined],
  ])('%s is read as %s', (value, expected) => {
    expect(values({ [TEMPERATURES]: [wire('REG_SUPPLY_LINE', value)] })['temperature.supply']).toBe(expected);
  });

  it('come from the first name that holds one', () => {
    const read = (first: number | null): unknown =>
      values({ [TEMPERATURES]: [wire('REG_OPER_DATA_RETURN', 31), wire('REG_RETURN_LINE', first)] })[
        'temperature.return'
      ];
    expect([read(0), read(null), read(200)]).toEqual([0, 31, 31]);
  });

  it('that come twice: with a value first, then a visible one, then the first', () => {
    const read = (...registers: Record<string, unknown>[]): unknown =>
      values({ [TEMPERATURES]: registers })['temperature.supply'];
    expect(read(wire('REG_SUPPLY_LINE', null), wire('REG_SUPPLY_LINE', 30))).toBe(30);
    expect(read(wire('REG_SUPPLY_LINE', 30, { isInvisible: true }), wire('REG_SUPPLY_LINE', 31))).toBe(31);
    expect(read(wire('REG_SUPPLY_LINE', 30), wire('REG_SUPPLY_LINE', 31))).toBe(30);
  });

  it('of a second unit are not those of the first', () => {
    expect(values({ REG_GROUP_TEMPERATURES_SLAVE: [wire('REG_SUPPLY_LINE', 30)] })).toEqual({});
  });

  it('indoors exist only with a room sensor', () => {
    const read = (hasIndoorTempSensor: boolean | null, value: number, enable: number | null): unknown =>
      values(
        {
          [TEMPERATURES]: [],
          REG_GROUP_ROOM_SENSOR: [wire('REG_ROOM_SENSOR_ENABLE', enable, { names: OFF_ON })],
        },
        { hasIndoorTempSensor, indoorTemperature: value },
      )['temperature.indoor'];
    expect(read(true, 21.5, null)).toBe(21.5);
    expect(read(false, 20, null)).toBeUndefined();
    expect(read(null, 20, 0)).toBeUndefined();
    expect(read(false, 21.5, 1)).toBe(21.5);
    expect(read(false, 200, 1)).toBeUndefined();
  });

  it('outdoors are not taken from a sensor that is out of order', () => {
    expect(
      values(
        { [TEMPERATURES]: [wire('REG_OUTDOOR_TEMPERATURE', 7)] },
        { isOutdoorTempSensorFunctioning: false, outdoorTemperature: 7 },
      ),
    ).toEqual({});
  });

  it('tell when the pump changed them, but not of what is computed when asked', () => {
    const changed = Date.UTC(2026, 0, 1);
    const groups = new Map([
      [TEMPERATURES, [register(wire('REG_SUPPLY_LINE', 30), changed)]],
      [
        'REG_GROUP_OPERATIONAL_STATUS',
        [register(wire('COMP_STATUS', 4, { isComputedRegister: true }), changed)],
      ],
    ]);
    const read = (topic: Topic): unknown =>
      decodeTopic(topic, { at: AT, groups, status: null, timeZone: null }).readings;
    expect(read('temperatures')).toEqual({
      'temperature.supply': { value: 30, unit: '°C', at: AT, changedAt: changed, freshness: 'current' },
    });
    expect(read('doing')).toMatchObject({ activity: { value: 'idle', at: AT } });
    expect(read('doing')).not.toHaveProperty('activity.changedAt');
  });
});

describe('units', () => {
  it.each([
    [1, 'min'],
    [null, 'min'],
    [0.0167, 'h'],
  ])('of the time between defrosts follow its step %s', (step, unit) => {
    const { readings } = decodeTopic('settings', {
      at: AT,
      ...pumpOf({ REG_GROUP_DEFROSTING: [wire('REG_DEFROSTS_BETW2DEFR_MA_SA', 2, { step })] }),
      timeZone: null,
    });
    expect(readings.defrost_interval?.unit).toBe(unit);
  });
});

describe('switches', () => {
  const hotWater = (
    rest: Parameters<typeof wire>[2],
    value: number | null = 1,
  ): readonly [unknown, unknown] => {
    const pump = pumpOf({ [HOT_WATER]: [wire('REG_HOT_WATER_STATUS', value, rest)] });
    return [valuesOf(decodeAll(pump))['hot_water'], control(pump, 'hot_water')?.value];
  };

  it('take exactly off and on', () => {
    expect(hotWater({ isReadOnly: false, names: OFF_ON })).toEqual([true, true]);
    expect(hotWater({ isReadOnly: false, minValue: 0, maxValue: 1 })).toEqual([true, true]);
    expect(hotWater({ names: OFF_ON })).toEqual([true, undefined]);
    expect(hotWater({ isReadOnly: null, names: OFF_ON })).toEqual([true, true]);
    expect(hotWater({ isReadOnly: false, names: [...OFF_ON, [2, 'REG_VALUE_ECO']] })).toEqual([
      undefined,
      undefined,
    ]);
    expect(hotWater({ isReadOnly: false })).toEqual([undefined, undefined]);
  });

  it('have no reading of what is neither, nor of nothing', () => {
    expect(hotWater({ isReadOnly: false, names: OFF_ON }, 2)).toEqual([undefined, false]);
    expect(hotWater({ isReadOnly: false, names: OFF_ON }, null)).toEqual([undefined, null]);
  });

  it('with more than two values are offered by their register', () => {
    const pump = pumpOf({
      [HOT_WATER]: [
        wire('REG_HOT_WATER_STATUS', 2, {
          isReadOnly: false,
          names: [...OFF_ON, [2, 'REG_VALUE_ECO']],
        }),
      ],
    });
    expect(control(pump, 'register.REG_HOT_WATER_STATUS')?.value).toBe('eco');
  });
});

describe('the operation mode', () => {
  it("drops the service's own, hides what cannot be chosen, and says what needs a confirmation", () => {
    const writable = {
      ...genesis,
      registers: {
        REG_GROUP_OPERATIONAL_OPERATION: genesis.registers['REG_GROUP_OPERATIONAL_STATUS']!.map((each) => ({
          ...each,
          isReadOnly: false,
        })),
      },
    };
    expect(control(parsePump(writable), 'operation_mode')).toMatchObject({
      kind: 'choice',
      value: 'aux_heater_only',
      options: [
        { value: 'aux_heater_only', warn: true },
        { value: 'auto', warn: false },
      ],
    });
  });

  it('can be read and not set where its register is read-only', () => {
    const decoded = decodeAll(parsePump(genesis));
    expect(decoded.get('doing')?.readings.operation_mode?.value).toBe('aux_heater_only');
    expect(decoded.get('doing')?.controls).toEqual([]);
  });

  it("offers a value that the service's own pages hide", () => {
    const found = control(parsePump(itec), 'operation_mode');
    expect(found?.kind === 'choice' && found.options.map(({ value }) => value)).toEqual([
      'off',
      'auto',
      'compressor',
      'auxiliary',
      'hot_water',
    ]);
  });

  it('without a name is kept raw', () => {
    const decoded = decodeTopic('mode', {
      at: AT,
      ...pumpOf({
        REG_GROUP_OPERATIONAL_OPERATION: [
          wire('REG_OPERATIONMODE', 5, { isReadOnly: false, names: [[1, 'REG_VALUE_OPERATION_MODE_AUTO']] }),
        ],
      }),
      timeZone: null,
    });
    expect(decoded.readings).toEqual({});
    expect(decoded.unknown).toEqual(new Map([['REG_OPERATIONMODE', 5]]));
    expect(decoded.controls).toMatchObject([{ id: 'operation_mode', value: null }]);
  });

  it('with no value to choose is no control', () => {
    const pump = pumpOf({
      REG_GROUP_OPERATIONAL_OPERATION: [wire('REG_OPERATIONMODE', 1, { isReadOnly: false })],
    });
    expect(control(pump, 'operation_mode')).toBeUndefined();
  });
});

describe('numbers that can be set', () => {
  it('of the target keep to delivered limits, else to 10 to 30', () => {
    expect(control(parsePump(classic), 'heating_target')).toMatchObject({
      limits: { min: 12, max: 28, step: 1 },
    });
    expect(control(parsePump(genesis), 'heating_target')).toMatchObject({
      limits: { min: 10, max: 30, step: 1 },
    });
    expect(
      control(
        pumpOf(
          { [TEMPERATURES]: [wire('REG_DESIRED_INDOOR_TEMPERATURE', 20)] },
          { heatingEffect: null, heatingEffectRegisters: [7, null] },
        ),
        'heating_target',
      ),
    ).toMatchObject({ value: null, limits: { min: 10, max: 30, step: 1 } });
  });

  it('need limits', () => {
    const pump = pumpOf({
      [CURVE]: [
        wire('REG_HEATING_HEAT_CURVE', 30, { isReadOnly: false }),
        wire('REG_HEATING_HEAT_CURVE_MIN', 30, { isReadOnly: false, minValue: 5, maxValue: 5 }),
        wire('REG_HEATING_HEAT_CURVE_MAX', 30, { isReadOnly: false, minValue: 0, maxValue: 50, step: 0 }),
        slider('REG_HEATING_STOP', 3, 0, 10),
        slider('REG_HEATING_HEAT_STOP', 4, 0, 10),
        { ...slider('REG_COMPUTED', 4, 0, 10), isComputedRegister: true },
      ],
    });
    const all = [...decodeAll(pump).values()].flatMap(({ controls }) => controls);
    expect(all.map(({ id, value }) => [id, value])).toEqual([
      ['curve.max', 30],
      ['curve.heat_stop', 4],
      ['register.REG_HEATING_STOP', 3],
    ]);
    expect(all[0]).toMatchObject({ limits: { min: 0, max: 50, step: 1 }, unit: '°C' });
  });

  it('that cannot be set are kept raw', () => {
    const pump = pumpOf({
      [CURVE]: [
        wire('REG_HEATING_HEAT_CURVE', 30),
        wire('REG_HEATING_HEAT_CURVE_MIN', 20, { isReadOnly: false }),
        slider('REG_HEATING_STOP', 3, 0, 10),
      ],
    });
    const { unknown, controls } = decodeAll(pump).get('settings')!;
    expect([...unknown]).toEqual([
      ['REG_HEATING_HEAT_CURVE', 30],
      ['REG_HEATING_HEAT_CURVE_MIN', 20],
    ]);
    expect(controls.map(({ id }) => id)).toEqual(['curve.heat_stop']);
  });
});

describe('groups', () => {
  it('belong to one topic each; what no other topic names are settings', () => {
    const named = TOPICS.flatMap((topic) => groupsOf(topic));
    expect(new Set(named).size).toBe(named.length);
    expect(groupsOf('settings')).toEqual([]);
    expect(named.some(isSettingsGroup)).toBe(false);
    expect(isSettingsGroup(CURVE)).toBe(true);
  });

  it('of other topics do not leak into one that is decoded', () => {
    const pump = parsePump(classic);
    const { readings, controls } = decodeTopic('settings', { at: AT, ...pump, timeZone: null });
    expect(readings).toEqual({});
    expect(controls.every(({ id }) => id.startsWith('curve.'))).toBe(true);
  });
});

describe('alarms', () => {
  const read = (alarms?: { active: number | null; titles: readonly string[] }): unknown => {
    const input = { at: AT, groups: new Map<string, never>(), status: null, timeZone: null };
    const { readings, empty } = decodeTopic('alarms', alarms === undefined ? input : { ...input, alarms });
    return [readings.alarms?.value, readings.alarm_texts?.value, empty];
  };
  it('are counted by the counter, else by their texts; none is an answer', () => {
    expect(read({ active: 3, titles: ['Low brine'] })).toEqual([3, ['Low brine'], false]);
    expect(read({ active: null, titles: ['Low brine'] })).toEqual([1, ['Low brine'], false]);
    expect(read({ active: 0, titles: [] })).toEqual([0, [], false]);
    expect(read()).toEqual([undefined, undefined, false]);
  });
});
