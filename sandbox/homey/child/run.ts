import { inspect } from 'node:util';
import { messageOf } from '../errors.js';
import { isRecord } from '../json.js';
import { createLink } from '../link.js';
import { bootOf, hookRequire } from '../seam.js';
import { createModule } from '../sdk/index.js';
import type { Calls } from './calls.js';
import { startApp } from './start-app.js';
import { scaleTime } from './time.js';

type Load = (url: string) => Promise<unknown>;

const send = (message: object): void => {
  // The Homey may be gone; then `disconnect` ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const crash = (kind: string, error: unknown): void => {
  process.stderr.write(`${new Date().toISOString()} [err] ${kind}: ${inspect(error)}\n`);
  send({ event: 'app.crashed', data: { message: messageOf(error) } });
  process.exitCode = 1;
  // One turn for the last words to leave.
  setImmediate(() => process.exit(1));
};

/** Answers the Homey's calls; the first one brings what the app starts with. */
export const run = (load: Load): void => {
  process.on('uncaughtException', (error) => crash('uncaughtException', error));
  process.on('unhandledRejection', (error) => crash('unhandledRejection', error));
  let calls: Calls | null = null;
  const link = createLink(
    { send, onMessage: (listener) => void process.on('message', listener) },
    async (event, data) => {
      if (event === 'boot') {
        const boot = bootOf(data);
        scaleTime(boot.clock);
        const sdk = createModule(boot.env, boot.manifest);
        hookRequire('homey', () => sdk);
        calls = await startApp(boot, link, load);
        return null;
      }
      const handler = calls?.[event];
      if (handler === undefined) throw new Error(`The app is not ready for ${event}`);
      return handler(isRecord(data) ? data : {});
    },
    (error) => crash('uncaughtException', error),
  );
  send({ event: 'app.hello' });
};
