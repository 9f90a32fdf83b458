/** Starts with what rests in a store, refreshes, and dies at the moment it was told. Arguments: origin, store, moment. */
import { Agent } from 'undici';
import { createThermiaOnline } from '../../../../lib/thermia/cloud/index.js';
import { fileStore } from './file-store.js';
import { memoryCredentials, memoryLogger, never } from './memory.js';

const [origin = '', path = '', moment = ''] = process.argv.slice(2);

const dieAt = (present: string): void => {
  if (present === moment) process.kill(process.pid, 'SIGKILL');
};

class DyingAgent extends Agent {
  override request = (async (...args: Parameters<Agent['request']>) => {
    const [{ path: requested }] = args;
    if (requested.startsWith('/api/v1/')) dieAt('before-use');
    const answer = await Agent.prototype.request.apply(this, args);
    if (requested.endsWith('/token')) dieAt('answered');
    if (requested.startsWith('/api/v1/')) dieAt('used');
    return answer;
  }) as Agent['request'];
}

const online = createThermiaOnline({
  store: fileStore(path, dieAt),
  credentials: memoryCredentials(),
  clock: {
    now: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  },
  random: Math.random,
  logger: memoryLogger(),
  dispatcher: new DyingAgent(),
  origin,
});
await online.source.list(never);
