import { z } from 'zod';
import { parseLine, type LogLine } from '../pure/app-log.js';
import type { PairRequest } from './port.js';

const Thermia = z.object({
  address: z.string(),
  simulated: z.boolean().default(true),
  username: z.string().nullish(),
  password: z.string().nullish(),
});

const Hello = z.object({
  token: z.string(),
  homeyId: z.string(),
  speed: z.number().positive().default(1),
  now: z.union([z.number(), z.string()]).transform((time) => new Date(time).getTime()),
  language: z.string().default('en'),
  timezone: z.string().nullish(),
  thermia: Thermia.nullish().transform((thermia) => thermia ?? null),
});
export type Hello = z.infer<typeof Hello>;

const getJson = async (path: string): Promise<unknown> => {
  const answer = await fetch(path, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`The Homey answered ${answer.status} to ${path}.`);
  return answer.json();
};

/** What only a stand-in has: the token for this page, its clock, and where its Thermia is. */
export const readHello = async (): Promise<Hello> => Hello.parse(await getJson('/__sandbox/hello'));

/** The markup of one of the app's own pair views; `driverId` is `homey:app:<app>:<driver>`. */
export const readPairView = async ({ driverId, type }: PairRequest, viewId: string): Promise<string> => {
  const [, , app = '', driver = ''] = driverId.split(':');
  const answer = await fetch(
    `/app/${app}/drivers/${encodeURIComponent(driver)}/${type}/${encodeURIComponent(viewId)}.html`,
    { signal: AbortSignal.timeout(10_000) },
  );
  if (!answer.ok) throw new Error(`The app has no page for the view ${viewId}.`);
  return answer.text();
};

export interface SandboxListener {
  readonly onLines: (lines: readonly LogLine[]) => void;
  readonly onFired: (fired: Fired) => void;
  readonly onRuns: (runs: readonly FlowRun[]) => void;
}

const Lines = z.array(z.string());
const At = z.union([z.number(), z.string()]).transform((time) => new Date(time).getTime());
const Fired = z.object({ id: z.string(), at: At, tokens: z.record(z.string(), z.unknown()).default({}) });
const Run = z.object({ flowId: z.string(), at: At, outcome: z.string(), errors: z.array(z.string()) });
export type Fired = z.infer<typeof Fired>;
export type FlowRun = z.infer<typeof Run>;

/** Follows what happens inside of the sandbox, after what has happened before. The browser reconnects by itself. */
export const watchSandbox = ({ onLines, onFired, onRuns }: SandboxListener): void => {
  let key = 0;
  const number = (line: string): LogLine => parseLine(line, (key += 1));
  const events = new EventSource('/__sandbox/events');
  const on = <T>(name: string, shape: z.ZodType<T>, take: (value: T) => void): void =>
    events.addEventListener(name, ({ data }: MessageEvent<string>) => {
      const read = shape.safeParse(JSON.parse(data));
      if (read.success) take(read.data);
    });
  on('log', z.string(), (line) => onLines([number(line)]));
  on('trigger', Fired, onFired);
  on('flow', Run, (run) => onRuns([run]));
  const before = async (): Promise<void> => {
    const [log, runs] = await Promise.all([getJson('/__sandbox/log'), getJson('/__sandbox/runs')]);
    onLines(Lines.parse(log).map(number));
    onRuns(z.array(Run).parse(runs));
  };
  // The past is a convenience; what comes is shown without it.
  before().catch(() => undefined);
};
