import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrices, type PricesRead } from '../../../lib/hot-water/price-input.js';
import { mergePrices, priceOf } from '../../../lib/hot-water/prices.js';
import { HOUR, MINUTE } from '../../../lib/hot-water/time.js';
import type { PriceSlot } from '../../../lib/hot-water/types.js';
import { at, ZONE } from '../../support/hot-water-rig.js';

const WEDNESDAY = at('2025-01-15T13:00');
const SPRING = at('2025-03-30T13:00+02:00');
const AUTUMN = at('2025-10-26T13:00+01:00');

const read = (raw: unknown, now = WEDNESDAY, day?: 'tomorrow'): PricesRead =>
  parsePrices(raw, { now, zone: ZONE, ...(day && { day }) });
const count = (length: number): number[] => Array.from({ length }, (_, i) => i);
const values = ({ prices }: PricesRead): number[] => prices.map(({ value }) => value);
const comma = (value: number): string => value.toFixed(2).replace('.', ',');
const isGapless = (prices: readonly PriceSlot[]): boolean =>
  prices.every(({ end }, i) => i === prices.length - 1 || end === prices[i + 1]!.start);

describe('plain numbers from midnight', () => {
  it.each<[string, number, number, 'tomorrow' | undefined, number, string, string]>([
    ['a day by the hour', 24, WEDNESDAY, undefined, 60, '2025-01-15T00:00', '2025-01-16T00:00'],
    ['a day by the quarter', 96, WEDNESDAY, undefined, 15, '2025-01-15T00:00', '2025-01-16T00:00'],
    ['two days by the hour', 48, WEDNESDAY, undefined, 60, '2025-01-15T00:00', '2025-01-17T00:00'],
    ['two days by the quarter', 192, WEDNESDAY, undefined, 15, '2025-01-15T00:00', '2025-01-17T00:00'],
    ['tomorrow', 24, WEDNESDAY, 'tomorrow', 60, '2025-01-16T00:00', '2025-01-17T00:00'],
    ['23 hours in spring', 23, SPRING, undefined, 60, '2025-03-30T00:00', '2025-03-31T00:00+02:00'],
    ['25 hours in autumn', 25, AUTUMN, undefined, 60, '2025-10-26T00:00+02:00', '2025-10-27T00:00'],
    ['100 quarters in autumn', 100, AUTUMN, undefined, 15, '2025-10-26T00:00+02:00', '2025-10-27T00:00'],
    [
      'tomorrow is the day of spring',
      23,
      at('2025-03-29T13:00'),
      'tomorrow',
      60,
      '2025-03-30T00:00',
      '2025-03-31T00:00+02:00',
    ],
  ])('%s', (_name, length, now, day, minutes, start, end) => {
    const result = read(count(length), now, day);
    expect(result.complaints).toEqual([]);
    expect(values(result)).toEqual(count(length));
    expect(result.prices[0]).toEqual({ start: at(start), end: at(start) + minutes * MINUTE, value: 0 });
    expect(result.prices.at(-1)?.end).toBe(at(end));
    expect(isGapless(result.prices)).toBe(true);
  });

  it('takes 24 numbers on a day of 23 hours by the clock on the wall', () => {
    const result = read(count(24), SPRING);
    expect(values(result)).toEqual([0, 1, ...count(24).slice(3)]);
    expect(result.prices.at(-1)?.end).toBe(at('2025-03-31T00:00+02:00'));
  });

  it('takes 24 and 96 numbers on a day of 25 hours by the clock on the wall', () => {
    expect(values(read(count(24), AUTUMN))).toEqual([0, 1, 2, 2, ...count(24).slice(3)]);
    expect(values(read(count(96), AUTUMN)).slice(8, 17)).toEqual([8, 9, 10, 11, 8, 9, 10, 11, 12]);
  });

  it('takes 48 numbers over two days of which one is short', () => {
    const result = read(count(48), at('2025-03-29T13:00'));
    expect(values(result)).toEqual([...count(26), ...count(48).slice(27)]);
  });

  it('leaves an hour without a price without one', () => {
    const result = read([...count(23), null]);
    expect(result.prices.length).toBe(23);
    expect(result.complaints).toEqual([]);
  });
});

describe('other shapes', () => {
  const day = count(24).map((each) => each / 10);
  it.each<[string, unknown]>([
    ['JSON', JSON.stringify(day)],
    ['JSON with text for numbers', JSON.stringify(day.map((each) => String(each).replace('.', ',')))],
    ['commas', day.join(',')],
    ['commas and spaces', day.join(', ')],
    ['spaces', ` ${day.join('  ')}\n`],
    ['semicolons', day.join(';')],
    ['decimal commas', day.map((each) => each.toFixed(2).replace('.', ',')).join(' ')],
    ['decimal commas and semicolons', day.map((each) => String(each).replace('.', ',')).join('; ')],
    ['decimal commas, commas and spaces', `${day.map((each) => comma(each)).join(', ')},`],
    ['decimal commas in brackets', `[${day.map((each) => comma(each)).join(', ')}]`],
    ['rows by the hour', JSON.stringify(day.map((price, hour) => ({ hour, price })).reverse())],
    ['rows by the hour as text', day.map((price, hour) => ({ hour: String(hour), price }))],
    ['by index', Object.fromEntries(day.map((each, i) => [String(i), each]))],
    ['inside `prices`', { prices: day }],
    ['inside `data`', { data: day }],
    ['today without tomorrow', { today: day, tomorrow: [] }],
    ['today with tomorrow unknown', { today: day, tomorrow: null }],
    [
      'rows',
      day.map((value, i) => ({ start: new Date(at('2025-01-15T00:00') + i * HOUR).toISOString(), value })),
    ],
    [
      'rows out of order, one twice',
      [0, ...count(24).reverse()].map((i) => ({
        time_start: at('2025-01-15T00:00') + i * HOUR,
        SEK_per_kWh: day[i],
      })),
    ],
    [
      'rows with local times',
      day.map((total, i) => ({ startsAt: `2025-01-15T${String(i).padStart(2, '0')}:00`, total })),
    ],
    ['rows with seconds', day.map((price, i) => ({ time: at('2025-01-15T00:00') / 1000 + i * 3600, price }))],
    [
      'times as keys',
      Object.fromEntries(day.map((value, i) => [`2025-01-15T${String(i).padStart(2, '0')}:00`, value])),
    ],
  ])('%s', (_name, raw) => {
    const result = read(raw);
    expect(result.complaints).toEqual([]);
    expect(values(result)).toEqual(day);
    expect(result.prices[0]).toEqual({
      start: at('2025-01-15T00:00'),
      end: at('2025-01-15T01:00'),
      value: 0,
    });
    expect(isGapless(result.prices)).toBe(true);
  });

  it('by the hour of the day mean the day that is said, and every hour that comes twice', () => {
    const rows = count(24).map((hour) => ({ hour, price: hour }));
    expect(read(rows, WEDNESDAY, 'tomorrow').prices[0]?.start).toBe(at('2025-01-16T00:00'));
    expect(values(read(rows, AUTUMN))).toEqual([0, 1, 2, 2, ...count(24).slice(3)]);
    expect(values(read(rows.slice(5, 7)))).toEqual([5, 6]);
  });

  it('whole numbers with commas are a day', () => {
    expect(values(read(count(24).join(',')))).toEqual(count(24));
    expect(values(read(`[${count(24).join(',')}]`))).toEqual(count(24));
  });

  it('takes today and tomorrow', () => {
    const result = read({ today: day, tomorrow: JSON.stringify(day) });
    expect(result.prices.length).toBe(48);
    expect(isGapless(result.prices)).toBe(true);
  });

  it('reads quarters that come twice in the night of autumn', () => {
    const clock = [
      '01:30',
      '01:45',
      '02:00',
      '02:15',
      '02:30',
      '02:45',
      '02:00',
      '02:15',
      '02:30',
      '02:45',
      '03:00',
    ];
    const result = read(
      clock.map((time, value) => ({ start: `2025-10-26T${time}`, value })),
      AUTUMN,
    );
    expect(values(result)).toEqual(count(11));
    expect(isGapless(result.prices)).toBe(true);
    expect(result.prices[6]?.start).toBe(at('2025-10-26T02:00+01:00'));
  });

  it('leaves a gap in the rows a gap, and takes one row for an hour', () => {
    const rows = [0, 1, 3].map((i) => ({ start: WEDNESDAY + i * HOUR, value: i }));
    expect(read(rows).prices.map(({ end }) => end - WEDNESDAY)).toEqual([HOUR, 2 * HOUR, 4 * HOUR]);
    expect(read([{ start: WEDNESDAY, value: 1 }]).prices).toEqual([
      { start: WEDNESDAY, end: WEDNESDAY + HOUR, value: 1 },
    ]);
  });
});

describe('what cannot be read is complained of, and gives no prices', () => {
  it.each<[string, unknown, PricesRead['complaints'][number]]>([
    ['nothing', undefined, { field: 'prices', code: 'empty', value: '' }],
    ['an empty text', '  ', { field: 'prices', code: 'empty', value: '' }],
    ['an empty list', '[]', { field: 'prices', code: 'empty', value: '' }],
    ['an empty text in an object', { prices: '' }, { field: 'prices', code: 'empty', value: '' }],
    ['no price at all', count(24).map(() => null), { field: 'prices', code: 'empty', value: '' }],
    ['an empty object', {}, { field: 'prices', code: 'empty', value: '' }],
    ['words', 'cheap today', { field: 'prices', code: 'not_understood', value: '["cheap","today"]' }],
    ['broken JSON', '[1, 2', { field: 'prices', code: 'not_understood', value: '[1, 2' }],
    ['a switch', true, { field: 'prices', code: 'not_understood', value: 'true' }],
    ['what JSON has no word for', () => 1, { field: 'prices', code: 'not_understood', value: '' }],
    ['too few', '1 2 3', { field: 'prices', code: 'wrong_count', value: '3', min: 24, max: 192 }],
    [
      'a row without a price',
      [{ start: WEDNESDAY }],
      { field: 'prices', code: 'not_understood', value: `{"start":${WEDNESDAY}}` },
    ],
    [
      'a row without a time',
      [{ start: 'noon', value: 1 }],
      { field: 'prices', code: 'not_understood', value: '{"start":"noon","value":1}' },
    ],
    [
      'a row with a strange time',
      [{ start: [], value: 1 }],
      { field: 'prices', code: 'not_understood', value: '{"start":[],"value":1}' },
    ],
    [
      'decimal commas between commas',
      count(24).map(comma).join(','),
      { field: 'prices', code: 'not_understood', value: count(24).map(comma).join(',').slice(0, 60) },
    ],
    [
      'decimal commas between commas in brackets',
      `[${count(24).map(comma).join(',')}]`,
      { field: 'prices', code: 'not_understood', value: `[${count(24).map(comma).join(',')}]`.slice(0, 60) },
    ],
    [
      'decimal commas inside JSON',
      `{"prices":[${count(24).map(comma).join(', ')}]}`,
      {
        field: 'prices',
        code: 'not_understood',
        value: `{"prices":[${count(24).map(comma).join(', ')}]}`.slice(0, 60),
      },
    ],
    [
      'hours from one to 24',
      [{ hour: 24, price: 1 }],
      { field: 'prices', code: 'not_understood', value: '{"hour":24,"price":1}' },
    ],
    [
      'an hour twice',
      [
        { hour: 1, price: 1 },
        { hour: 1, price: 2 },
      ],
      { field: 'prices', code: 'not_understood', value: '{"hour":1,"price":2}' },
    ],
    [
      'a day of last month',
      [{ start: '2024-12-15T00:00', value: 1 }],
      { field: 'prices', code: 'not_understood', value: '{"start":"2024-12-15T00:00","value":1}' },
    ],
    [
      'a day of next month',
      [{ start: '2025-02-15T00:00', value: 1 }],
      { field: 'prices', code: 'not_understood', value: '{"start":"2025-02-15T00:00","value":1}' },
    ],
    ['words by index', { '0': 'a' }, { field: 'prices', code: 'not_understood', value: '{"0":"a"}' }],
    [
      'tomorrow broken',
      { today: count(24), tomorrow: 'x' },
      { field: 'prices', code: 'not_understood', value: '["x"]' },
    ],
  ])('%s', (_name, raw, complaint) => {
    expect(read(raw)).toEqual({ prices: [], complaints: [complaint] });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.json()), (raw) => {
        const { prices, complaints } = read(raw);
        expect(prices.length === 0).toBe(complaints.length > 0);
        for (const { value } of prices) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});

describe('prices kept', () => {
  const slot = (hours: number, value: number, length = 1): PriceSlot => ({
    start: WEDNESDAY + hours * HOUR,
    end: WEDNESDAY + (hours + length) * HOUR,
    value,
  });

  it('are replaced where new ones come, and dropped when long over', () => {
    const merged = mergePrices(
      [slot(-60, 1), slot(-46, 0), slot(0, 2), slot(1, 3)],
      [slot(1, 4), slot(-1, 5)],
      WEDNESDAY,
    );
    expect(merged.map(({ value }) => value)).toEqual([0, 5, 2, 4]);
  });

  it('have a mean, if there is one for all of the span', () => {
    const quarters = [slot(0, 1, 0.25), slot(0.25, 2, 0.25), slot(0.5, 4, 0.5)];
    expect(priceOf(quarters, slot(0, 0))).toBeCloseTo(2.75);
    expect(priceOf(quarters, slot(0.5, 0))).toBeNull();
    expect(priceOf([], slot(0, 0))).toBeNull();
  });
});
