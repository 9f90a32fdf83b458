/** Prints rows below each other; the first column to the left, the others to the right. */
export const printTable = (title: string, rows: readonly (readonly (string | number)[])[]): void => {
  const texts = rows.map((row) => row.map(String));
  const widths = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row) => row[column]?.length ?? 0)),
  );
  console.log(`\n${title}`);
  for (const row of texts) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
};

export const kiloBytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} kB`;
export const megaBytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

/** What the simulator calls a pump; some have no model. */
export const labelOf = ({
  installation,
}: {
  readonly installation: Readonly<Record<string, unknown>>;
}): string => {
  const { model, profile } = installation;
  const name =
    typeof profile === 'object' && profile !== null && 'thermiaName' in profile ? profile.thermiaName : '';
  return (
    [model, name].map((each) => (typeof each === 'string' ? each.trim() : '')).find((each) => each !== '') ??
    '?'
  );
};
