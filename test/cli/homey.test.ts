import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { HomeyClient } from '../../sandbox/client.js';
import { devicesOf, type RunningSandbox } from '../support/sandbox.js';
import { ask, registerOf } from '../support/simulator.js';
import { createHouse } from './homey-rig.js';
import { createCli, type Cli } from './rig.js';

const house = createHouse();
let sandbox: RunningSandbox;
let client: HomeyClient;
let cli: Cli;

beforeAll(async () => {
  ({ sandbox, client, cli } = await house.open());
});
afterAll(() => house.close());

const capabilityNow = async (id: string): Promise<unknown> =>
  (await devicesOf(client))[0]!.capabilitiesObj[id]?.value;

describe('signing in with an API key', () => {
  const fresh = async (use: (other: Cli) => Promise<void>): Promise<void> => {
    const other = createCli();
    try {
      await use(other);
    } finally {
      other.cleanUp();
    }
  };

  test('is kept in a file that only its owner can read', () => {
    const file = join(cli.folder, 'homey.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(cli.folder).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(sandbox.homey.token);
  });

  test('a file that others can read is refused, until it is private again', async () => {
    const file = join(cli.folder, 'homey.json');
    chmodSync(file, 0o644);
    try {
      const { code, out, err } = await cli.run(['homey', 'zones']);
      expect(code).toBe(8);
      expect(out).toBe('');
      expect(err).toContain(`chmod 600 '${file}'`);
    } finally {
      chmodSync(file, 0o600);
    }
  });

  test('a wrong key is refused and not kept', () =>
    fresh(async (other) => {
      const wrong = `${sandbox.homey.token}x`;
      const { code, out, err } = await other.run(
        ['homey', 'login', '--verbose', '--address', sandbox.homey.address],
        {
          input: [wrong],
        },
      );
      expect(code).toBe(3);
      expect(err).toContain('refused this key');
      expect(err).not.toContain('any more');
      expect(out + err).not.toContain(sandbox.homey.token);
      expect((await other.run(['homey', 'status'])).err).toContain('run `thermia homey login` first');
    }));

  test('without a key, or with a Homey that is not there, a sentence says what to do', () =>
    fresh(async (other) => {
      const [noKey, noHomey, damaged] = await Promise.all([
        other.run(['homey', 'login', '--address', sandbox.homey.address]),
        other.run(['homey', 'login', '--address', '127.0.0.1:9'], { input: ['some-key'] }),
        cli.run(['homey', 'login', '--address', 'http://'], { input: ['some-key'] }),
      ]);
      expect(noKey.code).toBe(2);
      expect(noKey.err).toContain('on standard input');
      expect(noHomey.code).toBe(6);
      expect(noHomey.err).toContain('cannot be reached');
      expect(damaged.code).toBe(2);
    }));

  test('a damaged file is named; logging out erases it', () =>
    fresh(async (other) => {
      const file = join(other.folder, 'homey.json');
      writeFileSync(file, '{"version":', { mode: 0o600 });
      const broken = await other.run(['homey', 'status']);
      expect(broken.code).toBe(8);
      expect(broken.err).toContain('is damaged');
      expect((await other.run(['homey', 'logout'])).code).toBe(0);
      expect((await other.run(['homey', 'status'])).code).toBe(3);
    }));
});

test('lists the same devices and values as Athom’s client', async () => {
  const listed = z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        capabilities: z.record(z.string(), z.object({ value: z.unknown() })),
      }),
    )
    .parse(await cli.json(['homey', 'devices']));
  const seen = await devicesOf(client);
  expect(listed.map(({ id, name }) => ({ id, name }))).toEqual(seen.map(({ id, name }) => ({ id, name })));
  const values = Object.entries(listed[0]!.capabilities).map(([id, { value }]) => [id, value]);
  expect(Object.fromEntries(values)).toEqual(
    Object.fromEntries(Object.values(seen[0]!.capabilitiesObj).map(({ id, value }) => [id, value])),
  );
});

test('shows a heat pump with its readings, their units and their age', async () => {
  const { code, out } = await cli.run(['homey', 'status']);
  expect(code).toBe(0);
  const [device] = await devicesOf(client);
  expect(out.split('\n')[0]).toBe(`${device!.name}  available`);
  const tank = await capabilityNow('measure_temperature');
  expect(out).toMatch(
    new RegExp(`Hot water temperature +${String(tank)} °C +\\d+ (s|min) +measure_temperature\n`),
  );
});

describe('switching and setting', () => {
  test('hot water goes off at the pump, and nothing is sent where it is off already', async () => {
    expect(await cli.json(['homey', 'hot-water', 'off'])).toMatchObject({
      value: false,
      previous: true,
      sent: true,
    });
    expect(await registerOf(sandbox, 'REG_HOT_WATER_STATUS')).toBe(0);
    expect((await cli.run(['homey', 'hot-water'])).out).toContain('is off');
    expect(await cli.json(['homey', 'hot-water', 'off'])).toMatchObject({ sent: false });
  });

  test('a number is set; what is out of range, unknown, read-only or not understood is refused', async () => {
    const [warmer, on] = await Promise.all([
      cli.run(['homey', 'set', 'target_temperature.indoor', '21']),
      cli.run(['homey', 'hot-water', 'on', '--verbose']),
    ]);
    expect(warmer.code).toBe(0);
    expect(on.out).toMatch(/^on was sent for .*; it was off\.$/m);
    expect(await registerOf(sandbox, 'REG_HOT_WATER_STATUS')).toBe(1);
    expect(await capabilityNow('target_temperature.indoor')).toBe(21);
    const [range, unknown, readOnly, word, command, state] = await Promise.all([
      cli.run(['homey', 'set', 'target_temperature.indoor', '99']),
      cli.run(['homey', 'set', 'nothing_like_that', '1']),
      cli.run(['homey', 'set', 'measure_temperature', '40']),
      cli.run(['homey', 'set', 'onoff', 'maybe']),
      cli.run(['homey', 'sett']),
      cli.run(['homey', 'hot-water', 'warm']),
    ]);
    expect([range.code, unknown.code, readOnly.code, word.code, command.code, state.code]).toEqual([
      5, 4, 5, 2, 2, 2,
    ]);
    expect(range.err).toContain('10 to 30 °C');
    expect(unknown.err).toContain('measure_temperature');
    expect(await capabilityNow('target_temperature.indoor')).toBe(21);
  });

  test('a value that the service refuses is a failure, told in the app’s own words', async () => {
    const body = { kind: 'status', match: 'write', status: 400, body: 'problem', times: 1 };
    await ask(sandbox, '/faults', { method: 'POST', body });
    const { code, out, err } = await cli.run(['homey', 'set', 'target_temperature.indoor', '18']);
    expect(out).toBe('');
    expect(err).toMatch(/^It was refused: \w+/);
    expect(code).toBe(5);
    expect(await capabilityNow('target_temperature.indoor')).toBe(21);
  });
});

test('no command ever prints the key', async () => {
  const { token } = sandbox.homey;
  const commands = [['status'], ['devices'], ['system', '--json'], ['apps'], ['set', 'onoff', 'perhaps']];
  const results = await Promise.all(
    commands.map((args) =>
      cli.run(['homey', ...args, '--verbose'], { env: { ATHOM_CLOUD_API_DEBUG: '1', HOMEY_API_DEBUG: '1' } }),
    ),
  );
  for (const { out, err } of results) expect(out + err).not.toContain(token);
});

test('errors are for programs as well: one JSON line on standard error', async () => {
  const { code, out, err } = await cli.run(['homey', 'set', 'nothing', '1', '--json']);
  expect(out).toBe('');
  expect(JSON.parse(err)).toMatchObject({ error: { kind: 'not_found', code } });
});
