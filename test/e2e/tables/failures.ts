import type { Args, FlowRig } from '../../support/flow-rig.js';
import { sentence } from '../../support/swedish.js';
import { ask } from '../../support/simulator.js';

export interface Failure {
  readonly because: string;
  /** Puts the pump or the service into the state in which the card fails; answers what ends it. */
  readonly trouble?: (pump: FlowRig) => Promise<() => Promise<unknown>>;
  readonly args?: (pump: FlowRig) => Promise<Args>;
  readonly says: string;
}

export interface ActionRow {
  readonly args?: (pump: FlowRig) => Promise<Args>;
  /** What the pump holds before and after. */
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  readonly fails: readonly Failure[];
}

export const fault =
  (what: Readonly<Record<string, unknown>>) =>
  async ({ running }: FlowRig): Promise<() => Promise<unknown>> => {
    await ask(running, '/faults', { method: 'POST', body: what });
    return () => ask(running, '/faults', { method: 'DELETE' });
  };

export const refused: Failure = {
  because: 'the service refuses the write',
  trouble: fault({ kind: 'status', match: 'write', status: 400, body: 'problem' }),
  says: sentence('errors.rejected'),
};
export const down: Failure = {
  because: 'the service is down',
  trouble: fault({ kind: 'status', match: 'write', status: 500 }),
  says: sentence('errors.service_down'),
};
export const offline: Failure = {
  because: 'the pump is offline',
  trouble: async (pump) => {
    await pump.pump('PUT', '/online', { online: false });
    await pump.readNow();
    return async () => {
      await pump.pump('PUT', '/online', { online: true });
      await pump.readNow();
    };
  },
  says: sentence('errors.pump_offline'),
};
export const notTaken: Failure = {
  because: 'the pump never gets what the service has accepted',
  trouble: fault({ kind: 'status', match: 'write', status: 200, body: 'text' }),
  says: sentence('errors.not_confirmed'),
};
export const goesOffline: Failure = {
  because: 'the pump goes offline before it takes what the service has accepted',
  trouble: async (pump) => {
    await pump.pump('PUT', '/online', { online: false });
    return () => pump.pump('PUT', '/online', { online: true });
  },
  says: sentence('errors.pump_offline'),
};
export const gone = (register: string, key: string): Failure => ({
  because: `the pump has no ${register} any more`,
  trouble: async (pump) => {
    await pump.pump('DELETE', `/registers/${register}`);
    await pump.readNow();
    return async () => {
      await pump.pump('POST', '/restore', { name: register });
      await pump.readNow();
    };
  },
  says: sentence(key),
});
export const outside = (args: Failure['args'], min: number, max: number): Failure => ({
  because: `the value is not between ${min} and ${max}`,
  ...(args === undefined ? {} : { args }),
  says: sentence('errors.out_of_range', { min, max }),
});
