/** How many answers have to be waited for, one after the other, at 100 ms each. Virtual time: the same each time. */
import { builtInPumps, type PumpData } from '../../sandbox/thermia-online/index.js';
import { startVirtualCloud, type VirtualCloud } from '../../test/support/virtual-cloud.js';
import { labelOf, printTable } from './table.js';

const LATENCY = 100;
const MINUTE = 60_000;

interface Figures {
  readonly requests: number;
  readonly roundTrips: number;
  readonly ms: number;
}

/** Requests side by side count once; what is not spent in round trips is spent in waiting on purpose. */
const figuresOf = (cloud: VirtualCloud, from: number, startedAt: number): Figures => {
  const times = cloud.sent.slice(from).map(({ at }) => at);
  let busy = 0;
  let end = -Infinity;
  for (const at of times) {
    busy += at + LATENCY - Math.max(at, Math.min(end, at + LATENCY));
    end = Math.max(end, at + LATENCY);
  }
  return {
    requests: times.length,
    roundTrips: Math.round(busy / LATENCY),
    ms: cloud.clock.now() - startedAt,
  };
};

const measure = async (cloud: VirtualCloud, work: () => Promise<unknown>): Promise<Figures> => {
  const from = cloud.sent.length;
  const startedAt = cloud.clock.now();
  await work();
  return figuresOf(cloud, from, startedAt);
};

/** As after a restart of the Homey: only the refresh token is known. */
const measureStart = async (cloud: VirtualCloud, id: string, isEnough: () => boolean): Promise<Figures> => {
  await cloud.restart();
  const from = cloud.sent.length;
  const startedAt = cloud.clock.now();
  const { account } = cloud.thermia;
  await cloud.finish(
    new Promise<void>((resolve) => {
      account.on('snapshot', () => {
        if (isEnough()) resolve();
      });
      account.watch(id);
    }),
  );
  return figuresOf(cloud, from, startedAt);
};

const measurePump = async (pump: PumpData): Promise<readonly (readonly [string, Figures])[]> => {
  const cloud = await startVirtualCloud({
    pumps: [pump],
    behaviour: { latencyMs: LATENCY, writeLatencyMs: 1500 },
  });
  const id = String(pump.id);
  const signIn = await measure(cloud, () => cloud.signIn(true));
  const isFirst = (): boolean => cloud.thermia.account.snapshot(id)?.readings.activity !== undefined;
  const first = await measureStart(cloud, id, isFirst);
  const all = await measureStart(
    cloud,
    id,
    () => isFirst() && cloud.sent.at(-1)?.endpoint !== 'list' && hasSettled(cloud),
  );
  await cloud.advance(MINUTE);
  const refresh = await measure(cloud, () => cloud.finish(cloud.thermia.account.refresh(id)));
  const target = cloud.thermia.account.snapshot(id)?.controls.get('heating_target');
  const next = Number(target?.value) + 1;
  const write = await measure(cloud, () =>
    cloud.finish(cloud.thermia.account.write(id, 'heating_target', next).settled),
  );
  await cloud.close();
  return [
    ['sign-in with the password', signIn],
    ['start to first values', first],
    ['start to all values', all],
    ['full refresh', refresh],
    ['write to confirmed', write],
  ];
};

/** The slow topics come last, in one read. */
const hasSettled = (cloud: VirtualCloud): boolean => {
  const [pump] = cloud.sim.control.pumps();
  const readings = cloud.thermia.account.snapshot(String(pump?.id))?.readings;
  return readings?.['hours.compressor'] !== undefined;
};

for (const pump of builtInPumps.slice(0, 2)) {
  const rows = await measurePump(pump);
  printTable(`${labelOf(pump)}, ${LATENCY} ms for each answer`, [
    ['', 'round trips', 'requests', 'of them waited s', 'in all s'],
    ...rows.map(([name, { roundTrips, requests, ms }]) => [
      name,
      roundTrips,
      requests,
      ((roundTrips * LATENCY) / 1000).toFixed(1),
      (ms / 1000).toFixed(1),
    ]),
  ]);
}
console.log(
  '\nIn all: with waiting on purpose, such as the jitter of the first poll, one second to coalesce writes,',
);
console.log('and three seconds until a written value is looked for.');
