/** The child of heap.ts: a client in virtual time whose simulator lives in another process. */
import { createThermia } from '../../lib/thermia/index.js';
import { CountingAgent, memoryCredentials, memoryStore, Traffic } from '../../test/support/traffic.js';
import { createVirtualClock } from '../../test/support/virtual-clock.js';

const POLLS = 10_000;
const [origin = '', username = '', password = '', pumpId = ''] = process.argv.slice(2);

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const ignore = (): void => undefined;

const loaded = heap();
const traffic = new Traffic();
const clock = createVirtualClock(undefined, { idle: traffic.idle });
let polls = 0;
const agent = new CountingAgent(traffic);
const thermia = createThermia({
  store: memoryStore(traffic),
  credentials: memoryCredentials(traffic),
  clock,
  random: Math.random,
  logger: { info: ignore, warn: ignore, error: ignore },
  dispatcher: agent,
  origin,
  onRequest: (endpoint) => {
    if (endpoint === 'sign-in page') traffic.signInSends();
    if (endpoint === 'registers/REG_GROUP_OPERATIONAL_STATUS') polls += 1;
  },
});
await thermia.online.signIn({ username, password }, { keepPassword: true });
thermia.account.watch(pumpId);
const pollUntil = async (count: number): Promise<number> => {
  while (polls < count) await clock.advanceToNext();
  await clock.settle();
  return heap();
};
const figures = {
  loaded,
  first: await pollUntil(1),
  early: await pollUntil(100),
  late: await pollUntil(POLLS),
};
await thermia.stop();
await agent.destroy();
console.log(JSON.stringify({ ...figures, polls }));
