import { z } from 'zod';

const ValueName = z.looseObject({ value: z.number(), name: z.string() });

const Register = z.object({
  group: z.string(),
  id: z.number().nullable(),
  name: z.string(),
  value: z.number().nullable(),
  held: z.boolean(),
  fields: z
    .looseObject({
      presentation: z.string().nullish(),
      unit: z.string().nullish(),
      isReadOnly: z.boolean().nullish(),
      minValue: z.number().nullish(),
      maxValue: z.number().nullish(),
      valueNames: z.array(ValueName).nullish().catch(null),
    })
    .catch({}),
});
export type Register = z.infer<typeof Register>;

const Pump = z.object({
  id: z.number(),
  name: z.string().nullable(),
  online: z.boolean(),
  listed: z.boolean(),
  activeAlarms: z.number(),
  registers: z.array(Register),
});
export type Pump = z.infer<typeof Pump>;

const Write = z.looseObject({
  at: z.number(),
  pumpId: z.number(),
  registerName: z.string().nullable(),
  value: z.number(),
  accepted: z.boolean(),
});
const State = z.object({
  counters: z.object({
    passwordSignIns: z.number(),
    refreshes: z.number(),
    refreshesRefused: z.number(),
    requests: z.record(z.string(), z.number()),
    writes: z.array(Write),
  }),
  policy: z.looseObject({ consentNeeded: z.boolean() }),
  faults: z.array(z.looseObject({ id: z.number(), kind: z.string(), hits: z.number() })),
});
export type SimulatorState = z.infer<typeof State>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The other side of the simulated Thermia Online: what happens at the pump, at the service and to the account. */
export interface Simulator {
  state(): Promise<SimulatorState>;
  pumps(): Promise<Pump[]>;
  setRegister(pumpId: number, name: string, value: number): Promise<void>;
  releaseRegister(pumpId: number, name: string): Promise<void>;
  setOnline(pumpId: number, online: boolean): Promise<void>;
  raiseAlarm(pumpId: number, title: string): Promise<void>;
  clearAlarms(pumpId: number): Promise<void>;
  addFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  clearFaults(): Promise<void>;
  /** Ends every sign-in: tokens are refused from now on. */
  endSignIns(): Promise<void>;
  changePassword(password: string): Promise<void>;
  demandConsent(needed: boolean): Promise<void>;
}

export const createSimulator = (address: string): Simulator => {
  const call = async (method: Method, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${address}/__sandbox${path}`, {
      method,
      signal: AbortSignal.timeout(10_000),
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (answer.ok) return text === '' ? null : JSON.parse(text);
    const said = z
      .looseObject({ error: z.string() })
      .safeParse(answer.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : null);
    throw new Error(said.data?.error ?? `The simulator answered ${answer.status}.`);
  };
  const does = async (method: Method, path: string, body?: unknown): Promise<void> => {
    await call(method, path, body);
  };
  const register = (pumpId: number, name: string): string =>
    `/pumps/${pumpId}/registers/${encodeURIComponent(name)}`;
  return {
    state: async () => State.parse(await call('GET', '/state')),
    pumps: async () => z.array(Pump).parse(await call('GET', '/pumps')),
    setRegister: (pumpId, name, value) => does('PUT', register(pumpId, name), { value }),
    releaseRegister: (pumpId, name) => does('POST', `${register(pumpId, name)}/release`),
    setOnline: (pumpId, online) => does('PUT', `/pumps/${pumpId}/online`, { online }),
    raiseAlarm: (pumpId, title) => does('POST', `/pumps/${pumpId}/alarms`, { title }),
    clearAlarms: (pumpId) => does('DELETE', `/pumps/${pumpId}/alarms`),
    addFault: (fault) => does('POST', '/faults', fault),
    clearFaults: () => does('DELETE', '/faults'),
    endSignIns: async () => {
      await does('POST', '/session/revoke-refresh-tokens');
      await does('POST', '/session/expire-access-tokens');
    },
    changePassword: (password) => does('POST', '/session/change-password', { password }),
    demandConsent: (needed) => does('POST', '/session/demand-consent', { needed }),
  };
};
