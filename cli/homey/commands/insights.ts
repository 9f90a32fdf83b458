import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import type { Shell } from '../../shell.js';
import { csv } from '../../terminal/csv.js';
import { localTime, shown, timeOf } from '../../terminal/format.js';
import { plot } from '../../terminal/plot.js';
import type { Homey } from '../client.js';
import { allDevices, findDevice, isHeatPump, type Device } from '../devices.js';
import { withHomey } from '../sign-in.js';

/** A Homey answers an unknown one with a window of its own choice, so it is refused here. */
const RESOLUTIONS = [
  'lastHour',
  'last6Hours',
  'last24Hours',
  'last7Days',
  'last14Days',
  'last31Days',
  'last2Years',
  'today',
  'yesterday',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
  'thisYear',
  'lastYear',
] as const;

const Log = z.object({
  id: z.string(),
  ownerUri: z.string().nullish(),
  title: z.string().nullish(),
  type: z.string().nullish(),
  units: z.string().nullish(),
  decimals: z.number().nullish(),
  lastValue: z.union([z.number(), z.boolean(), z.null()]).optional(),
});
type Log = z.output<typeof Log>;

const Entries = z.object({
  step: z.number(),
  values: z.array(
    z.object({
      t: z.union([z.string(), z.date().transform((date) => date.toISOString())]),
      v: z.union([z.number(), z.boolean(), z.null()]),
    }),
  ),
});

const logsOf = async (homey: Homey): Promise<Log[]> =>
  Object.values(z.record(z.string(), Log).parse(await homey.call('insights', 'getLogs', { $cache: false })));

const ownerOf = ({ ownerUri }: Log, devices: readonly Device[]): Device | undefined =>
  devices.find(({ id }) => ownerUri === `homey:device:${id}`);

const ownerName = ({ ownerUri }: Log): string => ownerUri?.split(':').at(-1) ?? '–';

/** By whole id, or by the capability or title of the only heat pump that has it. */
const findLog = (
  logs: readonly Log[],
  devices: readonly Device[],
  wanted: string,
  device: string | undefined,
): Log => {
  const exact = logs.find(({ id }) => id === wanted);
  if (exact !== undefined) return exact;
  const word = wanted.toLowerCase();
  const named = device === undefined ? null : findDevice(devices, device);
  const found = logs.filter((log) => {
    const owner = ownerOf(log, devices);
    if (owner === undefined) return false;
    if (named === null ? !isHeatPump(owner) : owner.id !== named.id) return false;
    return log.id.toLowerCase().endsWith(`:${word}`) || log.title?.toLowerCase() === word;
  });
  const [only] = found;
  if (only === undefined) {
    throw new Problem(
      'not_found',
      `There is no log "${wanted}"${named === null ? '' : ` of "${named.name}"`}: \`thermia homey insights\` lists those there are.`,
    );
  }
  if (found.length > 1) {
    throw new Problem(
      'usage',
      `Several heat pumps have "${wanted}": name one with --device, or give the whole id of the log.`,
    );
  }
  return only;
};

const showLogs = (shell: Shell, logs: readonly Log[], devices: readonly Device[]): void => {
  if (shell.out.json) {
    shell.out.data(logs);
    return;
  }
  if (logs.length === 0) shell.out.print('There are no logs on this Homey.');
  else {
    shell.out.print(
      shell.out.table(
        ['Owner', 'Title', 'Now', 'Log'],
        logs.map((log) => [
          ownerOf(log, devices)?.name ?? ownerName(log),
          log.title ?? '–',
          shown(log.lastValue, log.units, log.decimals),
          pc.dim(log.id),
        ]),
        { right: [2] },
      ),
    );
  }
};

const Options = z.object({
  resolution: z.enum(RESOLUTIONS, { error: `is one of ${RESOLUTIONS.join(', ')}` }).default('last24Hours'),
  device: z.string().optional(),
  csv: z.boolean().default(false),
  plot: z.boolean().default(false),
});

const numeric = (value: number | boolean | null): number | null =>
  typeof value === 'boolean' ? Number(value) : value;

export const insights: Leaf<z.output<typeof Options>> = {
  usage: 'insights [log]',
  summary: 'list the logs of Insights, or show one as a table, as CSV or as a plot',
  details: [
    'LOG is the whole id of a log, or the capability or title of one of the heat pump. Times without a value are left out of',
    'the table, empty in CSV and a gap in the plot.',
  ].join(' '),
  examples: [
    'thermia homey insights',
    'thermia homey insights measure_temperature --plot',
    'thermia homey insights measure_temperature.outdoor --resolution last7Days --csv > outdoor.csv',
  ],
  options: [
    { flags: '--resolution <name>', means: 'which stretch of time (last24Hours)', values: RESOLUTIONS },
    { flags: '--device <name>', means: 'whose log, by name or id of the device' },
    { flags: '--csv', means: 'print CSV: time in UTC, value' },
    { flags: '--plot', means: 'draw it' },
  ],
  schema: Options,
  run: (shell, options, [wanted]) =>
    withHomey(shell, async (homey) => {
      const { out } = shell;
      const [logs, devices] = [await logsOf(homey), await allDevices(homey)];
      if (wanted === undefined) {
        showLogs(shell, logs, devices);
        return;
      }
      const log = findLog(logs, devices, wanted, options.device);
      const { values } = Entries.parse(
        await homey.call('insights', 'getLogEntries', { id: log.id, resolution: options.resolution }),
      );
      const name = [ownerOf(log, devices)?.name, log.title ?? log.id]
        .filter((part) => part !== undefined)
        .join(', ');
      if (out.json) {
        const entries = values.map(({ t, v }) => ({ at: t, value: v }));
        out.data({
          log: log.id,
          title: log.title ?? null,
          units: log.units ?? null,
          resolution: options.resolution,
          values: entries,
        });
      } else if (options.csv) {
        out.print(
          csv(
            ['time', log.title ?? 'value'],
            values.map(({ t, v }) => [t, v]),
          ),
        );
      } else if (options.plot) {
        const points = values.map(({ t, v }) => ({ at: timeOf(t) ?? 0, value: numeric(v) }));
        const drawn = plot(points, { title: name, units: log.units ?? null, width: out.width, hold: false });
        out.print(drawn ?? `${name} has no values for ${options.resolution}.`);
      } else {
        const known = values.filter(({ v }) => v !== null);
        if (known.length === 0) out.print(`${name} has no values for ${options.resolution}.`);
        else {
          out.print(
            shell.out.table(
              ['Time', name],
              known.map(({ t, v }) => [localTime(timeOf(t)), shown(v, log.units, log.decimals)]),
              { right: [1] },
            ),
          );
        }
      }
    }),
};
