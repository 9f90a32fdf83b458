import { z } from 'zod';
import type { Ready } from './sandbox.js';

const Pump = z.looseObject({ id: z.number() });
const Register = z.looseObject({ value: z.number().nullable() });

/** Asks the control routes of the simulated Thermia Online of a running sandbox. */
export const ask = async (
  { thermia }: Ready,
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
): Promise<unknown> => {
  const answer = await fetch(`${thermia.address}/__sandbox${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok)
    throw new Error(`${method} ${path} was answered ${String(answer.status)}: ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
};

export const pumpIdOf = async (ready: Ready): Promise<number> => {
  const [pump] = z
    .array(Pump)
    .min(1)
    .parse(await ask(ready, '/pumps'));
  return pump!.id;
};

/** What the first pump itself holds, whatever was shown elsewhere. */
export const registerOf = async (ready: Ready, name: string): Promise<number | null> =>
  Register.parse(await ask(ready, `/pumps/${String(await pumpIdOf(ready))}/registers/${name}`)).value;

const Counters = z.looseObject({
  passwordSignIns: z.number(),
  refreshes: z.number(),
  requests: z.record(z.string(), z.number()),
});

/** What was asked of the service so far. */
export const countersOf = async (
  ready: Ready,
): Promise<{ readonly passwordSignIns: number; readonly refreshes: number; readonly requests: number }> => {
  const { passwordSignIns, refreshes, requests } = Counters.parse(await ask(ready, '/counters'));
  return {
    passwordSignIns,
    refreshes,
    requests: Object.values(requests).reduce((sum, count) => sum + count, 0),
  };
};
