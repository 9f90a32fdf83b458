import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXECUTABLE = fileURLToPath(new URL('../../cli/thermia.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  out(): string;
  err(): string;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  /** Lines of standard input. */
  readonly input?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The real executable, with a configuration folder of its own. */
export interface Cli {
  readonly folder: string;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Runs it with `--json` and reads what it prints; throws where it failed. */
  json(args: readonly string[], options?: RunOptions): Promise<unknown>;
  start(args: readonly string[], options?: RunOptions): Running;
  cleanUp(): void;
}

export const createCli = (): Cli => {
  const folder = mkdtempSync(join(tmpdir(), 'thermia-cli-'));
  const children = new Set<ChildProcess>();
  const start: Cli['start'] = (args, { input = [], env = {} } = {}) => {
    const child = spawn(process.execPath, [EXECUTABLE, ...args], {
      env: { ...process.env, NO_COLOR: '1', TZ: 'Europe/Stockholm', THERMIA_CONFIG_DIR: folder, ...env },
    });
    children.add(child);
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input.map((line) => `${line}\n`).join(''));
    const ended = once(child, 'close').then((): Ended => {
      children.delete(child);
      return { code: child.exitCode, out, err };
    });
    return { process: child, out: () => out, err: () => err, ended };
  };
  const run: Cli['run'] = (args, options) => start(args, options).ended;
  return {
    folder,
    start,
    run,
    json: async (args, options) => {
      const { code, out, err } = await run([...args, '--json'], options);
      if (code !== 0) throw new Error(`thermia ${args.join(' ')} ended with ${String(code)}: ${err}`);
      return JSON.parse(out) as unknown;
    },
    cleanUp: () => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
