import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import { Problem } from '../problem.js';
import type { Secrets } from './secrets.js';

/** Questions to the person. Without a terminal, answers are the lines of standard input, in the order of the questions. */
export interface Prompts {
  /** Never echoed. */
  secret(question: string): Promise<string>;
  text(question: string, preset?: string): Promise<string>;
  choice<T extends string>(question: string, choices: readonly { name: string; value: T }[]): Promise<T>;
  confirm(question: string): Promise<boolean>;
}

type Input = Readable & { readonly isTTY?: boolean };

export const createPrompts = (input: Input, output: Writable, secrets: Secrets): Prompts => {
  const isTerminal = input.isTTY === true;
  const context = { input, output };
  let lines: AsyncIterator<string> | null = null;
  const line = async (question: string): Promise<string> => {
    lines ??= createInterface({ input })[Symbol.asyncIterator]();
    const next: IteratorResult<string, unknown> = await lines.next();
    if (next.done === true) {
      throw new Problem(
        'usage',
        `There is no answer to "${question}": run this in a terminal, or hand the answer over on standard input.`,
      );
    }
    return next.value.trim();
  };
  // Questions are rare, and their library takes a while to load.
  const library = () => import('@inquirer/prompts');
  return {
    secret: async (question) => {
      const answer = isTerminal
        ? (await (await library()).password({ message: question, mask: '*' }, context)).trim()
        : await line(question);
      if (answer === '') throw new Problem('usage', `"${question}" was left empty.`);
      return secrets.keep(answer);
    },
    text: async (question, preset) => {
      const answer = isTerminal
        ? await (
            await library()
          ).input({ message: question, ...(preset === undefined ? {} : { default: preset }) }, context)
        : await line(question);
      if (answer.trim() === '') throw new Problem('usage', `"${question}" was left empty.`);
      return answer.trim();
    },
    choice: async (question, choices) => {
      const [first] = choices;
      if (first !== undefined && choices.length === 1) return first.value;
      if (isTerminal) return (await library()).select({ message: question, choices }, context);
      const answer = await line(question);
      const found = choices.find(({ name, value }) => name === answer || value === answer);
      if (found === undefined)
        throw new Problem('usage', `"${answer}" is none of the answers to "${question}".`);
      return found.value;
    },
    confirm: async (question) => {
      if (isTerminal) return (await library()).confirm({ message: question, default: false }, context);
      return /^y(es)?$/i.test(await line(question));
    },
  };
};
