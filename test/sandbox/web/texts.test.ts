import { describe, expect, it } from 'vitest';
import { filterLog, keepNewest, parseLine } from '../../../sandbox/web/src/pure/app-log.js';
import { coloursFor } from '../../../sandbox/web/src/pure/colours.js';
import { emphasised, groupNeighbours } from '../../../sandbox/web/src/pure/emphasis.js';
import {
  formatAge,
  formatClock,
  formatNumber,
  formatSince,
  nameOfDay,
  plainValue,
  sentence,
  tellTimesIn,
} from '../../../sandbox/web/src/pure/format.js';
import { textAt } from '../../../sandbox/web/src/pure/pair-messages.js';
import { linkTo, parseRoute } from '../../../sandbox/web/src/pure/routes.js';
import { changedSettings, groupSettings, readSetting } from '../../../sandbox/web/src/pure/settings-form.js';
import { Setting } from '../../../sandbox/web/src/client/schemas.js';
import { device } from './make.js';

const shown = (fields: Readonly<Record<string, unknown>>): string =>
  Object.values(device([{ id: 'x', ...fields }]).capabilitiesObj)
    .map(plainValue)
    .join();

describe('since when a value is so', () => {
  it('gets rougher with time', () => {
    tellTimesIn('Europe/Stockholm');
    const now = Date.parse('2026-01-15T12:00Z');
    expect(
      [20_000, 240_000, 15 * 3_600_000, 20 * 86_400_000].map((age) => formatSince(now - age, now)),
    ).toEqual(['just now', 'since 12:56', 'since Wed 22:00', 'since Friday 26 December']);
  });
});

describe('values in words', () => {
  it.each([
    [{ value: null, units: '°C' }, '–'],
    [{ value: 0, units: '°C', decimals: 1 }, '0.0 °C'],
    [{ value: -4.25, units: '°C', decimals: 1 }, '−4.3 °C'],
    [{ value: true, type: 'boolean' }, 'On'],
    [{ value: false, type: 'boolean', options: { titleFalse: { en: 'Stands still' } } }, 'Stands still'],
    [{ value: 'hot', type: 'enum', values: [{ id: 'hot', title: 'Hot water' }] }, 'Hot water'],
    [{ value: 'new', type: 'enum', values: [] }, 'new'],
  ])('%j reads %s', (fields, text) => {
    expect(shown(fields)).toBe(text);
  });

  it('groups only long numbers', () => {
    expect([formatNumber(8123, 0), formatNumber(28123, 0)]).toEqual(['8123', '28,123']);
  });

  it.each([
    [0, 'just now'],
    [3 * 60_000, '3 min ago'],
    [5 * 3_600_000, '5 h ago'],
    [72 * 3_600_000, '3 days ago'],
  ])('an age of %d ms is %s', (age, text) => {
    expect(formatAge(1_000_000_000, 1_000_000_000 + age)).toBe(text);
    expect(formatAge(null, 5)).toBe('never');
  });

  it("tells times as the Homey's clock shows them", () => {
    const at = Date.UTC(2026, 0, 15, 22, 30);
    tellTimesIn('Europe/Stockholm');
    expect([formatClock(at), nameOfDay(at, at + 3_600_000)]).toEqual(['23:30', 'Yesterday']);
    tellTimesIn('Europe/London');
    expect([formatClock(at), nameOfDay(at, at + 3_600_000)]).toEqual(['22:30', 'Today']);
    tellTimesIn('No/Such_Zone');
    expect(formatClock(at)).toMatch(/^\d\d:30$/);
  });

  it('makes a sentence of whatever was thrown', () => {
    expect(sentence(new Error('no answer'))).toBe('No answer.');
    expect(sentence('Why?')).toBe('Why?');
    expect(sentence(undefined)).not.toBe('');
  });
});

describe('the log', () => {
  it('is read by time and level', () => {
    const line = parseLine('2025-11-16T09:10:49.760Z [err] [App] Lost the cloud', 7);
    expect(line).toEqual({
      key: 7,
      at: Date.UTC(2025, 10, 16, 9, 10, 49, 760),
      level: 'error',
      text: '[App] Lost the cloud',
    });
    expect(parseLine('Trace: odd', 8)).toMatchObject({ at: null, level: 'log', text: 'Trace: odd' });
  });

  it('is found by all words, and can be cut down to errors', () => {
    const lines = ['2025-01-01T00:00:00Z [log] poll started', '2025-01-01T00:00:00Z [err] poll failed'].map(
      parseLine,
    );
    expect(filterLog(lines, 'FAILED poll', false).map(({ key }) => key)).toEqual([1]);
    expect(filterLog(lines, '', true).map(({ key }) => key)).toEqual([1]);
    expect(keepNewest(lines, lines, 3)).toHaveLength(3);
  });
});

describe('small things', () => {
  it('bold text of the timeline is split, markup stays text', () => {
    expect(emphasised('Pump **on** <b>now</b>')).toEqual([
      { text: 'Pump ', strong: false },
      { text: 'on', strong: true },
      { text: ' <b>now</b>', strong: false },
    ]);
    expect(groupNeighbours([1, 1, 2, 1], String).map(([key, items]) => [key, items.length])).toEqual([
      ['1', 2],
      ['2', 1],
      ['1', 1],
    ]);
  });

  it('addresses lead where they came from, and strange ones home', () => {
    const route = { page: 'device', deviceId: 'a/b c' } as const;
    expect(parseRoute(linkTo(route))).toEqual(route);
    expect(parseRoute('#/nowhere')).toEqual({ page: 'home' });
  });

  it('no two of the first logs share a colour', () => {
    const ids = [
      'measure_temperature',
      'onoff',
      'measure_temperature.outdoor',
      'compressor_running',
      'measure_temperature.supply',
    ];
    const colours = coloursFor(ids.map((id) => `homey:device:1:${id}`));
    expect(new Set(colours.values()).size).toBe(ids.length);
  });

  it('texts are found by their key, unknown tags stay', () => {
    const texts = { pair: { hello: 'Hello __name__ and __other__' } };
    expect(textAt(texts, 'pair.hello', { name: 'you' })).toBe('Hello you and __other__');
    expect(textAt(texts, 'pair.bye')).toBeNull();
    expect(textAt(texts, 'pair.hello.more')).toBeNull();
  });
});

describe('settings', () => {
  it('come in groups, loose ones together', () => {
    const fields = [
      { id: 'a', type: 'number', label: 'A' },
      { id: 'b', type: 'text', label: 'B' },
      { type: 'group', label: 'G', children: [{ id: 'c', type: 'checkbox', label: 'C' }] },
      { type: 'group', label: 'Nothing', children: [] },
    ].map((setting) => Setting.parse(setting));
    expect(groupSettings(fields).map(({ title, fields: own }) => [title, own.map(({ id }) => id)])).toEqual([
      [null, ['a', 'b']],
      ['G', ['c']],
    ]);
  });

  it('are sent only where they changed, in their own type', () => {
    expect(changedSettings({ a: 1, b: true }, { a: 1, b: false })).toEqual({ b: false });
    expect(readSetting({ type: 'number' }, '2,5')).toBe(2.5);
    expect(readSetting({ type: 'number' }, '')).toBeNull();
    expect(readSetting({ type: 'text' }, '7')).toBe('7');
  });
});
