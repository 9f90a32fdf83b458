import type { Shell } from '../shell.js';
import { connectWithKey, type Homey } from './client.js';
import { keptSignIn } from './kept-sign-in.js';

const connect = async (shell: Shell): Promise<Homey> => {
  const kept = await keptSignIn(shell);
  shell.out.detail(
    `Signed in to ${kept.name}${kept.kind === 'key' ? ` at ${kept.address}` : ' through Athom'}`,
  );
  if (kept.kind === 'key') return connectWithKey(kept.address, kept.key);
  const { connectWithAccount } = await import('./cloud/connect.js');
  return connectWithAccount(shell);
};

/** Runs `work` with the Homey, and lets go of it afterwards. */
export const withHomey = async <T>(shell: Shell, work: (homey: Homey) => Promise<T>): Promise<T> => {
  const homey = await connect(shell);
  const told: Homey = {
    ...homey,
    call: (manager, operation, args) => {
      shell.out.detail(`${manager}.${operation}`);
      return homey.call(manager, operation, args);
    },
  };
  try {
    return await work(told);
  } finally {
    homey.close();
  }
};
