import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { call, type HomeyClient } from '../../sandbox/client.js';
import { devicesOf, eventually, type RunningSandbox } from '../support/sandbox.js';
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

describe('watching', () => {
  /** Carries connections on to the Homey, until they are to be cut. */
  const openProxy = async (): Promise<{ address: string; cut: () => void; server: Server }> => {
    const target = new URL(sandbox.homey.address);
    const open = new Set<Socket>();
    const server = createServer((from) => {
      const to = connect(Number(target.port), target.hostname);
      for (const socket of [from, to]) {
        open.add(socket);
        socket
          .on('error', () => undefined)
          .on('close', () => {
            open.delete(socket);
            from.destroy();
            to.destroy();
          });
      }
      from.pipe(to).pipe(from);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    return {
      address: `http://127.0.0.1:${String(address.port)}`,
      cut: () => {
        for (const socket of open) socket.destroy();
      },
      server,
    };
  };
  const setBoost = (value: boolean): Promise<void> =>
    devicesOf(client).then(([device]) =>
      client.devices.setCapabilityValue({ deviceId: device!.id, capabilityId: 'hot_water_boost', value }),
    );
  const Change = z.object({ capability: z.string(), value: z.unknown(), was: z.unknown() });
  const boosts = (out: string): unknown[] =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Change.parse(JSON.parse(line)))
      .filter(({ capability }) => capability === 'hot_water_boost')
      .map(({ value, was }) => [value, was]);

  test('changes come as they happen, also those of a time without a connection; Ctrl-C ends it well', async () => {
    const proxy = await openProxy();
    const other = createCli();
    try {
      await other.run(['homey', 'login', '--address', proxy.address], { input: [sandbox.homey.token] });
      const watching = other.start(['homey', 'watch', '--json']);
      const shown = other.start(['homey', 'watch']);
      await eventually(
        () => shown.err(),
        (err) => err.includes('Ctrl-C ends'),
      );
      await setBoost(true);
      expect(
        await eventually(
          () => boosts(watching.out()),
          (all) => all.length > 0,
        ),
      ).toEqual([[true, false]]);
      expect(
        await eventually(
          () => shown.out(),
          (out) => out.includes('boost'),
        ),
      ).toMatch(/^\d\d:\d\d:\d\d {2}.* {2}Hot water boost: on \(was off\)$/m);

      proxy.server.close();
      proxy.cut();
      await eventually(
        () => shown.err(),
        (err) => err.includes('The connection is lost'),
      );
      await setBoost(false);
      proxy.server.listen(Number(new URL(proxy.address).port), '127.0.0.1');
      expect(
        await eventually(
          () => boosts(watching.out()),
          (all) => all.length > 1,
        ),
      ).toEqual([
        [true, false],
        [false, true],
      ]);
      await setBoost(true);
      expect(
        await eventually(
          () => boosts(watching.out()),
          (all) => all.length > 2,
        ),
      ).toContainEqual([true, false]);
      expect(shown.err()).toContain('The connection is back');

      watching.process.kill('SIGINT');
      shown.process.kill('SIGINT');
      expect([(await watching.ended).code, (await shown.ended).code]).toEqual([0, 0]);
    } finally {
      other.cleanUp();
      proxy.cut();
      proxy.server.close();
    }
  });
});

describe('what else is on the Homey', () => {
  test('apps, zones, users, system and the timeline', async () => {
    const [apps, zones, users, system] = await Promise.all(
      ['apps', 'zones', 'users', 'system'].map((command) => cli.run(['homey', command])),
    );
    expect(apps!.out).toMatch(/Thermia +\d+\.\d+\.\d+ +running +com\.thermia\.online/);
    expect(zones!.out).toContain('Home');
    expect(users!.out).toMatch(/Owner +owner +yes +no/);
    expect(system!.out).toMatch(/^homeyVersion +12/m);
    expect(system!.out).not.toContain('homeyId');

    await cli.run(['homey', 'run', 'create_notification', '--arg', 'text=Tank is warm']);
    expect((await cli.run(['homey', 'notifications'])).out).toMatch(/ s +Timeline +Tank is warm/);
  });

  test('a variable is shown, one that looks like a secret is not', async () => {
    const token = `eyJhbGciOiJub25lIn0.${'a1'.repeat(40)}.b.c.d`;
    for (const variable of [
      { name: 'greeting', type: 'string', value: 'hello there' },
      { name: 'thermia_refresh_token', type: 'string', value: 'plain-looking-secret' },
      { name: 'notes', type: 'string', value: token },
    ]) {
      await call(client, 'logic', 'createVariable', { variable });
    }
    for (const args of [[], ['--json'], ['--verbose']]) {
      const { out, err } = await cli.run(['homey', 'variables', ...args]);
      expect(out).toContain('hello there');
      expect(out).toContain('thermia_refresh_token');
      expect(out + err).not.toContain('plain-looking-secret');
      expect(out + err).not.toContain(token);
    }
  });

  test('Insights as a list, a table, CSV and a plot; an unknown resolution is refused', async () => {
    const { name } = (await devicesOf(client))[0]!;
    const [list, rows, csv, plot, wrong, missing, named, nobody] = await Promise.all([
      cli.run(['homey', 'insights']),
      cli.run(['homey', 'insights', 'measure_temperature', '--resolution', 'lastHour']),
      cli.run(['homey', 'insights', 'measure_temperature', '--resolution', 'lastHour', '--csv']),
      cli.run(['homey', 'insights', 'measure_temperature', '--resolution', 'lastHour', '--plot']),
      cli.run(['homey', 'insights', 'measure_temperature', '--resolution', 'lastDecade']),
      cli.run(['homey', 'insights', 'measure_nothing']),
      cli.run(['homey', 'insights', 'Measure_Temperature', '--device', name.toUpperCase(), '--csv']),
      cli.run(['homey', 'insights', 'measure_temperature', '--device', 'Nobody']),
    ]);
    expect(list.out).toMatch(/Hot water temperature +\d+ °C +homey:device:/);
    expect(rows.out).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d +\d+(\.\d+)? °C/);
    const [head, ...lines] = csv.out.trim().split('\n');
    expect(head).toBe('time,Hot water temperature');
    expect(lines).toHaveLength(720);
    const values = lines.filter((line) => !line.endsWith(','));
    expect(values.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,(\d+(\.\d+)?)?$/);
    expect(plot.out).toMatch(/Hot water temperature \(°C\)/);
    expect(plot.out).toMatch(/\d\d\.\d ┼/);
    expect([wrong.code, missing.code, named.code, nobody.code]).toEqual([2, 4, 0, 4]);
    expect(nobody.err).toContain('There is no device "Nobody"');
    expect(wrong.err).toContain('last24Hours');
  });

  test('Flows are listed and started; cards are found, run and asked', async () => {
    await call(client, 'flow', 'createFlow', {
      flow: {
        name: 'Say good night',
        trigger: { id: 'homey:manager:flow:programmatic_trigger', args: {} },
        actions: [
          {
            id: 'homey:manager:notifications:create_notification',
            args: { text: 'Good night' },
            group: 'then',
          },
        ],
      },
    });
    expect((await cli.run(['homey', 'flows'])).out).toMatch(/Say good night +Flow +enabled/);
    const like = await cli.run([
      'homey',
      'run',
      'homey:manager:flow:programmatic_trigger',
      '--arg',
      'flow=good',
    ]);
    expect(like.code).toBe(4);
    expect(like.err).toContain('there are "Say good night" (');
    expect((await cli.run(['homey', 'run', '--flow', 'Say good night'])).code).toBe(0);
    const timeline = await eventually(
      () => cli.run(['homey', 'notifications']),
      ({ out }) => out.includes('Good night'),
    );
    expect(timeline.out).toContain('Good night');

    const cards = await cli.run(['homey', 'flows', '--cards', 'boost']);
    expect(cards.out).toMatch(/action +.* +Hot water boost for some minutes +minutes=<number>/);
    const [none, wrong, asked] = await Promise.all([
      cli.run(['homey', 'run', 'fly_to_the_moon']),
      cli.run(['homey', 'run', 'hot_water_boost_for', '--arg', 'hours=1']),
      cli.run(['homey', 'run', 'hot_water_boost_is_on', '--condition']),
    ]);
    expect([none.code, wrong.code]).toEqual([4, 2]);
    expect(asked.out).toBe(
      (await devicesOf(client))[0]!.capabilitiesObj['hot_water_boost']?.value === true ? 'yes\n' : 'no\n',
    );
  });
});
