import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  builtInPumps,
  demoPumps,
  startThermiaOnline,
  type PumpView,
} from '../../sandbox/thermia-online/index.js';
import { Sandboxes } from '../support/sandbox.js';
import { createCli, type Cli } from './rig.js';

type Simulator = Awaited<ReturnType<typeof startThermiaOnline>>;

let thermia: Simulator;
let cli: Cli;

const begin = async (pumps = demoPumps): Promise<void> => {
  thermia = await startThermiaOnline({ pumps, writeLatencyMs: 0 });
  cli = createCli();
};
const signIn = async (...more: readonly string[]): Promise<void> => {
  const { origin, username, password } = thermia;
  const { code, err } = await cli.run(
    ['online', 'login', '--origin', origin, '--username', username, ...more],
    {
      input: [password],
    },
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
};
const end = async (): Promise<void> => {
  cli.cleanUp();
  await thermia.close();
};

const file = (): string => join(cli.folder, 'online.json');
/** All texts in a value, however deep. */
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

const pump = (): PumpView => thermia.control.pumps()[0]!;

describe('an account with one heat pump', () => {
  beforeAll(async () => {
    await begin();
    await signIn();
  });
  afterAll(end);

  test('the sign-in is in a file for its owner only; the password is not in it', async () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readFileSync(file(), 'utf8')).not.toContain(thermia.password);
    await signIn('--keep-password');
    expect(readFileSync(file(), 'utf8')).toContain(thermia.password);
  });

  test('lists the pump, and shows every reading with what can be set', async () => {
    expect((await cli.run(['online', 'pumps'])).out).toMatch(
      new RegExp(`${pump().name ?? ''} +Diplomat .* +connected .*${String(pump().id)}`),
    );
    const tank = thermia.control.getRegister(pump().id, 'REG_HOT_WATER_TEMPERATURE');
    const { out } = await cli.run(['online', 'status']);
    expect(out).toMatch(new RegExp(`temperature\\.hot_water +${String(tank)} °C`));
    expect(out).toMatch(/heating_target +\d+ °C +10 to 30, step 1/);
  });

  test('registers by group, and a group that is not there', async () => {
    const [groups, hotWater, all, none] = await Promise.all([
      cli.run(['online', 'registers']),
      cli.run(['online', 'registers', 'REG_GROUP_HOT_WATER']),
      cli.run(['online', 'registers', '--all', '--json']),
      cli.run(['online', 'registers', 'REG_GROUP_NOTHING']),
    ]);
    expect(groups.out).toContain('REG_GROUP_TEMPERATURES\n');
    expect(hotWater.out).toMatch(/REG_HOT_WATER_STATUS +1 +REG_VALUE_STATUS_ON +0 … 1/);
    const dump = z
      .record(z.string(), z.array(z.object({ registerName: z.string() })))
      .parse(JSON.parse(all.out));
    expect(
      Object.values(dump)
        .flat()
        .map(({ registerName }) => registerName)
        .sort(),
    ).toEqual(
      pump()
        .registers.map(({ name }) => name)
        .sort(),
    );
    expect(none.code).toBe(4);
  });

  test('a value is set and seen at the pump; what cannot be is refused before it is sent', async () => {
    const done = await cli.run(['online', 'set', 'hot_water', 'off', '--verbose']);
    expect(done.out).toContain('the heat pump was seen to take it');
    expect(thermia.control.getRegister(pump().id, 'REG_HOT_WATER_STATUS')).toBe(0);
    expect((await cli.run(['online', 'set', 'REG_HOT_WATER_STATUS', '1'])).code).toBe(0);
    expect(thermia.control.getRegister(pump().id, 'REG_HOT_WATER_STATUS')).toBe(1);
    const { writes } = thermia.control.counters();
    const [range, between, unknown, word] = [
      await cli.run(['online', 'set', 'heating_target', '99']),
      await cli.run(['online', 'set', 'heating_target', '20.5']),
      await cli.run(['online', 'set', 'REG_OUTDOOR_TEMPERATURE', '20']),
      await cli.run(['online', 'set', 'hot_water', 'lukewarm']),
    ];
    expect([range.code, between.code, unknown.code, word.code]).toEqual([5, 5, 4, 2]);
    expect(between.err).toContain('in steps of 1');
    expect(range.err).toContain('10 to 30');
    expect(thermia.control.counters().writes).toEqual(writes);
  });

  test('history as a table, CSV and a plot, and the alarms', async () => {
    thermia.control.raiseAlarm(pump().id, 'High pressure switch open');
    const name = 'REG_OUTDOOR_TEMPERATURE';
    const [list, rows, csv, plot, backwards, alarms] = [
      await cli.run(['online', 'history']),
      await cli.run(['online', 'history', 'outdoor_temperature', '--from', '12h']),
      await cli.run(['online', 'history', name, '--from', '12h', '--csv']),
      await cli.run(['online', 'history', name, '--from', '12h', '--plot']),
      await cli.run(['online', 'history', name, '--from', 'now', '--to', '12h']),
      await cli.run(['online', 'alarms']),
    ];
    expect(list.out).toContain(`${name}\n`);
    expect(rows.out).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d +-?\d+/);
    const [head, ...lines] = csv.out.trim().split('\n');
    expect(head).toBe(`time,${name}`);
    expect(lines.length).toBeGreaterThan(0);
    const times = lines.map((line) => Date.parse(line.split(',')[0] ?? ''));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(Date.now() - times[0]!).toBeLessThan(13 * 3_600_000);
    expect(plot.out).toContain('┤');
    expect(backwards.code).toBe(2);
    expect(alarms.out).toMatch(/High pressure switch open +\w+ +\d{4}-.* +active/);
  });

  test('two processes at once spend no token twice', async () => {
    thermia.control.setPolicy({ refreshReuse: 'strict' });
    thermia.control.expireAccessTokens();
    const both = await Promise.all([0, 1, 2].map(() => cli.run(['online', 'pumps'])));
    expect(both.map(({ code, err }) => (code === 0 ? 'fine' : err))).toEqual(['fine', 'fine', 'fine']);
    expect(thermia.control.counters().refreshesRefused).toBe(0);
  });

  test('an outage costs no sign-in; a token goes to no other server', async () => {
    const fault = thermia.control.addFault({ kind: 'reset' });
    expect((await cli.run(['online', 'pumps'])).code).toBe(6);
    thermia.control.removeFault(fault);
    expect((await cli.run(['online', 'pumps'])).code).toBe(0);
    const nowhere = await cli.run(['online', 'pumps'], { env: { THERMIA_ONLINE_ORIGIN: 'nonsense' } });
    expect(nowhere.code).toBe(2);
    const elsewhere = await cli.run(['online', 'pumps'], {
      env: { THERMIA_ONLINE_ORIGIN: 'http://127.0.0.1:9' },
    });
    expect(elsewhere.code).toBe(3);
    expect(elsewhere.err).toContain(`signed in at ${thermia.origin}`);
  });

  test('a wrong password is told, and costs nothing of what was kept', async () => {
    const { origin, username } = thermia;
    const wrong = await cli.run(
      ['online', 'login', '--origin', origin, '--username', username, '--verbose'],
      {
        input: ['not the password'],
      },
    );
    expect(wrong.code).toBe(3);
    expect(wrong.err).toContain('Thermia Connect app');
    expect(wrong.out + wrong.err).not.toContain('not the password');
    expect((await cli.run(['online', 'pumps'])).code).toBe(0);
  });

  test.each([
    ['damaged', '{"version":', 0o600],
    ['open to others', '{}', 0o644],
  ])('a file that is %s can be erased, and replaced by signing in', async (_name, content, mode) => {
    const spoil = (): void => {
      writeFileSync(file(), content);
      chmodSync(file(), mode);
    };
    spoil();
    expect((await cli.run(['online', 'pumps'])).code).toBe(8);
    expect((await cli.run(['online', 'logout'])).code).toBe(0);
    expect(existsSync(file())).toBe(false);
    spoil();
    await signIn();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect((await cli.run(['online', 'pumps'])).code).toBe(0);
  });

  test('a report holds the pump and nothing of its owner, and the sandbox can play it', async () => {
    const path = join(cli.folder, 'report.json');
    const { code, out, err } = await cli.run(['online', 'report', '--out', path, '--verbose']);
    expect(code).toBe(0);
    const text = readFileSync(path, 'utf8');
    const tokens = texts(JSON.parse(readFileSync(file(), 'utf8'))).filter(({ length }) => length >= 40);
    expect(tokens.length).toBeGreaterThan(0);
    const { installation, detail } = demoPumps[0]!;
    const { owner, address, macAddress } = detail as Record<string, unknown>;
    const personal = [
      ...texts([owner, address, macAddress, installation['macAddress'], installation['owner']]),
      pump().name ?? '',
      String(pump().id),
      thermia.username,
      thermia.password,
      ...tokens,
    ].filter((each) => each.length > 3);
    expect(personal.length).toBeGreaterThan(8);
    expect(personal.filter((each) => text.includes(each))).toEqual([]);
    for (const token of tokens) expect(out + err).not.toContain(token);

    const sandboxes = new Sandboxes();
    try {
      const sandbox = await sandboxes.start(['--capture', path]);
      const played = z
        .array(z.object({ registers: z.array(z.object({ name: z.string(), value: z.number().nullable() })) }))
        .parse(await (await fetch(`${sandbox.thermia.address}/__sandbox/pumps`)).json());
      const names = played[0]!.registers.map(({ name }) => name);
      expect(names.sort()).toEqual(
        pump()
          .registers.map(({ name }) => name)
          .sort(),
      );
    } finally {
      await sandboxes.cleanUp();
    }
  });
});

describe('an account with several heat pumps', () => {
  beforeAll(async () => {
    await begin(builtInPumps);
    await signIn();
  });
  afterAll(end);

  test('one of them is to be named', async () => {
    const [second] = thermia.control.pumps().slice(1);
    const [unnamed, named, unknown] = [
      await cli.run(['online', 'alarms']),
      await cli.run(['online', 'alarms', '--pump', second!.name ?? '', '--json']),
      await cli.run(['online', 'alarms', '--pump', 'Nobody']),
    ];
    expect([unnamed.code, named.code, unknown.code]).toEqual([2, 0, 4]);
    expect(unnamed.err).toContain(second!.name ?? 'a name');
  });

  test('a refresh token signs in as well; what is none is refused and not shown', async () => {
    const [token = ''] = texts(JSON.parse(readFileSync(file(), 'utf8'))).filter(
      (text) => text.split('.').length === 5,
    );
    expect((await cli.run(['online', 'logout'])).code).toBe(0);
    expect((await cli.run(['online', 'pumps'])).code).toBe(3);
    const login = ['online', 'login', '--token', '--verbose', '--origin', thermia.origin];
    const bad = await cli.run(login, { input: ['eyJhbGciOi.x.y'] });
    expect(bad.code).toBe(2);
    expect(bad.err).not.toContain('eyJhbGciOi.x.y');
    const good = await cli.run(login, { input: [token] });
    expect(good.code).toBe(0);
    expect(good.out + good.err).not.toContain(token);
    expect((await cli.run(['online', 'pumps'])).code).toBe(0);
  });
});
