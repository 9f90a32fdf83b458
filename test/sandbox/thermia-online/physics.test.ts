import { describe, expect, test } from 'vitest';
import { builtInPumps } from '../../../sandbox/thermia-online/index.js';
import {
  advancePlant,
  desiredSupply,
  MAX_STEPS,
  outdoorAt,
  startPlant,
  usualControls,
  type PlantControls,
  type PlantState,
} from '../../../sandbox/thermia-online/plant/physics.js';
import { controlsFrom, readingOf } from '../../../sandbox/thermia-online/plant/bindings.js';
import { valueNamesOf, type PlantSpec } from '../../../sandbox/thermia-online/pump-data.js';
import { localHour, localStamp, parseStamp, utcStamp } from '../../../sandbox/thermia-online/wall-time.js';

const HOUR = 3_600_000;
const zone = 'W. Europe Standard Time';
const winter = Date.UTC(2026, 0, 15, 9);
const hourOf = (at: number): number => localHour(at, zone);

const specOf = (id: number): PlantSpec => {
  const spec = builtInPumps.find((pump) => pump.id === id)?.plant;
  if (spec === undefined || spec === null) throw new Error(`no plant ${id}`);
  return spec;
};
const ground = specOf(2100417);
const air = specOf(2100634);

const run = (
  hours: number,
  controls: Partial<PlantControls> = {},
  {
    spec = ground,
    from = winter,
    start = {},
  }: { spec?: PlantSpec; from?: number; start?: Partial<PlantState> } = {},
): { end: PlantState; all: PlantState[] } => {
  const all: PlantState[] = [];
  const begin = { ...startPlant(spec, from, hourOf(from)), ...start };
  const set = { ...usualControls, ...controls };
  const end = advancePlant(
    spec,
    begin,
    () => set,
    hourOf,
    from + hours * HOUR,
    (state) => all.push(state),
  );
  return { end, all };
};

describe('hot water', () => {
  test('stays between where it starts and where it stops', () => {
    const { all } = run(48);
    const tanks = all.slice(600).map(({ tank }) => tank);
    expect(Math.min(...tanks)).toBeGreaterThan(ground.tank.startAt - 1.5);
    expect(Math.max(...tanks)).toBeLessThan(ground.tank.stopAt + 0.5);
    expect(all.some(({ duty }) => duty === 'hot_water')).toBe(true);
  });

  test('cools down when it is off, and comes back when it is on', () => {
    const off = run(24, { hotWater: false });
    expect(off.all.every(({ duty }) => duty !== 'hot_water')).toBe(true);
    expect(off.end.tank).toBeLessThan(38);
    const on = run(3, {}, { from: off.end.at, start: off.end });
    expect(Math.max(...on.all.map(({ tank }) => tank))).toBeGreaterThan(ground.tank.stopAt - 1);
  });

  test('boost goes to its own end and falls back by itself', () => {
    const { all, end } = run(3, {}, { start: { boost: true } });
    expect(Math.max(...all.map(({ tank }) => tank))).toBeGreaterThan(ground.tank.boostTo - 1);
    expect(end.boost).toBe(false);
  });

  test('boost waits while hot water is off', () => {
    const { end, all } = run(3, { hotWater: false }, { start: { boost: true } });
    expect(end.boost).toBe(true);
    expect(all.every(({ duty }) => duty !== 'hot_water')).toBe(true);
  });

  test('is heated against legionella on Sunday night', () => {
    const { all } = run(4, {}, { from: Date.UTC(2026, 0, 18, 0, 30) });
    expect(all.some(({ duty }) => duty === 'legionella')).toBe(true);
  });
});

describe('the house', () => {
  test('is warmer by day and in summer', () => {
    const mean = (from: number): number => {
      const values = Array.from({ length: 240 }, (_, hour) =>
        outdoorAt(ground.climate, from + hour * HOUR, hourOf(from + hour * HOUR)),
      );
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(mean(Date.UTC(2026, 6, 10))).toBeGreaterThan(mean(winter) + 10);
    expect(outdoorAt(ground.climate, winter, 15)).toBeGreaterThan(outdoorAt(ground.climate, winter, 4));
  });

  test('asks for more supply the colder it is, within its limits', () => {
    const at = (outdoor: number, change: Partial<PlantControls> = {}): number =>
      desiredSupply(outdoor, { ...usualControls, ...change });
    expect(at(-10)).toBeGreaterThan(at(0));
    expect(at(0)).toBeGreaterThan(at(10));
    expect(at(0, { heatingEffect: 23 })).toBeGreaterThan(at(0));
    expect(at(0, { zero: 3 })).toBe(at(0) + 3);
    expect(at(-40, { curve: 56 })).toBe(usualControls.curveMax);
    expect(at(30)).toBe(usualControls.curveMin);
  });

  test('is heated in winter, and not above the heat stop', () => {
    expect(run(24).end.hours.heating).toBeGreaterThan(ground.hours.heating + 3);
    expect(run(24, { heatStop: -30 }).end.hours.heating).toBe(ground.hours.heating);
  });

  test.each([
    ['off', ['off']],
    ['hot_water', ['idle', 'hot_water']],
  ] as const)('mode %s does only %j', (mode, duties) => {
    expect([...new Set(run(24, { mode }).all.map(({ duty }) => duty))].sort()).toEqual([...duties].sort());
  });

  test('mode auxiliary heats without the compressor', () => {
    const { all, end } = run(24, { mode: 'auxiliary' });
    expect(all.every(({ compressor }) => !compressor)).toBe(true);
    expect(end.hours.step1).toBeGreaterThan(ground.hours.step1);
  });

  test('an air pump defrosts in frost, a ground pump never', () => {
    const cold = { ...air, climate: { ...air.climate, yearMean: -2 } };
    const { all, end } = run(24, {}, { spec: cold });
    expect(end.defrosts).toBeGreaterThan(air.defrosts);
    expect(all.some(({ duty }) => duty === 'defrost')).toBe(true);
    expect(run(24).end.defrosts).toBe(0);
  });

  test('cools in a hot summer when it is told to', () => {
    const hot = { ...air, climate: { ...air.climate, yearMean: 20 } };
    const from = Date.UTC(2026, 6, 15, 10);
    expect(run(6, { cooling: true }, { spec: hot, from }).all.some(({ duty }) => duty === 'cooling')).toBe(
      true,
    );
    expect(run(6, {}, { spec: hot, from }).all.some(({ duty }) => duty === 'cooling')).toBe(false);
  });

  test('brine out is colder than brine in while the compressor runs', () => {
    const { all } = run(24);
    const long = all.filter(
      (_one, index) => index > 30 && all.slice(index - 30, index).every((one) => one.compressor),
    );
    expect(long.length).toBeGreaterThan(0);
    expect(long.every(({ brineIn, brineOut }) => brineIn - brineOut > 1.5)).toBe(true);
  });
});

describe('time', () => {
  test('many small looks and one big one see the same plant', () => {
    const begin = startPlant(ground, winter, hourOf(winter));
    const once = advancePlant(
      ground,
      begin,
      () => usualControls,
      hourOf,
      winter + 6 * HOUR,
      () => undefined,
    );
    let often = begin;
    for (let at = winter; at <= winter + 6 * HOUR; at += 17_300) {
      often = advancePlant(
        ground,
        often,
        () => usualControls,
        hourOf,
        at,
        () => undefined,
      );
    }
    often = advancePlant(
      ground,
      often,
      () => usualControls,
      hourOf,
      winter + 6 * HOUR,
      () => undefined,
    );
    expect(often).toEqual(once);
  });

  test('a year at once takes a bounded number of steps and ends in range', () => {
    const { all, end } = run(24 * 365);
    expect(all.length).toBeLessThanOrEqual(MAX_STEPS);
    expect(end.tank).toBeGreaterThan(10);
    expect(end.tank).toBeLessThan(66);
    expect(end.hours.compressor).toBeGreaterThan(ground.hours.compressor);
  });

  test('a clock that was set back changes nothing', () => {
    const begin = startPlant(ground, winter, hourOf(winter));
    expect(
      advancePlant(
        ground,
        begin,
        () => usualControls,
        hourOf,
        winter - HOUR,
        () => undefined,
      ),
    ).toBe(begin);
  });

  test.each([
    [Date.UTC(2026, 2, 29, 0, 59), '2026-03-29T01:59:00'],
    [Date.UTC(2026, 2, 29, 1, 0), '2026-03-29T03:00:00'],
    [Date.UTC(2026, 9, 25, 0, 30), '2026-10-25T02:30:00'],
    [Date.UTC(2026, 9, 25, 1, 30), '2026-10-25T02:30:00'],
    [Date.UTC(2026, 0, 1, 0, 0, 0, 250), '2026-01-01T01:00:00.25'],
  ])('%i is %s on the wall', (at, stamp) => {
    expect(localStamp(at, zone)).toBe(stamp);
  });

  test('stamps can be read back', () => {
    expect(utcStamp(winter + 407)).toBe('2026-01-15T09:00:00.407');
    expect(parseStamp('2026-07-01T12:00:00', zone)).toBe(Date.UTC(2026, 6, 1, 10));
    expect(parseStamp('2026-07-01', 'FLE Standard Time')).toBe(Date.UTC(2026, 5, 30, 21));
    expect(parseStamp('2026-07-01T12:00:00.5Z', zone)).toBe(Date.UTC(2026, 6, 1, 12, 0, 0, 500));
    expect(parseStamp('yesterday', zone)).toBeNull();
    expect(localStamp(winter, 'No Such Time')).toBe(localStamp(winter, zone));
  });
});

describe('bits', () => {
  const status = (pumpId: number, name: string, plant: Partial<PlantState>): readonly string[] => {
    const pump = builtInPumps.find(({ id }) => id === pumpId);
    const spec = specOf(pumpId);
    const fields =
      Object.values(pump?.registers ?? {})
        .flat()
        .find((one) => one['registerName'] === name) ?? {};
    const valueNames = valueNamesOf(fields);
    const state = { ...startPlant(spec, winter, hourOf(winter)), ...plant };
    const value = readingOf({ name, valueNames }, state, spec) ?? 0;
    return valueNames
      .filter((one) => (value & one.value) === one.value && one.value > 0)
      .map((one) => one.name);
  };

  test.each<[number, string, Partial<PlantState>, readonly string[]]>([
    [
      2100417,
      'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK',
      { duty: 'hot_water', compressor: true },
      ['REG_VALUE_STATUS_HOTWATER'],
    ],
    [2100417, 'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK', { duty: 'off' }, ['REG_VALUE_OPERATION_MODE_OFF']],
    [
      2100417,
      'REG_OPERATIONAL_STATUS_PRIORITY_BITMASK',
      { duty: 'legionella', compressor: true },
      ['REG_VALUE_STATUS_HOTWATER', 'REG_VALUE_STATUS_LEGIONELLA'],
    ],
    [2100523, 'COMP_STATUS', { duty: 'idle' }, ['COMP_VALUE_RADIATORPUMP']],
    [
      2100523,
      'COMP_STATUS',
      { duty: 'hot_water', compressor: true },
      ['COMP_VALUE_COMPR', 'COMP_VALUE_BRINEPUMP', 'COMP_VALUE_HOT_WATER'],
    ],
    [
      2100634,
      'COMP_STATUS_ATEC',
      { duty: 'defrost', compressor: true },
      ['COMP_VALUE_COMPR', 'COMP_VALUE_DEFROST'],
    ],
    [
      2100745,
      'COMP_STATUS_ITEC',
      { duty: 'cooling', compressor: true },
      ['COMP_VALUE_COMPR', 'COMP_VALUE_RADIATORPUMP', 'COMP_VALUE_COOLING'],
    ],
    [2100523, 'COMP_POWER_STATUS', { steps: 2 }, ['COMP_VALUE_STEP_3KW', 'COMP_VALUE_STEP_6KW']],
  ])('%i %s in %j', (pumpId, name, plant, expected) => {
    expect(status(pumpId, name, plant)).toEqual(expected);
  });

  test('settings are read from the registers by name', () => {
    const mode = {
      name: 'REG_OPERATIONMODE',
      valueNames: [
        {
          value: 2,
          name: 'REG_VALUE_OPERATION_MODE_SERVICE',
          visible: false,
          isReadonly: false,
          confirmation: null,
        },
        {
          value: 2,
          name: 'REG_VALUE_OPERATION_MODE_AUX_HEATER_ONLY',
          visible: true,
          isReadonly: false,
          confirmation: null,
        },
      ],
      value: 2,
    };
    const off = { name: 'REG_HOT_WATER_STATUS', valueNames: [], value: 0 };
    expect(
      controlsFrom([mode, off, { name: 'REG_HEATING_STOP', valueNames: [], value: 9 }], 23),
    ).toMatchObject({
      mode: 'auxiliary',
      hotWater: false,
      heatStop: 9,
      heatingEffect: 23,
    });
  });
});
