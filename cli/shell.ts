import * as z from 'zod';
import { configFolder } from './files/config-folder.js';
import { createOutput, type Output } from './terminal/output.js';
import { createPrompts, type Prompts } from './terminal/prompts.js';
import { createSecrets, type Secrets } from './terminal/secrets.js';

/** Everything a command gets from its surroundings. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Output;
  readonly ask: Prompts;
  readonly secrets: Secrets;
  /** Where sign-ins are kept. */
  readonly folder: string;
  /** Resolves with Ctrl-C, or after some time; without it Ctrl-C ends the tool at once. */
  readonly untilInterrupted: (afterMs?: number) => Promise<void>;
  now(): number;
}

export type Process = Pick<NodeJS.Process, 'env' | 'stdin' | 'stdout' | 'stderr'>;

const Flags = z.object({ json: z.boolean().default(false), verbose: z.boolean().default(false) });

/** `options` are those of the command that runs, as far as they concern all commands. */
export const createShells = (
  { env, stdin, stdout, stderr }: Process,
  untilInterrupted: Shell['untilInterrupted'],
): ((options: unknown) => Shell) => {
  const secrets = createSecrets();
  const ask = createPrompts(stdin, stderr, secrets);
  return (options) => {
    const { json, verbose } = Flags.parse(options);
    return {
      env,
      out: createOutput({ out: stdout, err: stderr, secrets, json, verbose }),
      ask,
      secrets,
      folder: configFolder(env),
      untilInterrupted,
      now: Date.now,
    };
  };
};
