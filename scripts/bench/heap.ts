/** What the client keeps on the heap after ten thousand polls. It runs in a process of its own, after a full collection. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startThermiaOnline } from '../../sandbox/thermia-online/index.js';
import { kiloBytes, printTable } from './table.js';

const CLIENT = fileURLToPath(new URL('heap-client.ts', import.meta.url));
const Figures = z.object({
  loaded: z.number(),
  first: z.number(),
  early: z.number(),
  late: z.number(),
  polls: z.number(),
});

const sim = await startThermiaOnline();
const [pump] = sim.control.pumps();
const { stdout } = await promisify(execFile)(process.execPath, [
  '--expose-gc',
  '--import',
  'tsx',
  CLIENT,
  sim.origin,
  sim.username,
  sim.password,
  String(pump?.id),
]);
await sim.close();
const { loaded, first, early, late, polls } = Figures.parse(JSON.parse(stdout));
const row = (name: string, bytes: number): readonly [string, string, string] => [
  name,
  kiloBytes(bytes),
  kiloBytes(bytes - loaded),
];
printTable('Heap used by the client', [
  ['', 'heap', 'over loaded modules'],
  row('modules loaded', loaded),
  row('after the first poll', first),
  row('after 100 polls', early),
  row(`after ${polls} polls`, late),
]);
