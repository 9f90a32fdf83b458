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
  readonly onFired: (cardId: string, at: number, tokens: Readonly<Record<string, unknown>>) => void;
}

const Lines = z.union([
  z.array(z.string()),
  z.object({ lines: z.array(z.string()) }).transform((log) => log.lines),
]);
const Fired = z.object({
  cardId: z.string(),
  at: z.number(),
  tokens: z.record(z.string(), z.unknown()).default({}),
});

/** Follows what happens inside of the sandbox. The browser reconnects by itself, and starts over then. */
export const watchSandbox = ({ onLines, onFired }: SandboxListener): void => {
  let key = 0;
  const number = (line: string): LogLine => parseLine(line, (key += 1));
  const events = new EventSource('/__sandbox/events');
  events.addEventListener('log', ({ data }: MessageEvent<string>) => onLines([number(data)]));
  events.addEventListener('trigger', ({ data }: MessageEvent<string>) => {
    const read = Fired.safeParse(JSON.parse(data));
    if (read.success) onFired(read.data.cardId, read.data.at, read.data.tokens);
  });
  void getJson('/__sandbox/log').then((log) => onLines((Lines.safeParse(log).data ?? []).map(number)));
};
