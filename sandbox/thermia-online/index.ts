import type { AddressInfo } from 'node:net';
import type { Behaviour } from './behaviour.js';
import type { PumpData } from './pump-data.js';
import { demoPumps } from './pumps/index.js';
import { createControl, type Control } from './control.js';
import { createServer } from './server.js';
import { createService } from './service.js';
import type { AccountOptions } from './sign-in/accounts.js';
import type { SessionPolicy } from './sign-in/policy.js';

export { pumpFromCapture } from './pumps/capture.js';
export { builtInPumps, demoPumps } from './pumps/index.js';
export type { PumpData } from './pump-data.js';
export type { Control, PumpView } from './control.js';
export type { Behaviour } from './behaviour.js';
export type { Fault } from './faults.js';
export type { SessionPolicy } from './sign-in/policy.js';

/** Sandbox time. Tests hand in one that moves only when told. */
export interface SimulatorClock {
  now(): number;
  after(delayMs: number, run: () => void): () => void;
}

export interface ThermiaOnlineOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  readonly clock?: SimulatorClock | undefined;
  /** In [0, 1): jitter and chance. */
  readonly random?: (() => number) | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** In place of `username` and `password`; the first one is the one that the simulator names. */
  readonly accounts?: readonly AccountOptions[] | undefined;
  readonly pumps?: readonly PumpData[] | undefined;
  readonly session?: Partial<SessionPolicy> | undefined;
  readonly behaviour?: Partial<Behaviour> | undefined;
  /** Short for `behaviour.writeLatencyMs`. */
  readonly writeLatencyMs?: number | undefined;
  /** Where tokens, counters and the pumps' settings outlive the process. */
  readonly stateFile?: string | undefined;
}

export interface ThermiaSimulator {
  readonly origin: string;
  readonly username: string;
  readonly password: string;
  readonly control: Control;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

const realClock: SimulatorClock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Starts the simulated Thermia Online on 127.0.0.1. Rejects when the port is taken or the state file is not ours. */
export const startThermiaOnline = async (options: ThermiaOnlineOptions = {}): Promise<ThermiaSimulator> => {
  const clock = options.clock ?? realClock;
  const { username = 'demo@example.com', password = 'heat-pump' } = options.accounts?.[0] ?? options;
  let origin = '';
  const service = createService({
    now: () => clock.now(),
    random: options.random ?? Math.random,
    origin: () => origin,
    accounts: options.accounts ?? [{ username, password }],
    pumps: options.pumps ?? demoPumps,
    session: options.session ?? {},
    behaviour: {
      ...options.behaviour,
      ...(options.writeLatencyMs === undefined ? {} : { writeLatencyMs: options.writeLatencyMs }),
    },
    stateFile: options.stateFile ?? null,
  });

  const waiting = new Set<() => void>();
  const delay = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        waiting.delete(end);
        cancel();
        resolve();
      };
      const cancel = clock.after(ms, end);
      waiting.add(end);
    });

  const control = createControl(service, username);
  const app = await createServer({ service, control, origin: () => origin, delay });
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  return {
    origin,
    username,
    password,
    control,
    close: async () => {
      for (const end of [...waiting]) end();
      app.server.closeAllConnections();
      await app.close();
    },
  };
};
