import { once } from 'node:events';
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collect, eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const Hello = z.looseObject({ now: z.number() });

const sandboxes = new Sandboxes();
afterEach(() => sandboxes.cleanUp());

const commandLines = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });

const tryToStart = async (args: readonly string[]) => {
  const child = sandboxes.spawn(args);
  const { said, printed } = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said().trim(), printed: printed() };
};

describe('starting the sandbox', () => {
  it.each([
    [['--bogus'], /Unknown option '--bogus'/],
    [['--port', 'many'], /A port is a number from 0 to 65535/],
    [['--thermia', 'nonsense'], /An origin looks like/],
    [['--thermia', 'http://127.0.0.1:1'], /--thermia needs --username and --password/],
    [['--username', 'a'], /belong to --thermia/],
    [['--capture', '/nowhere/at-all.json'], /The capture \/nowhere\/at-all\.json cannot be read/],
  ])('refuses %j with one sentence', async (args, sentence) => {
    const { code, said, printed } = await tryToStart([...args, '--state', sandboxes.folder()]);
    expect(said).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
    expect(printed).toBe('');
    expect(code).toBe(1);
  });

  it('refuses a capture that is no capture', async () => {
    const file = join(sandboxes.folder(), 'capture.json');
    writeFileSync(file, '{"registers": 5}');
    const { code, said } = await tryToStart(['--capture', file, '--state', sandboxes.folder()]);
    expect(said).toMatch(/^The capture .*capture\.json is not usable: /);
    expect(said.split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });

  it.each(['--port', '--thermia-port'])('says that the port of %s is in use', async (option) => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const other = option === '--port' ? '--thermia-port' : '--port';
    const { code, said } = await tryToStart([option, port, other, '0', '--state', sandboxes.folder()]);
    holder.close();
    expect(said).toBe(`Port ${port} is in use; name another with ${option}, or 0 for any free one.`);
    expect(code).toBe(1);
  });

  it('leaves a folder alone that is not its own', async () => {
    const folder = sandboxes.folder();
    writeFileSync(join(folder, 'thesis.txt'), 'precious');
    const { code, said } = await tryToStart(['--fresh', '--state', folder]);
    expect(said).toMatch(/holds something else/);
    expect(code).toBe(1);
  });

  it.skipIf(process.platform !== 'linux')(
    'ends with the npm that started it, also before it is ready',
    async () => {
      const state = sandboxes.folder();
      const npm = spawn('npm', ['start', '--', '--port', '0', '--thermia-port', '0', '--state', state], {
        cwd: ROOT,
        stdio: 'ignore',
      });
      const living = (): number => commandLines().filter((line) => line.includes(state)).length;
      expect(await eventually(living, (count) => count >= 2)).toBeGreaterThanOrEqual(2);
      npm.kill('SIGTERM');
      expect(await eventually(living, (count) => count === 0, 10_000)).toBe(0);
    },
  );

  it('never goes back in time with the same state', async () => {
    const nowOf = async ({ homey }: RunningSandbox): Promise<number> =>
      Hello.parse(await (await fetch(`${homey.address}/__sandbox/hello`)).json()).now;
    const fast = await sandboxes.start(['--speed', '3600']);
    const later = await eventually(
      () => nowOf(fast),
      (now) => now > Date.now() + 3_600_000,
    );
    await fast.kill('SIGKILL');
    const again = await sandboxes.start([], fast.state);
    expect(await nowOf(again)).toBeGreaterThanOrEqual(later);
    await again.kill('SIGTERM');
    expect(await nowOf(await sandboxes.start([], fast.state))).toBeGreaterThanOrEqual(later);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends everything within two seconds on %s', async (signal) => {
    const running = await sandboxes.start();
    const from = Date.now();
    await running.kill(signal);
    expect(Date.now() - from).toBeLessThan(2000);
    expect(running.process.exitCode).toBe(0);
    await expect(fetch(running.homey.address)).rejects.toThrow();
    await expect(fetch(running.thermia.address)).rejects.toThrow();
  });
});
