import { Option, type Command } from 'commander';
import type * as z from 'zod';
import { EXIT_CODES, Problem } from './problem.js';
import type { Shell } from './shell.js';

export interface LeafOption {
  readonly flags: string;
  readonly means: string;
  /** What it takes, where that is a list. */
  readonly values?: readonly string[];
}

/** A command that does something. */
export interface Leaf<O> {
  /** Name and arguments, as commander writes them: `set <capability> <value>`. */
  readonly usage: string;
  /** What its arguments take, in their order, where that is a list. */
  readonly values?: readonly (readonly string[])[];
  readonly summary: string;
  /** What a person should know beyond the summary. */
  readonly details?: string;
  readonly examples?: readonly string[];
  readonly options?: readonly LeafOption[];
  readonly schema: z.ZodType<O>;
  readonly run: (shell: Shell, options: O, args: readonly string[]) => Promise<void>;
}

export type Shells = (options: unknown) => Shell;

export const addLeaf = <O>(parent: Command, shells: Shells, leaf: Leaf<O>): void => {
  const { usage, values = [], summary, details, examples = [], options = [], schema, run } = leaf;
  const command = parent
    .command(usage)
    .summary(summary)
    .description(details === undefined ? summary : `${summary}\n\n${details}`);
  for (const [index, choices] of values.entries()) command.registeredArguments[index]?.choices(choices);
  for (const { flags, means, values: choices } of options) {
    const option = new Option(flags, means);
    command.addOption(choices === undefined ? option : option.choices(choices));
  }
  command
    .option('--json', 'print JSON for programs')
    .option('-v, --verbose', 'say what is being done; never prints secrets');
  const learning = [
    ...(examples.length === 0 ? [] : [['Examples:', ...examples.map((line) => `  $ ${line}`)].join('\n')]),
    EXIT_CODES,
  ];
  command.addHelpText('after', `\n${learning.join('\n\n')}`);
  command.action(async () => {
    const given = command.opts();
    const parsed = schema.safeParse(given);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Problem('usage', `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}.`);
    }
    await run(shells(given), parsed.data, command.args);
  });
};
