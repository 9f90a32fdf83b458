/**
 * Starts with what rests in a store, lists the pumps, and dies at the moment it was told. Arguments: origin, store, moment;
 * for a kept password, or a sign-in by the person: `kept` or `person`, e-mail address, password.
 */
import { Agent } from 'undici';
import { createThermiaOnline } from '../../../../lib/thermia/cloud/index.js';
import { fileStore } from './file-store.js';
import { memoryCredentials, memoryLogger, never } from './memory.js';

const [origin = '', path = '', moment = '', who = '', username = '', secret = ''] = process.argv.slice(2);

const dieAt = (present: string): void => {
  if (present === moment) process.kill(process.pid, 'SIGKILL');
};

let signed = false;

class DyingAgent extends Agent {
  override request = (async (...args: Parameters<Agent['request']>) => {
    const [{ path: requested }] = args;
    if (requested.startsWith('/api/v1/')) dieAt('before-use');
    if (requested.endsWith('/token')) dieAt('before-request');
    const answer = await Agent.prototype.request.apply(this, args);
    if (requested.endsWith('/token')) dieAt('answered');
    const signsIn = requested.endsWith('/token') && signed;
    if (requested.includes('/SelfAsserted')) signed = true;
    if (signsIn) dieAt('signed-in');
    if (requested.startsWith('/api/v1/')) dieAt('used');
    return answer;
  }) as Agent['request'];
}

const credentials = memoryCredentials();
if (who === 'kept') credentials.kept = { username, password: secret };

const online = createThermiaOnline({
  store: fileStore(path, dieAt),
  credentials,
  clock: {
    now: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  },
  // A pause of a minute and a bit: one of a minute less what has passed would be waited for.
  random: () => 0.9,
  logger: memoryLogger(),
  dispatcher: new DyingAgent(),
  origin,
});
if (who === 'person') await online.signIn({ username, password: secret }, { keepPassword: false });
else await online.source.list(never);
