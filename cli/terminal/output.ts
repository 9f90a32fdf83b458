import type { Writable } from 'node:stream';
import pc from 'picocolors';
import { redact } from '../../lib/thermia/index.js';
import { Problem, PROBLEMS } from '../problem.js';
import type { Secrets } from './secrets.js';
import { table, type TableOptions } from './table.js';

/** Where results go (standard output) and where everything else goes (standard error). */
export interface Output {
  readonly json: boolean;
  readonly verbose: boolean;
  /** Whether a person looks at the results. */
  readonly isTerminal: boolean;
  readonly width: number;
  /** Columns; wrapped to the terminal where there is one. */
  table(heads: readonly string[], rows: readonly (readonly string[])[], options?: TableOptions): string;
  /** A line or more of the result. */
  print(text: string): void;
  /** The result for programs: the whole of it, or one line of a stream. */
  data(value: unknown, options?: { readonly line: boolean }): void;
  /** What a person should know and a program can do without. */
  note(text: string): void;
  /** What is being done, for those who asked. */
  detail(text: string): void;
  problem(error: unknown): number;
  readonly errors: Writable;
}

export interface OutputParts {
  readonly out: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly err: Writable & { readonly isTTY?: boolean };
  readonly secrets: Secrets;
  readonly json: boolean;
  readonly verbose: boolean;
}

const NARROW = 80;

const causes = (error: unknown): string[] => {
  const lines: string[] = [];
  for (let each = error; each instanceof Error && lines.length < 5; each = each.cause) {
    lines.push(`${each.name}: ${each.message}`);
  }
  return lines;
};

export const createOutput = ({ out, err, secrets, json, verbose }: OutputParts): Output => {
  const say = (text: string): void => void err.write(`${secrets.clean(text)}\n`);
  return {
    json,
    verbose,
    isTerminal: out.isTTY === true,
    width: out.columns ?? NARROW,
    table: (heads, rows, options) =>
      table(heads, rows, { ...options, width: out.isTTY === true ? (out.columns ?? null) : null }),
    errors: err,
    print: (text) => void out.write(`${secrets.clean(text)}\n`),
    data: (value, { line } = { line: false }) =>
      void out.write(`${secrets.clean(JSON.stringify(value, null, line ? undefined : 2))}\n`),
    note: (text) => {
      if (!json) say(text);
    },
    detail: (text) => {
      if (verbose) say(pc.dim(redact(text)));
    },
    problem: (error) => {
      const problem =
        error instanceof Problem
          ? error
          : new Problem(
              'unexpected',
              `Something unexpected happened: ${causes(error)[0] ?? 'no reason'}`,
              error,
            );
      const { code } = PROBLEMS[problem.kind];
      say(
        json
          ? JSON.stringify({ error: { kind: problem.kind, code, message: problem.message } })
          : pc.red(problem.message),
      );
      if (verbose) for (const cause of causes(problem.cause)) say(pc.dim(redact(`  ${cause}`)));
      return code;
    },
  };
};
