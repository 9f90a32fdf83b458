import { expect } from 'vitest';
import type { HomeyClient } from '../../sandbox/client.js';
import { devicesOf, eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';
import { ask } from '../support/simulator.js';
import { createCli, type Cli } from './rig.js';

export interface House {
  open(): Promise<{ sandbox: RunningSandbox; client: HomeyClient; cli: Cli }>;
  close(): Promise<void>;
}

/** A sandbox with its heat pump, a client of it, and a tool that is signed in to it. */
export const createHouse = (): House => {
  const sandboxes = new Sandboxes();
  const cli = createCli();
  return {
    open: async () => {
      const sandbox = await sandboxes.start();
      await ask(sandbox, '/behaviour', { method: 'PUT', body: { writeLatencyMs: 0 } });
      const client = await sandbox.client();
      const { address, token } = sandbox.homey;
      const { code, err } = await cli.run(['homey', 'login', '--address', address], { input: [token] });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      await eventually(
        async () => (await devicesOf(client))[0]!.capabilities,
        (capabilities) => capabilities.includes('onoff'),
      );
      return { sandbox, client, cli };
    },
    close: async () => {
      cli.cleanUp();
      await sandboxes.cleanUp();
    },
  };
};
