import type { OffRange } from './types.js';
import { daysIn, dayOf, minutesOf, wallTime, type Span } from './time.js';

/** Names of Monday to Sunday by their first letters: English, Scandinavian, German, Dutch, Finnish, French, Polish. */
const DAY_NAMES: readonly string[] = [
  'mon mån man mo maa ma lun pon pn',
  'tue tis tir die di din tii ti mar wto wt',
  'wed ons mit mi woe wo kes ke mer śro śr',
  'thu tor don do to jeu czw cz',
  'fri fre fr vri vr per pe ven pią pt',
  'sat lör lør sam sa zat za lau la sob',
  'sun sön søn son so zon zo su dim nie nd',
];
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const DAY_BY_NAME = new Map(
  DAY_NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

export type OffHours =
  | { readonly ok: true; readonly ranges: readonly OffRange[] }
  | { readonly ok: false; readonly piece: string };

function dayNumber(name: string): number | null {
  const key = name.trim().toLowerCase().replace(/\.$/, '');
  return DAY_BY_NAME.get(key) ?? DAY_BY_NAME.get(key.slice(0, 3)) ?? null;
}

/** `mon-fri`, `sat,sun`, `fri-mon`; null where a name is unknown. */
function parseDays(text: string): number[] | null {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [first, last] = part.split(/[-–]/).map(dayNumber);
    if (first === undefined || first === null || last === null) return null;
    const end = last ?? first;
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === end) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}

function parsePiece(piece: string): OffRange | null {
  const match = /^(.*?)\s*(\d{1,2}[:.]\d\d)\s*[-–]\s*(\d{1,2}[:.]\d\d)$/.exec(piece);
  if (match === null) return null;
  const [, names = '', fromText = '', toText = ''] = match;
  const days = names === '' ? ALL_DAYS : parseDays(names);
  const [from, to] = [minutesOf(fromText), minutesOf(toText)];
  if (days === null || from === null || to === null || from === to || from === 24 * 60) return null;
  return { days, from, to };
}

/**
 * Hours without hot water as a person writes them: `06:00-22:00`, `mon-fri 06:00-09:00; sat,sun 22:00-06:00`, separated
 * by semicolons or line breaks. Empty: none.
 */
export function parseOffHours(text: string): OffHours {
  const ranges: OffRange[] = [];
  const pieces = text.split(/[;\n]/).map((piece) => piece.trim());
  for (const piece of pieces.filter((each) => each !== '')) {
    const range = parsePiece(piece);
    if (range === null) return { ok: false, piece };
    ranges.push(range);
  }
  return { ok: true, ranges };
}

/** The off hours that touch the span, in order, those that overlap or meet made one. */
export function offSpans(ranges: readonly OffRange[], span: Span, zone: string): Span[] {
  const spans: Span[] = [];
  // A range may have started the day before.
  const first = dayOf(span.start, zone, -1).start;
  for (const day of daysIn({ start: first, end: span.end }, zone)) {
    for (const range of ranges.filter(({ days }) => days.includes(day.weekday))) {
      const ends = range.to > range.from ? day : dayOf(day.end, zone);
      const found = { start: wallTime(day, range.from, zone), end: wallTime(ends, range.to, zone) };
      if (found.end > found.start) spans.push(found);
    }
  }
  return joined(spans).filter(({ start, end }) => end > span.start && start < span.end);
}

function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const next of [...spans].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last !== undefined && next.start <= last.end)
      out[out.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else out.push(next);
  }
  return out;
}
