import { CommanderError, type Command } from 'commander';
import { completeFor } from './completion.js';
import { silenceLibrary } from './homey/client.js';
import { createProgram } from './program.js';
import { PROBLEMS, Problem } from './problem.js';
import { createShells } from './shell.js';

/** What is still open when the work is done gets this long. */
const LINGER_MS = 2000;

/** `isQuiet`: what was not understood is told by the caller, and not as text. */
const throwInstead = (command: Command, isQuiet: boolean): void => {
  command.exitOverride();
  if (isQuiet) command.configureOutput({ writeErr: () => undefined });
  for (const each of command.commands) throwInstead(each, isQuiet);
};

const usageProblem = ({ message }: CommanderError): Problem =>
  new Problem('usage', message.replace(/^error: /, '').replaceAll('\n', ' '));

const codeOf = (error: unknown, isJson: boolean, problem: (error: unknown) => number): number => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    return isJson ? problem(usageProblem(error)) : PROBLEMS.usage.code;
  }
  if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')) {
    return problem(new Problem('interrupted', 'Interrupted; nothing was changed.'));
  }
  return problem(error);
};

/** Ctrl-C ends what waits for it, and the whole tool where nothing does. */
const listenForInterruption = (): ((afterMs?: number) => Promise<void>) => {
  const waiting = new Set<() => void>();
  const interrupt = (): void => {
    if (waiting.size === 0) process.exit(PROBLEMS.interrupted.code);
    for (const end of waiting) end();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return (afterMs) =>
    new Promise((resolve) => {
      const timer = afterMs === undefined ? undefined : setTimeout(() => end(), afterMs);
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      };
      waiting.add(end);
    });
};

/** Runs one command; sets the exit code of this process. */
export const main = async (args: readonly string[]): Promise<void> => {
  silenceLibrary(process.env);
  const interruption = listenForInterruption();
  // `thermia … | head` is a fine way to end.
  process.stdout.on('error', () => process.exit(0));
  const shells = createShells(process, interruption);
  const program = createProgram(shells);
  if (args[0] === 'completion-server') {
    completeFor(program, process.env);
    return;
  }
  const isJson = args.includes('--json');
  throwInstead(program, isJson);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const { out } = shells({
      json: isJson,
      verbose: args.includes('--verbose') || args.includes('-v'),
    });
    process.exitCode = codeOf(error, isJson, (each) => out.problem(each));
  }
  setTimeout(() => process.exit(), LINGER_MS).unref();
  process.stdin.pause();
};
