import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  connectToHomey,
  type ClientDevice,
  type HomeyAddress,
  type HomeyClient,
} from '../../sandbox/client.js';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

export interface Ready {
  readonly homey: HomeyAddress;
  readonly thermia: { readonly address: string; readonly username: string; readonly password: string };
}

export interface RunningSandbox extends Ready {
  readonly process: ChildProcess;
  readonly state: string;
  /** Everything it said on standard error. */
  said(): string;
  /** Everything it printed on standard output. */
  printed(): string;
  client(): Promise<HomeyClient>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Runs the sandbox the way a person does and waits for its JSON line. What it opens is closed by {@link cleanUp}. */
export class Sandboxes {
  readonly #running: RunningSandbox[] = [];
  readonly #clients: HomeyClient[] = [];
  readonly #folders: string[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    this.#folders.push(folder);
    return folder;
  }

  async start(args: readonly string[] = [], state = this.folder()): Promise<RunningSandbox> {
    const child = this.spawn(['--port', '0', '--thermia-port', '0', '--state', state, '--json', ...args]);
    const output = collect(child);
    const ready = await new Promise<Ready>((resolve, reject) => {
      child.stdout?.on('data', () => {
        const line = output.printed().split('\n')[0];
        if (line !== undefined && output.printed().includes('\n')) resolve(JSON.parse(line) as Ready);
      });
      child.once('exit', (code) =>
        reject(new Error(`The sandbox ended with ${String(code)}: ${output.said()}`)),
      );
    });
    const running: RunningSandbox = {
      ...ready,
      ...output,
      process: child,
      state,
      client: async () => {
        const client = await connectToHomey(ready.homey);
        this.#clients.push(client);
        return client;
      },
      kill: async (signal) => {
        if (ended(child)) return;
        const exit = once(child, 'exit');
        child.kill(signal);
        await exit;
      },
    };
    this.#running.push(running);
    return running;
  }

  /** Starts it with any arguments; for those that make it end at once. */
  spawn(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [START, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async cleanUp(): Promise<void> {
    for (const client of this.#clients.splice(0)) await client.destroy();
    for (const running of this.#running.splice(0)) await running.kill('SIGKILL');
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}

export const collect = (
  child: ChildProcess,
): { readonly said: () => string; readonly printed: () => string } => {
  let out = '';
  let err = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
  return { said: () => err, printed: () => out };
};

/** Tries until the answer is right; the last one tried is what a failing test shows. */
export const eventually = async <T>(
  look: () => T | Promise<T>,
  right: (value: T) => boolean,
  withinMs = 15_000,
): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (right(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export const devicesOf = async (client: HomeyClient): Promise<readonly ClientDevice[]> =>
  Object.values(await client.devices.getDevices({ $cache: false }));
