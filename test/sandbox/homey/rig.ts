import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  call,
  connectToHomey,
  type ClientDevice,
  type HomeyClient,
  type ManagerName,
} from '../../../sandbox/client.js';
import { createSandboxClock } from '../../../sandbox/clock.js';
import { startHomey, type HomeyHost, type HomeyOptions } from '../../../sandbox/homey/index.js';

const FIXTURE = fileURLToPath(new URL('fixture-app', import.meta.url));
export const DRIVER = 'homey:app:com.example.fixture:tank';
export const APP = 'com.example.fixture';

/** The fixture as a build leaves it: with the stub in place of the SDK. `edit` changes files of this copy. */
export const buildFixture = (folder: string, files: Readonly<Record<string, string>> = {}): string => {
  const dir = join(folder, 'app');
  cpSync(FIXTURE, dir, { recursive: true });
  mkdirSync(join(dir, 'node_modules/homey'), { recursive: true });
  writeFileSync(join(dir, 'node_modules/homey/package.json'), '{"name":"homey","main":"index.js"}');
  writeFileSync(join(dir, 'node_modules/homey/index.js'), "module.exports = require('homey');\n");
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return dir;
};

export interface Rig {
  readonly folder: string;
  readonly host: HomeyHost;
  readonly api: HomeyClient;
  readonly lines: readonly string[];
  /** Any operation, through the client. */
  readonly run: (
    manager: ManagerName,
    operation: string,
    args?: Readonly<Record<string, unknown>>,
  ) => Promise<unknown>;
  /** A second client of the same Homey. */
  readonly another: () => Promise<HomeyClient>;
  readonly device: () => Promise<ClientDevice>;
  readonly pair: (...numbers: readonly number[]) => Promise<void>;
  /** A route of the fixture's web API that makes the app do something. */
  readonly make: (what: string, body?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Ends this Homey and starts another one on the same state. */
  readonly restart: (options?: Partial<HomeyOptions>) => Promise<Rig>;
  readonly close: () => Promise<void>;
}

export const startRig = async (
  options: Partial<HomeyOptions> = {},
  files: Readonly<Record<string, string>> = {},
  folder = mkdtempSync(join(tmpdir(), 'homey-')),
): Promise<Rig> => {
  const lines: string[] = [];
  const host = await startHomey({
    port: 0,
    stateDir: join(folder, 'state'),
    appDir: buildFixture(folder, files),
    env: { SECRET: 'from env' },
    clock: createSandboxClock(),
    onLog: (line) => lines.push(line),
    ...options,
  });
  const clients: HomeyClient[] = [];
  const another = async (): Promise<HomeyClient> => {
    const client = await connectToHomey(host);
    clients.push(client);
    return client;
  };
  const api = await another();
  const run: Rig['run'] = (manager, operation, args = {}) =>
    call(api, manager, operation, { $cache: false, ...args });
  const end = async (): Promise<void> => {
    for (const client of clients) await client.destroy();
    await host.close();
  };
  return {
    folder,
    host,
    api,
    lines,
    run,
    another,
    device: async () => {
      const [device] = Object.values(await api.devices.getDevices({ $cache: false }));
      if (device === undefined) throw new Error('There is no device');
      return device;
    },
    pair: async (...numbers) => {
      const { id } = (await run('drivers', 'createPairSession', {
        pairsession: { type: 'pair', driverId: DRIVER },
      })) as { id: string };
      const emit = (event: string, data: unknown): Promise<unknown> =>
        run('drivers', 'emitPairingEvent', { id, event, data });
      await emit('login', { username: 'anna', password: 'right' });
      const found = (await emit('list_devices', {})) as { data: { id: string } }[];
      for (const device of found.filter(({ data }) => numbers.includes(Number(data.id)))) {
        await run('drivers', 'createPairSessionDevice', { id, device });
      }
      await run('drivers', 'deletePairSession', { id });
    },
    make: async (what, body = {}) => {
      const response = await fetch(`${host.address}/api/app/${APP}/echo`, {
        method: 'POST',
        headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ do: what, ...body }),
      });
      const answer: unknown = response.status === 204 ? undefined : await response.json();
      if (!response.ok) throw new Error((answer as { error: string }).error);
      return answer;
    },
    restart: async (again = {}) => {
      await end();
      return startRig({ ...options, ...again }, files, folder);
    },
    close: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Answers of the client, read loosely: what a test wants of them it says itself. */
export const list = <T>(answer: unknown): T[] => Object.values(answer as Readonly<Record<string, T>>);
