import type { SandboxClock } from '../clock.js';
import type { App } from './manifest.js';
import type { Icons } from './icons.js';
import type { Realtime } from './realtime.js';
import type { Store } from './store.js';

/** What every part of this Homey is given. */
export interface Host {
  readonly store: Store;
  readonly clock: SandboxClock;
  readonly realtime: Realtime;
  readonly app: App;
  readonly icons: Icons;
  readonly language: string;
  readonly timezone: string;
}

export const isoNow = (host: Host): string => new Date(host.clock.now()).toISOString();

/** The least that a person's patience lasts in real time, whatever the speed of the sandbox. */
const LEAST_REAL_MS = 2000;

/** Fails with `message` where the work takes longer than `ms` of sandbox time. */
export const within = async <T>(
  clock: SandboxClock,
  ms: number,
  message: string,
  work: Promise<T>,
): Promise<T> => {
  let cancel: () => void = () => undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(Math.max(ms, LEAST_REAL_MS * clock.speed), () => reject(new Error(message)));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    cancel();
  }
};
