import { resolve } from 'node:path';
import { createHomey } from './compose.js';
import type { HomeyHost, HomeyOptions } from './options.js';

export type { HomeyHost, HomeyOptions } from './options.js';

/** Starts a Homey on the loopback interface, with one app on it. Resolves when the app runs, or has crashed. */
export const startHomey = (options: HomeyOptions): Promise<HomeyHost> =>
  createHomey({ ...options, appDir: resolve(options.appDir), stateDir: resolve(options.stateDir) });
