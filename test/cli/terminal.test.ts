import { describe, expect, test } from 'vitest';
import { readMoment } from '../../cli/online/commands/history.js';
import { fittingWidths, table } from '../../cli/terminal/table.js';

describe('the width of a table', () => {
  const id = '0a1b2c3d-0000-4000-8000-000000000000';
  const words = 'the plan keeps the water warm below a temperature';

  test.each<[string, string[][], number, number[]]>([
    ['enough room', [['a', 'bcd'], ['ef']], 80, [3, 2]],
    ['the widest gives', [['short'], [words]], 30, [5, 23]],
    ['a word is never cut', [[id], [words]], 40, [36, 11]],
    ['two wide ones give alike', [[words], [words]], 42, [20, 20]],
    ['colours have no width', [['\u001b[32mgreen\u001b[39m'], ['x']], 10, [5, 1]],
  ])('%s', (_name, columns, width, expected) => {
    expect(fittingWidths(columns, width)).toEqual(expected);
  });

  test('wraps where there is a terminal, and nowhere else', () => {
    const lines = (width: number | null): number[] =>
      table(['Flow', 'Why'], [['Guests', words]], { width })
        .split('\n')
        .map((line) => line.length);
    expect(Math.max(...lines(30))).toBeLessThanOrEqual(30);
    expect(lines(null)).toHaveLength(2);
  });
});

describe('a moment', () => {
  const now = new Date(2026, 1, 10, 12).getTime();
  const HOUR = 3_600_000;

  test.each([
    ['now', now],
    ['36h', now - 36 * HOUR],
    ['2w', now - 14 * 24 * HOUR],
    ['2026-02-01', new Date(2026, 1, 1).getTime()],
    ['2026-02-01T06:30', new Date(2026, 1, 1, 6, 30).getTime()],
    ['2024-02-29', new Date(2024, 1, 29).getTime()],
    ['2026-02-31', null],
    ['2026-02-29T06:00', null],
    ['2026-13-01', null],
    ['999999999999w', null],
    ['yesterday', null],
  ])('%s', (text, expected) => {
    expect(readMoment(text, now)).toBe(expected);
  });
});
