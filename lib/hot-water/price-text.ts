/** From so many numbers on, a list of whole numbers may as well be half as many with decimal commas: `0,10,0,11`. */
const AMBIGUOUS_FROM = 46;

/** What a text holds, not yet looked at; `ambiguous` where it can be read in two ways. */
export type Unpacked = { readonly value: unknown } | { readonly ambiguous: true };

/** JSON where it looks like it, else numbers in a text. With decimal commas only spaces, semicolons and comma and space separate. */
export function unpackPrices(text: string): Unpacked {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return fromList(trimmed) ?? { value: piecesOf(trimmed, /[\s;,]+/) };
  const flat = /^\[([^[\]{}"]*)\]$/.exec(trimmed)?.[1];
  if (flat !== undefined) return fromList(flat) ?? { value: fromJson(trimmed) };
  const isAmbiguous = [...trimmed.matchAll(/\[([^[\]{}"]*)\]/g)].some(
    ([, list = '']) => fromList(list) !== null,
  );
  return isAmbiguous ? { ambiguous: true } : { value: fromJson(trimmed) };
}

/** A list that is not what it seems: with decimal commas, or perhaps with them. */
function fromList(list: string): Unpacked | null {
  const pieces = piecesOf(list.replace(/[\s;,]+$/, ''), /[,;]?\s+|;/);
  const isDecimal = pieces.every((piece) => /^[+-]?\d+(?:,\d+)?$/.test(piece));
  if (isDecimal && pieces.length > 1 && pieces.some((piece) => piece.includes(','))) return { value: pieces };
  const [only = ''] = pieces;
  if (pieces.length !== 1 || !/^[+-]?\d+(?:,[+-]?\d+)+$/.test(only)) return null;
  return only.split(',').length < AMBIGUOUS_FROM ? null : { ambiguous: true };
}

const piecesOf = (text: string, separator: RegExp): string[] =>
  text.split(separator).filter((piece) => piece !== '');

function fromJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return text;
  }
}
