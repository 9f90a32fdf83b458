export interface LogLine {
  readonly key: number;
  readonly at: number | null;
  readonly level: 'log' | 'error';
  readonly text: string;
}

const LINE = /^(\d{4}-\d\d-\d\dT\S+)\s+\[(\w+)\]\s*([\s\S]*)$/;

/** `2025-11-16T09:10:49.760Z [log] [MyApp] text`, or whatever else a process may print. */
export const parseLine = (line: string, key: number): LogLine => {
  const [, time = '', level = '', text = line] = LINE.exec(line) ?? [];
  const at = new Date(time).getTime();
  return { key, at: Number.isNaN(at) ? null : at, level: level.startsWith('err') ? 'error' : 'log', text };
};

/** The lines in which all the words occur. */
export const filterLog = (lines: readonly LogLine[], words: string, errorsOnly: boolean): LogLine[] => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter(({ level, text }) => {
    if (errorsOnly && level !== 'error') return false;
    const low = text.toLowerCase();
    return wanted.every((word) => low.includes(word));
  });
};

/** The newest `limit` lines. */
export const keepNewest = (lines: readonly LogLine[], more: readonly LogLine[], limit = 1000): LogLine[] =>
  [...lines, ...more].slice(-limit);
