/** Looks into a process of ours through Node's own inspector, which a signal opens: nothing in it has to take part. */
import { readdirSync, readFileSync } from 'node:fs';
import { WebSocket } from 'undici';
import { z } from 'zod';

export interface Memory {
  /** After a full collection, bytes. */
  readonly heap: number;
  readonly rss: number;
}

const Answer = z.looseObject({ id: z.number(), result: z.looseObject({}).optional() });
const HeapUsage = z.object({ result: z.looseObject({ usedSize: z.number() }) });

const statusOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It ended while the list was read.
    return '';
  }
};

/** The process that this one forked with the app in it. */
const findApp = (): { readonly pid: number; readonly status: string } => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const status = statusOf(pid);
    if (!new RegExp(`^PPid:\\t${process.pid}$`, 'm').test(status)) continue;
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('child/main.mjs'))
      return { pid: Number(pid), status };
  }
  throw new Error("The app's process was not found.");
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The address stands in what the process says on its standard error. */
const openInspector = async (pid: number, lines: readonly string[]): Promise<WebSocket> => {
  process.kill(pid, 'SIGUSR1');
  for (let tries = 0; tries < 100; tries += 1) {
    const [, address] = /(ws:\/\/\S+)/.exec(lines.findLast((line) => line.includes('ws://')) ?? '') ?? [];
    if (address !== undefined) {
      const socket = new WebSocket(address);
      await new Promise<void>((resolve, reject) => {
        socket.addEventListener('open', () => resolve());
        socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')));
      });
      return socket;
    }
    await pause(50);
  }
  throw new Error('The inspector did not open.');
};

const ask = (socket: WebSocket, id: number, method: string): Promise<unknown> =>
  new Promise((resolve) => {
    const listen = ({ data }: { readonly data: unknown }): void => {
      const answer = Answer.parse(JSON.parse(String(data)));
      if (answer.id !== id) return;
      socket.removeEventListener('message', listen);
      resolve(answer);
    };
    socket.addEventListener('message', listen);
    socket.send(JSON.stringify({ id, method }));
  });

/** `lines` is what the app's process has said so far and goes on to say. */
export const memoryOf = async (lines: readonly string[]): Promise<Memory> => {
  const { pid, status } = findApp();
  const rss = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
  const socket = await openInspector(pid, lines);
  await ask(socket, 1, 'HeapProfiler.collectGarbage');
  const { result } = HeapUsage.parse(await ask(socket, 2, 'Runtime.getHeapUsage'));
  socket.close();
  return { heap: result.usedSize, rss };
};
