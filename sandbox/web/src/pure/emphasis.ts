export interface Span {
  readonly text: string;
  readonly strong: boolean;
}

/** `**bold**` of a timeline text as plain pieces; nothing else in it is markup. */
export const emphasised = (text: string): Span[] =>
  text
    .split(/(\*\*[^*]+\*\*)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const inner = /^\*\*([^*]+)\*\*$/.exec(piece)?.[1];
      return inner === undefined ? { text: piece, strong: false } : { text: inner, strong: true };
    });

/** Groups neighbours that share a key, in the order they come. */
export const groupNeighbours = <T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] => {
  const groups: [string, T[]][] = [];
  for (const item of items) {
    const key = keyOf(item);
    const last = groups.at(-1);
    if (last?.[0] === key) last[1].push(item);
    else groups.push([key, [item]]);
  }
  return groups;
};
