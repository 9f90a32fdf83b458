import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../lib/thermia/pump/index.js';
import { decodeDoing, decodeFlags, decodePower, FAMILIES } from '../../../../lib/thermia/pump/status.js';
import { register, wire, type WireValueName } from './wire-pumps.js';

const doing = (...registers: Record<string, unknown>[]): ReturnType<typeof decodeDoing> =>
  decodeDoing(new Map(registers.map((each) => [String(each['registerName']), register(each)])));

describe('what the pump is doing, by the known names where none are delivered', () => {
  const table: readonly [string, number, readonly Activity[]][] = [
    // One value of COMP_STATUS that is idle, two that were seen heating and making hot water, and one misread by others.
    ['COMP_STATUS', 4, ['idle']],
    ['COMP_STATUS', 22, ['hot_water']],
    ['COMP_STATUS', 39, ['heating']],
    ['COMP_STATUS', 19, ['hot_water']],
    ['COMP_STATUS', 0, ['idle']],
    ['COMP_STATUS', 8, ['cooling']],
    ['COMP_STATUS', 1, ['unknown']],
    ['COMP_STATUS_ATEC', 2, ['idle']],
    ['COMP_STATUS_ATEC', 4, ['cooling']],
    ['COMP_STATUS_ATEC', 8 + 1, ['hot_water']],
    ['COMP_STATUS_ATEC', 32 + 16, ['defrost', 'heating']],
    ['COMP_STATUS_ATEC', 64 + 16 + 8, ['hot_water', 'pool', 'heating']],
    ['COMP_STATUS_ITEC', 128, ['cooling']],
    // A nameless bit is left aside where another tells something, and only there.
    ['COMP_STATUS_ITEC', 4, ['unknown']],
    ['COMP_STATUS_ITEC', 4 + 2, ['idle']],
    ['COMP_STATUS_ITEC', 4 + 16, ['heating']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 1, ['manual']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 64 + 4, ['legionella', 'hot_water']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 128, ['passive_cooling']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 16 + 128, ['cooling', 'passive_cooling']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 512, ['idle']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 1024, ['idle']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 1024 + 8, ['heating']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 2048, ['off']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 2048 + 1024, ['off']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 256, ['unknown']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 256 + 1024, ['idle']],
    ['REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', 2 ** 40, ['unknown']],
    ['REG_OPERATIONAL_STATUS_PRIO1', 3, ['unknown']],
    ['REG_OPERATIONAL_STATUS_PRIO1', 0, ['unknown']],
  ];
  it.each(table)('%s = %i', (name, value, activities) => {
    expect(doing(wire(name, value))?.activities).toEqual(activities);
  });

  it('keeps what has no name, raw', () => {
    expect(doing(wire('COMP_STATUS_ITEC', 4 + 16 + 2 ** 40))?.unknown).toEqual(
      new Map([['COMP_STATUS_ITEC', 4 + 2 ** 40]]),
    );
    expect(doing(wire('REG_OPERATIONAL_STATUS_PRIO1', 3))?.unknown).toEqual(
      new Map([['REG_OPERATIONAL_STATUS_PRIO1', 3]]),
    );
  });
});

describe('delivered names', () => {
  const bits: readonly WireValueName[] = [
    [0, 'COMP_VALUE_NOTHING'],
    [4, 'REG_VALUE_STATUS_HOT_WATER'],
    [8, 'HEATING'],
    [16, 'COMP_VALUE_TURBO'],
    [24, 'COMP_VALUE_POOL'],
  ];

  it('come before the known ones, also where they contradict them', () => {
    expect(doing(wire('COMP_STATUS', 4, { names: bits }))?.activities).toEqual(['hot_water']);
  });

  it('of several bits need all of them', () => {
    expect(doing(wire('COMP_STATUS', 8, { names: bits }))?.activities).toEqual(['heating']);
    expect(doing(wire('COMP_STATUS', 24, { names: bits }))?.activities).toEqual(['pool', 'heating']);
  });

  it('that nobody knows are kept, and are a state of their own where nothing else is told', () => {
    const found = doing(wire('COMP_STATUS', 16, { names: bits }));
    expect(found?.activities).toEqual(['unknown']);
    expect(found?.unknown).toEqual(new Map([['COMP_VALUE_TURBO', 16]]));
  });

  it('decide which components there are', () => {
    const delivered = doing(
      wire('COMP_STATUS', 1, {
        names: [
          [1, 'COMP_VALUE_COMPR'],
          [2, 'COMP_VALUE_BRINEPUMP', { visible: false }],
        ],
      }),
    );
    expect(delivered?.components).toEqual(
      new Map([
        ['compressor', true],
        ['brine_pump', false],
      ]),
    );
  });
});

describe('an enumeration of states', () => {
  const names: readonly WireValueName[] = [
    [1, 'REG_VALUE_STATUS_MANUAL'],
    [3, 'REG_VALUE_STATUS_HEAT', { visible: false }],
    [3, 'REG_VALUE_STATUS_HOTWATER'],
  ];

  it('is matched as a whole, and a shown name before a hidden one', () => {
    expect(doing(wire('REG_OPERATIONAL_STATUS_PRIO1', 3, { names }))?.activities).toEqual(['hot_water']);
  });

  it('comes first, and components are taken from where they are told', () => {
    const found = doing(wire('COMP_STATUS', 33), wire('REG_OPERATIONAL_STATUS_PRIO1', 1, { names }));
    expect(found?.activities).toEqual(['manual']);
    expect(found?.components.get('compressor')).toBe(true);
  });
});

describe('a status that cannot be one', () => {
  it.each([null, -1, 1.5, 2 ** 60])('%s is passed over', (value) => {
    expect(doing(wire('COMP_STATUS', value))).toBeUndefined();
    expect(doing(wire('COMP_STATUS_ATEC', value), wire('COMP_STATUS', 39))?.activities).toEqual(['heating']);
  });
});

it('asks the families in the order of trust', () => {
  expect(FAMILIES.map(({ register: name }) => name)).toEqual([
    'REG_OPERATIONAL_STATUS_PRIO1',
    'COMP_STATUS_ATEC',
    'COMP_STATUS_ITEC',
    'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK',
    'COMP_STATUS',
  ]);
});

describe('steps of the auxiliary heater', () => {
  const power = (value: number | null): ReturnType<typeof decodePower> =>
    decodePower(new Map([['COMP_POWER_STATUS', register(wire('COMP_POWER_STATUS', value))]]));

  it.each([
    [0, []],
    [3, ['COMP_VALUE_STEP_3KW', 'COMP_VALUE_STEP_6KW']],
    [4, ['COMP_VALUE_STEP_9KW']],
  ])('%i', (value, set) => expect(power(value)?.set).toEqual(set));

  it('are not known where nothing is told', () => expect(power(null)).toBeUndefined());

  it('without a name are still on', () => expect(power(32)?.nameless).toBe(32));
});

it('never takes a bit for another because of the order of names', () => {
  const filled = { ...register(wire('COMP_STATUS', 5)), registerValue: 5 };
  expect(
    decodeFlags(filled, [
      [4, 'b'],
      [1, 'a'],
      [2, 'c'],
    ]).set,
  ).toEqual(['b', 'a']);
});
