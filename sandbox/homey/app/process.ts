import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { HomeyError, messageOf } from '../errors.js';
import { isRecord } from '../json.js';
import { createLink, type Link, type LinkHandler } from '../link.js';
import type { Boot } from '../wire.js';

const MAIN = fileURLToPath(new URL('../child/main.mjs', import.meta.url));
const STOP_MS = 1000;
const NO_APP = new HomeyError(503, 'App is not running');

export interface AppProcess {
  readonly link: Link;
  /** Settles when the app and its devices are initialised, or have failed to. */
  readonly started: Promise<void>;
  /** Asks the app to end, and ends it. */
  readonly stop: () => Promise<void>;
}

export interface AppProcessEvents {
  handle: LinkHandler;
  readonly onLine: (line: string) => void;
  /** The process ended without having been asked to. */
  readonly onCrash: (message: string) => void;
}

/** Forks the process of the app: plain Node with nothing of this one's loaders, options or environment. */
const spawn = (appDir: string): ChildProcess =>
  fork(MAIN, [], {
    cwd: appDir,
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
    execArgv: [],
    serialization: 'json',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

export const startAppProcess = (boot: Boot, events: AppProcessEvents): AppProcess => {
  const child = spawn(boot.appDir);
  let isStopping = false;
  let lastWords: string | null = null;
  let sayHello: () => void = () => undefined;
  let giveUp: (reason: Error) => void = () => undefined;
  const helloed = new Promise<void>((resolve, reject) => {
    sayHello = resolve;
    giveUp = reject;
  });

  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => events.onLine(line));
  }
  const link = createLink(
    {
      send: (message) => {
        // The callback takes the error of a channel that has just closed; `exit` tells the rest.
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => void child.on('message', listener),
    },
    (event, data) => {
      if (event === 'app.hello') {
        sayHello();
        return undefined;
      }
      if (event === 'app.crashed') {
        lastWords = isRecord(data) ? String(data['message']) : null;
        return undefined;
      }
      return events.handle(event, data);
    },
    (error) => events.onLine(`${new Date().toISOString()} [err] [Homey] ${messageOf(error)}`),
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      const reason = lastWords ?? `Process exited with ${signal ?? `code ${String(code)}`}`;
      const error = isStopping ? NO_APP : new HomeyError(503, `App crashed: ${reason}`);
      link.end(error);
      giveUp(error);
      if (!isStopping) events.onCrash(reason);
      resolve();
    });
  });
  const started = helloed.then(async () => {
    await link.call('boot', boot);
  });

  return {
    link,
    started,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      isStopping = true;
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      link
        .call('app.stop')
        .catch(() => undefined)
        .finally(() => {
          if (child.connected) child.disconnect();
        });
      await ended;
      clearTimeout(patience);
    },
  };
};
