/** Hues that can be told apart on white and on near-black, warm ones for what is warm. */
const PALETTE = [
  '#e07a3f',
  '#3b8ed0',
  '#c2475f',
  '#8a6fc9',
  '#2f9e8f',
  '#c79a1d',
  '#5d7f99',
  '#b0609e',
] as const;

const FIXED: readonly (readonly [RegExp, number])[] = [
  [/:measure_temperature$|:onoff$/, 0],
  [/outdoor/, 1],
  [/\.supply$|compressor/, 2],
  [/\.return$/, 3],
  [/brine_in|brine_pump/, 4],
  [/indoor|aux_heater/, 5],
  [/brine_out|circulation/, 6],
];

/** A log keeps its colour whatever else is shown; where two would share one, the later takes the next free. */
export const coloursFor = (logIds: readonly string[]): ReadonlyMap<string, string> => {
  const taken = new Set<number>();
  const colours = new Map<string, string>();
  const place = (id: string, index: number): void => {
    taken.add(index);
    colours.set(id, PALETTE[index] ?? PALETTE[0]);
  };
  const rest: string[] = [];
  for (const id of logIds) {
    const wanted = FIXED.find(([pattern]) => pattern.test(id))?.[1];
    if (wanted !== undefined && !taken.has(wanted)) place(id, wanted);
    else rest.push(id);
  }
  for (const id of rest) {
    const free = PALETTE.findIndex((_, index) => !taken.has(index));
    place(id, free === -1 ? colours.size % PALETTE.length : free);
  }
  return colours;
};
