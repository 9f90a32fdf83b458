import { once } from 'node:events';
import { createServer } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { collect, Sandboxes } from '../support/sandbox.js';

const sandboxes = new Sandboxes();
afterEach(() => sandboxes.cleanUp());

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
