import { Agent } from 'undici';
import * as z from 'zod';
import {
  createThermia,
  type Clock,
  type Logger,
  type LogFields,
  type Thermia,
} from '../../lib/thermia/index.js';
import { withLock } from '../files/lock.js';
import { Problem } from '../problem.js';
import type { Shell } from '../shell.js';
import { accountPath, openAccountFile, type AccountFile } from './account-file.js';
import { problemOf } from './problems.js';

export const OnlineOptions = z.object({ origin: z.url({ protocol: /^https?$/ }).optional() });
export type OnlineOptions = z.output<typeof OnlineOptions>;

export const originOption = {
  flags: '--origin <url>',
  means: 'another server in place of Thermia Online, for instance the simulator (THERMIA_ONLINE_ORIGIN)',
};

const clock: Clock = {
  now: Date.now,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

const loggerTo = ({ out }: Shell): Logger => {
  const say = (message: string, fields: LogFields = {}): void => {
    const facts = Object.entries(fields).map(([key, value]) => `${key}=${String(value)}`);
    out.detail([message, ...facts].join(' '));
  };
  return { info: say, warn: say, error: say };
};

export interface Session extends Thermia {
  readonly file: AccountFile;
  /** How many requests were sent. */
  requests(): number;
}

const originOf = (shell: Shell, { origin }: OnlineOptions): string | null => {
  const wanted = origin ?? shell.env['THERMIA_ONLINE_ORIGIN'];
  if (wanted === undefined || wanted === '') return null;
  const url = URL.canParse(wanted) ? new URL(wanted) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Problem('usage', `"${wanted}" is no address of a server (THERMIA_ONLINE_ORIGIN).`);
};

const open = (
  shell: Shell,
  file: AccountFile,
  origin: string | null,
): { session: Session; close: () => Promise<void> } => {
  const dispatcher = new Agent({ connections: 2, connect: { timeout: 10_000 } });
  let requests = 0;
  const thermia = createThermia({
    store: file.store,
    credentials: file.credentials,
    clock,
    random: Math.random,
    logger: loggerTo(shell),
    dispatcher,
    onRequest: (endpoint) => {
      requests += 1;
      shell.out.detail(`asking for ${endpoint}`);
    },
    ...(origin === null ? {} : { origin }),
  });
  return {
    session: { ...thermia, file, requests: () => requests },
    close: async () => {
      await thermia.stop();
      await dispatcher.destroy();
    },
  };
};

const run = <T>(
  shell: Shell,
  options: OnlineOptions,
  prepare: (file: AccountFile, origin: string | null) => string | null,
  work: (session: Session) => Promise<T>,
  { isReplaced }: { readonly isReplaced: boolean } = { isReplaced: false },
): Promise<T> =>
  // A refresh token can be spent once, so one process at a time uses the account.
  withLock(shell, accountPath(shell), async () => {
    const file = await openAccountFile(shell, { isReplaced });
    const { session, close } = open(shell, file, prepare(file, originOf(shell, options)));
    try {
      return await work(session);
    } catch (error) {
      throw problemOf(error);
    } finally {
      await close();
    }
  });

/** With the account that is kept. */
export const withAccount = <T>(
  shell: Shell,
  options: OnlineOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> =>
  run(
    shell,
    options,
    (file, wanted) => {
      if (!file.exists) {
        throw new Problem(
          'sign_in',
          'You are not signed in to Thermia Online: run `thermia online login` first.',
        );
      }
      if (wanted !== null && wanted !== file.origin) {
        throw new Problem(
          'sign_in',
          `You are signed in at ${file.origin ?? 'Thermia Online'} and not at ${wanted}: run \`thermia online login --origin ${wanted}\`.`,
        );
      }
      return file.origin;
    },
    work,
  );

/** For signing in: whatever was kept is replaced. */
export const withNewAccount = <T>(
  shell: Shell,
  options: OnlineOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> =>
  run(
    shell,
    options,
    (file, wanted) => {
      file.useOrigin(wanted);
      return wanted;
    },
    work,
    { isReplaced: true },
  );
