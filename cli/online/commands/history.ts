import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import { csv } from '../../terminal/csv.js';
import { localTime } from '../../terminal/format.js';
import { plot } from '../../terminal/plot.js';
import { readProfile } from '../dump.js';
import { choosePump, noEnd, PUMP_OPTION } from '../pumps.js';
import { findRegister } from '../register-names.js';
import { OnlineOptions, originOption, withAccount } from '../session.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: DAY, w: 7 * DAY };

/** A date that the calendar does not have would be read as another one. */
const isDay = (day: string): boolean => {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/** `2026-01-31`, `2026-01-31T06:00` (this computer's zone), `now`, or a length back from now: `36h`, `7d`, `2w`. */
export const readMoment = (text: string, now: number): number | null => {
  if (text === 'now') return now;
  const back = /^(\d+)([hdw])$/.exec(text);
  if (back !== null) {
    const then = now - Number(back[1]) * (UNITS[back[2] ?? ''] ?? 0);
    return then < 0 ? null : then;
  }
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (day === undefined || !isDay(day)) return null;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  return Number.isNaN(at) ? null : at;
};

const moment = (option: string, text: string, now: number): number => {
  const at = readMoment(text, now);
  if (at !== null) return at;
  throw new Problem(
    'usage',
    `--${option}: "${text}" is no time; 2026-01-31, 2026-01-31T06:00, 36h and 7d are.`,
  );
};

const RESOLUTIONS = ['minute', 'hour', 'day', 'month'] as const;

/** As fine as can be looked at. */
const fitting = (span: number): (typeof RESOLUTIONS)[number] =>
  span <= 3 * DAY ? 'minute' : span <= 62 * DAY ? 'hour' : span <= 3 * 366 * DAY ? 'day' : 'month';

const Options = OnlineOptions.extend({
  pump: z.string().optional(),
  from: z.string().default('24h'),
  to: z.string().default('now'),
  resolution: z.enum(RESOLUTIONS, { error: `is one of ${RESOLUTIONS.join(', ')}` }).optional(),
  csv: z.boolean().default(false),
  plot: z.boolean().default(false),
});

export const history: Leaf<z.output<typeof Options>> = {
  usage: 'history [register]',
  summary: 'list the registers that have a history, or show that of one as a table, as CSV or as a plot',
  details:
    'Times are those of this computer; in CSV and JSON they are UTC. "minute" gives the points of change, the others are means.',
  examples: [
    'thermia online history',
    'thermia online history REG_HOT_WATER_TEMPERATURE --from 7d --plot',
    'thermia online history REG_OUTDOOR_TEMPERATURE --from 2026-01-01 --to 2026-02-01 --csv > january.csv',
  ],
  options: [
    { flags: '--from <time>', means: 'a date, a time, or a length back from now (24h)' },
    { flags: '--to <time>', means: 'likewise (now)' },
    { flags: '--resolution <name>', means: 'fitting the length unless given', values: RESOLUTIONS },
    { flags: '--csv', means: 'print CSV: time in UTC, value' },
    { flags: '--plot', means: 'draw it' },
    PUMP_OPTION,
    originOption,
  ],
  schema: Options,
  run: (shell, options, [wanted]) =>
    withAccount(shell, options, async (session) => {
      const { out } = shell;
      const { api } = session.online;
      const now = shell.now();
      const period = { from: moment('from', options.from, now), to: moment('to', options.to, now) };
      if (period.from >= period.to) throw new Problem('usage', '--from is not before --to.');
      const { identity } = await choosePump(session, options.pump);
      const registers = await api.history.registers(identity.id, noEnd());
      if (wanted === undefined) {
        if (out.json) out.data(registers);
        else out.print(registers.map(({ registerName }) => registerName).join('\n'));
        return;
      }
      const register = findRegister(registers, wanted);
      const { timeZone } = await readProfile(session, identity.id);
      const resolution = options.resolution ?? fitting(period.to - period.from);
      const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      const points = await api.history.series(
        identity.id,
        register.registerId,
        resolution,
        { ...period, timeZone: zone },
        noEnd(),
      );
      const utc = points.map(({ at, value }) => ({ at: new Date(at).toISOString(), value }));
      const name = register.registerName;
      if (out.json) out.data({ pump: identity.id, register: name, resolution, points: utc });
      else if (options.csv)
        out.print(
          csv(
            ['time', name],
            utc.map(({ at, value }) => [at, value]),
          ),
        );
      else if (points.length === 0)
        out.print(`${name} has no values between ${localTime(period.from)} and ${localTime(period.to)}.`);
      else if (options.plot) {
        const title = `${identity.name ?? identity.id}, ${name}`;
        out.print(
          plot(points, { title, units: null, width: out.width, hold: resolution === 'minute' }) ?? '',
        );
      } else {
        out.print(
          shell.out.table(
            ['Time', name],
            points.map(({ at, value }) => [localTime(at), String(value)]),
            { right: [1] },
          ),
        );
      }
    }),
};
