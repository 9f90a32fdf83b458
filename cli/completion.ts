import { realpathSync } from 'node:fs';
import {
  getCompletionScript,
  getShellFromEnv,
  isShellSupported,
  log,
  parseEnv,
  type CompletionItem,
} from '@pnpm/tabtab';
import type { Command } from 'commander';
import * as z from 'zod';
import type { Leaf } from './leaf.js';
import { Problem } from './problem.js';

const NAME = 'thermia';
const SHELLS = ['bash', 'zsh', 'fish', 'pwsh'];

export const completion: Leaf<object> = {
  usage: 'completion <shell>',
  values: [SHELLS],
  summary: 'print the script that lets bash, zsh, fish or PowerShell complete commands',
  details:
    'The command has to be called thermia: `npm link` in the folder of this project, or an alias, makes it so.',
  examples: [
    'thermia completion bash >> ~/.bashrc',
    'thermia completion zsh > ~/.zfunc/_thermia',
    'thermia completion fish > ~/.config/fish/completions/thermia.fish',
  ],
  schema: z.object({}),
  run: async ({ out }, _options, [shell = '']) => {
    if (!isShellSupported(shell))
      throw new Problem('usage', `"${shell}" is none of bash, zsh, fish and pwsh.`);
    const executable = realpathSync(process.argv[1] ?? '');
    const script = await getCompletionScript({ name: NAME, completer: `'${executable}'`, shell });
    if (out.json) out.data({ shell, script });
    else out.print(script);
  },
};

const visible = (command: Command): CompletionItem[] => {
  const help = command.createHelp();
  const commands = help
    .visibleCommands(command)
    .map((each) => ({ name: each.name(), description: each.summary() }));
  const options = help
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ name: long ?? short ?? '', description }));
  return commands.length > 0 ? commands : options;
};

/** What may come next after the words of a line; the last of them is still being typed. */
export const candidates = (program: Command, partial: string): CompletionItem[] => {
  const words = partial.split(/\s+/).slice(1);
  const typed = words.at(-1) ?? '';
  let command = program;
  let given = 0;
  for (const word of words.slice(0, -1)) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined && !word.startsWith('-')) given += 1;
    command = next ?? command;
  }
  const before = words.at(-2);
  const option = command.options.find(({ long, short }) => before === long || before === short);
  const choices = option === undefined ? command.registeredArguments[given]?.argChoices : option.argChoices;
  const values = (choices ?? []).map((name) => ({ name }));
  return [...values, ...(option?.argChoices === undefined ? visible(command) : [])].filter(({ name }) =>
    name.startsWith(typed),
  );
};

/** Answers the shell, which asks with every press of the tab key. */
export const completeFor = (program: Command, env: Readonly<Record<string, string | undefined>>): void => {
  log(candidates(program, parseEnv(env).partial), getShellFromEnv(env));
};
