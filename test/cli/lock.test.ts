import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withLock } from '../../cli/files/lock.js';
import { createOutput } from '../../cli/terminal/output.js';
import { createSecrets } from '../../cli/terminal/secrets.js';
import { eventually } from '../support/sandbox.js';
import { createCli } from './rig.js';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
const cli = createCli();
afterAll(() => {
  cli.cleanUp();
  rmSync(folder, { recursive: true });
});
beforeAll(() => writeFileSync(join(folder, 'file'), ''));

const listen = () => {
  const err = new PassThrough();
  const out = createOutput({ out: err, err, secrets: createSecrets(), json: false, verbose: false });
  return { shell: { out }, said: () => String(err.read() ?? '') };
};

test('who waits for another says so, once, and comes next', async () => {
  const { shell, said } = listen();
  const order: string[] = [];
  let end = (): void => undefined;
  const first = withLock(shell, join(folder, 'account'), async () => {
    await new Promise<void>((resolve) => (end = resolve));
    order.push('first');
  });
  await eventually(
    () => end.length,
    () => true,
  );
  const second = withLock(shell, join(folder, 'account'), () => {
    order.push('second');
    return Promise.resolve();
  });
  const told = await eventually(said, (text) => text !== '');
  expect(told).toBe('Waiting for another thermia, which uses the same sign-in …\n');
  end();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
  expect(said()).toBe('');
});

test('a folder that cannot be written is told at once, and not waited for', async () => {
  const { shell, said } = listen();
  const began = Date.now();
  const path = join(folder, 'file', 'account');
  await expect(withLock(shell, path, () => Promise.resolve())).rejects.toMatchObject({ kind: 'file' });
  expect(Date.now() - began).toBeLessThan(900);
  expect(said()).toBe('');
});

test('the executable ends with the code for files', async () => {
  const env = { THERMIA_CONFIG_DIR: join(folder, 'file', 'deeper') };
  const [online, homey] = await Promise.all([
    cli.run(['online', 'login', '--username', 'me@example.com'], { env, input: ['a password'] }),
    cli.run(['homey', 'logout'], { env }),
  ]);
  expect(online).toMatchObject({ code: 8, err: expect.stringContaining('may you write') as string });
  expect(homey.code).toBe(8);
});
