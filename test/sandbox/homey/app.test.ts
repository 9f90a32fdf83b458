import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSandboxClock } from '../../../sandbox/clock.js';
import { APP, startRig, type Rig } from './rig.js';

let rig: Rig | null = null;
afterEach(async () => {
  await rig?.close();
  rig = null;
});
const started = async (...args: Parameters<typeof startRig>): Promise<Rig> => {
  rig = await startRig(...args);
  return rig;
};

describe('the process of the app', () => {
  test('crashes on a promise that nobody caught, says so, and can be started again', async () => {
    const { run, make, device, pair, lines } = await started();
    await pair(1);
    await make('reject');
    await vi.waitFor(async () =>
      expect(await run('apps', 'getApp', { id: APP })).toMatchObject({
        state: 'crashed',
        crashed: true,
        crashedMessage: 'nobody caught this',
      }),
    );
    expect(lines).toContainEqual(expect.stringContaining('unhandledRejection: Error: nobody caught this'));
    expect(await device()).toMatchObject({ available: false, ready: false });
    await expect(make('echo')).rejects.toThrow('App crashed');
    await run('apps', 'restartApp', { id: APP });
    expect(await run('apps', 'getApp', { id: APP })).toMatchObject({ state: 'running' });
    expect(await device()).toMatchObject({ available: true, ready: true });
  });

  test('crashes when the app cannot start, and the Homey stays', async () => {
    const { run } = await started(
      {},
      {
        'app.js':
          "import Homey from 'homey';\nexport default class extends Homey.App { async onInit() { throw new Error('cannot'); } }\n",
      },
    );
    expect(await run('apps', 'getApp', { id: APP })).toMatchObject({
      state: 'crashed',
      crashedMessage: 'cannot',
    });
  });

  test('does not take a class that is not exported the way a Homey wants it', async () => {
    const { run } = await started({}, { 'app.js': 'export default { onInit() {} };\n' });
    expect(await run('apps', 'getApp', { id: APP })).toMatchObject({
      crashedMessage: expect.stringContaining('must export a class that extends Homey.App') as string,
    });
  });

  test('names what the SDK has and this Homey has not', async () => {
    const { make } = await started();
    await expect(make('missing')).rejects.toThrow('Not Implemented: homey.images.createImage');
  });

  test('ends with its Homey, however that ends', async () => {
    const script = `
      import { startRig } from ${JSON.stringify(new URL('rig.ts', import.meta.url).href)};
      await startRig();
      console.log('up');
      setInterval(() => {}, 1000);
    `;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const children = childrenOf(parent.pid ?? 0).filter((pid) =>
      commandOf(pid).includes('sandbox/homey/child'),
    );
    expect(children).toHaveLength(1);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(children.filter((pid) => commandOf(pid) !== '')).toEqual([]), 5000);
  });

  test('is gone within two seconds of close', async () => {
    const homey = await startRig();
    const children = childrenOf(process.pid);
    const before = performance.now();
    await homey.close();
    expect(performance.now() - before).toBeLessThan(2000);
    expect(children.filter((pid) => commandOf(pid).includes('sandbox/homey/child'))).toEqual([]);
  });
});

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        return (
          readFileSync(`/proc/${String(child)}/stat`, 'utf8')
            .split(') ')[1]
            ?.split(' ')[1] === String(pid)
        );
      } catch {
        return false;
      }
    });

describe('what is remembered', () => {
  test('survives a restart: settings, device, store, values, variables, token', async () => {
    const first = await started();
    await first.pair(1);
    await first.make('device', { method: 'setStoreValue', args: ['secret', { a: [1] }] });
    await first.make('device', { method: 'setCapabilityValue', args: ['measure_temperature', 55.5] });
    await first.run('logic', 'createVariable', { variable: { name: 'v', type: 'boolean', value: true } });
    const before = await first.device();
    rig = await first.restart();
    expect(rig.host.token).toBe(first.host.token);
    expect(rig.host.homeyId).toBe(first.host.homeyId);
    const after = await rig.device();
    expect(after).toMatchObject({ id: before.id, name: 'anna 1', settings: { model: 'T1' } });
    // The fixture sets 41 where it finds no value in onInit.
    expect(after.capabilitiesObj['measure_temperature']?.value).toBe(55.5);
    expect(await rig.make('device', { method: 'getStoreValue', args: ['secret'] })).toEqual({ a: [1] });
    expect(Object.values((await rig.run('logic', 'getVariables')) as object)).toMatchObject([
      { value: true },
    ]);
    expect(await rig.run('apps', 'getAppSetting', { id: APP, name: 'starts' })).toBe(2);
  });

  test('survives kill -9', async () => {
    const first = await started();
    const script = `
      import { startRig } from ${JSON.stringify(new URL('rig.ts', import.meta.url).href)};
      const rig = await startRig({}, {}, process.argv[1]);
      await rig.pair(1);
      await rig.make('device', { method: 'setCapabilityValue', args: ['measure_temperature', 33.3] });
      process.kill(process.pid, 'SIGKILL');
    `;
    await first.host.close();
    const ended = spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      script,
      first.folder,
    ]);
    await new Promise((resolve) => ended.once('exit', resolve));
    rig = await startRig({}, {}, first.folder);
    expect((await rig.device()).capabilitiesObj['measure_temperature']?.value).toBe(33.3);
  });
});

describe('settings and web API of the app', () => {
  test('are open to a client with the token, and to nobody else', async () => {
    const { run, host } = await started();
    await run('apps', 'setAppSetting', { id: APP, name: 'k', value: { a: 1 } });
    expect(await run('apps', 'getAppSettings', { id: APP })).toMatchObject({ k: { a: 1 } });
    await run('apps', 'unsetAppSetting', { id: APP, name: 'k' });
    expect(await run('apps', 'getAppSetting', { id: APP, name: 'k' })).toBeNull();
    const get = (path: string, token?: string): Promise<Response> =>
      fetch(`${host.address}/api/app/${APP}${path}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
    expect(await (await get('/status/all?deep[a]=1', host.token)).json()).toEqual({
      what: 'all',
      query: { deep: { a: '1' } },
      drivers: ['tank'],
    });
    expect((await get('/status/all')).status).toBe(401);
    expect((await get('/status/all', 'wrong')).status).toBe(401);
    expect((await get('/free')).status).toBe(200);
    expect((await get('/nowhere', host.token)).status).toBe(404);
  });
});

test('time runs as fast as the sandbox says, in the unmodified app too', async () => {
  const startAt = Date.UTC(2030, 5, 1);
  const { lines, make } = await started({ clock: createSandboxClock({ speed: 600, startAt }) });
  const first = lines.find((line) => line.includes('[FixtureApp] started'))!;
  expect(Date.parse(first.slice(0, 24))).toBeGreaterThanOrEqual(startAt);
  expect(Date.parse(first.slice(0, 24))).toBeLessThan(startAt + 3 * 3_600_000);
  await make('echo');
});

test('a busy port is an error with its code', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const bound = blocker.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  await expect(startRig({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await new Promise((resolve) => blocker.close(resolve));
});
