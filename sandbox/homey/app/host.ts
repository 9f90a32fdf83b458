import { HomeyError, messageOf } from '../errors.js';
import type { Link } from '../link.js';
import type { Boot } from '../wire.js';
import { startAppProcess, type AppProcess } from './process.js';
import type { AppLog } from './log.js';

export type AppState = 'starting' | 'running' | 'stopping' | 'stopped' | 'crashed';

/** The app on this Homey: one process at a time, which can be stopped and started again. */
export interface AppHost {
  readonly state: () => AppState;
  readonly crashedMessage: () => string | null;
  readonly crashedCount: () => number;
  /** Settles when the app runs or has crashed; it does not throw for a crash. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly call: (event: string, data?: unknown) => Promise<unknown>;
  readonly tell: (event: string, data?: unknown) => void;
}

export interface AppHostOptions {
  readonly boot: () => Boot;
  readonly log: AppLog;
  readonly handle: (event: string, data: unknown) => unknown;
  readonly onState: (state: AppState) => void;
}

export const createAppHost = ({ boot, log, handle, onState }: AppHostOptions): AppHost => {
  let current: AppProcess | null = null;
  let state: AppState = 'stopped';
  let crashedMessage: string | null = null;
  let crashedCount = 0;

  const set = (next: AppState): void => {
    state = next;
    onState(next);
  };
  const crash = (message: string): void => {
    if (state === 'crashed') return;
    crashedMessage = message;
    crashedCount += 1;
    current = null;
    log.add(`${new Date().toISOString()} [err] [Homey] App crashed: ${message}`);
    set('crashed');
  };
  const link = (): Link => {
    if (current === null) {
      throw new HomeyError(503, state === 'crashed' ? 'App crashed' : 'App is not running');
    }
    return current.link;
  };
  const stop = async (): Promise<void> => {
    const ending = current;
    if (ending === null) return;
    set('stopping');
    await ending.stop();
    current = null;
    set('stopped');
  };

  return {
    state: () => state,
    crashedMessage: () => crashedMessage,
    crashedCount: () => crashedCount,
    start: async () => {
      await stop();
      crashedMessage = null;
      set('starting');
      const started = startAppProcess(boot(), { handle, onLine: log.add, onCrash: crash });
      current = started;
      try {
        await started.started;
        if (current === started) set('running');
      } catch (error) {
        // App.onInit failed, or the process ended: either way there is no app.
        await started.stop();
        if (current === started) crash(messageOf(error));
      }
    },
    stop,
    call: (event, data) => link().call(event, data),
    tell: (event, data) => {
      if (current !== null) current.link.tell(event, data);
    },
  };
};
