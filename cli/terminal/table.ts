import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import pc from 'picocolors';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const GAP = NO_LINES.middle.length;

export interface TableOptions {
  /** Columns that are aligned to the right. */
  readonly right?: readonly number[];
}

const longest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map((text) => stripVTControlCharacters(text).length));

/**
 * How wide each column is to be so that all fit, the widest giving first. None gets narrower than its longest word: an id that
 * is cut is worth nothing.
 */
export const fittingWidths = (columns: readonly (readonly string[])[], width: number): number[] => {
  const widths = columns.map(longest);
  const least = columns.map((cells) => longest(cells.flatMap((cell) => cell.split(/\s+/))));
  const spare = width - GAP * (columns.length - 1);
  for (let over = widths.reduce((sum, each) => sum + each, -spare); over > 0; over -= 1) {
    const room = widths.map((each, index) => (each > (least[index] ?? each) ? each : 0));
    const widest = room.indexOf(Math.max(...room));
    if ((room[widest] ?? 0) === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
};

/** Columns without lines, wrapped to a width where there is one. */
export const table = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], width }: TableOptions & { readonly width: number | null },
): string => {
  const columns = heads.map((head, index) => [head, ...rows.map((row) => row[index] ?? '')]);
  const drawn = new Table({
    head: heads.map((head) => pc.bold(head)),
    chars: NO_LINES,
    colAligns: heads.map((_, index) => (right.includes(index) ? 'right' : 'left')),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    ...(width === null ? {} : { colWidths: fittingWidths(columns, width), wordWrap: true }),
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};
