import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { ageOf, localTime, shown, timeOf } from '../../terminal/format.js';
import { shownValue } from '../../terminal/secrets.js';
import type { Homey } from '../client.js';
import { withHomey } from '../sign-in.js';
import { allZones, type Zone } from '../zones.js';

interface Column<T> {
  readonly head: string;
  readonly cell: (item: T, now: number) => string;
}

interface List<T> {
  readonly usage: string;
  readonly summary: string;
  readonly details?: string;
  readonly none: string;
  readonly read: (homey: Homey) => Promise<readonly T[]>;
  readonly columns: readonly Column<T>[];
}

/** A command that shows what there is. */
const list = <T>({ usage, summary, details, none, read, columns }: List<T>): Leaf<object> => ({
  usage,
  summary,
  ...(details === undefined ? {} : { details }),
  schema: z.object({}),
  run: (shell) =>
    withHomey(shell, async (homey) => {
      const items = await read(homey);
      const now = shell.now();
      if (shell.out.json) shell.out.data(items);
      else if (items.length === 0) shell.out.print(none);
      else {
        const rows = items.map((item) => columns.map(({ cell }) => cell(item, now)));
        shell.out.print(
          shell.out.table(
            columns.map(({ head }) => head),
            rows,
          ),
        );
      }
    }),
});

const itemsOf = async <T>(
  homey: Homey,
  manager: string,
  operation: string,
  schema: z.ZodType<T>,
): Promise<T[]> =>
  Object.values(z.record(z.string(), schema).parse(await homey.call(manager, operation, { $cache: false })));

const date = z
  .union([z.string(), z.date().transform((each) => each.toISOString())])
  .nullish()
  .transform((each) => each ?? null);

const App = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string().nullish(),
  enabled: z.boolean().default(true),
  state: z.string().nullish(),
  crashed: z.boolean().default(false),
  crashedMessage: z.string().nullish(),
  origin: z.string().nullish(),
});

export const apps = list({
  usage: 'apps',
  summary: 'list the apps, and whether they run',
  none: 'There are no apps on this Homey.',
  read: (homey) => itemsOf(homey, 'apps', 'getApps', App),
  columns: [
    { head: 'Name', cell: ({ name }) => name },
    { head: 'Version', cell: ({ version }) => version ?? '–' },
    {
      head: 'State',
      cell: ({ enabled, crashed, crashedMessage, state }) =>
        crashed
          ? pc.red(`crashed: ${crashedMessage ?? 'no reason'}`)
          : enabled
            ? (state ?? 'enabled')
            : 'disabled',
    },
    { head: 'Id', cell: ({ id }) => pc.dim(id) },
  ],
});

const Variable = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional().default(null),
  })
  .transform((variable) => ({ ...variable, value: shownValue(variable.name, variable.value) }));

export const variables = list({
  usage: 'variables',
  summary: 'list the variables of Logic',
  details: 'Values that look like tokens or passwords are not shown, with --json neither.',
  none: 'There are no variables on this Homey.',
  read: (homey) => itemsOf(homey, 'logic', 'getVariables', Variable),
  columns: [
    { head: 'Name', cell: ({ name }) => name },
    { head: 'Type', cell: ({ type }) => type },
    { head: 'Value', cell: ({ value }) => shown(value) },
    { head: 'Id', cell: ({ id }) => pc.dim(id) },
  ],
});

/** Each zone after the one it is in, with its depth. */
const asTree = (
  zones: readonly Zone[],
  parent: string | null = null,
  depth = 0,
): (Zone & { depth: number })[] =>
  zones
    .filter((zone) => (zone.parent ?? null) === parent)
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((zone) => [{ ...zone, depth }, ...asTree(zones, zone.id, depth + 1)]);

export const zones = list({
  usage: 'zones',
  summary: 'list the zones',
  none: 'There are no zones on this Homey.',
  read: async (homey) => asTree(await allZones(homey)),
  columns: [
    { head: 'Name', cell: ({ name, depth }) => `${'  '.repeat(depth)}${name}` },
    { head: 'Id', cell: ({ id }) => pc.dim(id) },
  ],
});

const User = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string().nullish(),
  enabled: z.boolean().nullish(),
  present: z.boolean().nullish(),
  asleep: z.boolean().nullish(),
});

const yes = (value: boolean | null | undefined): string =>
  value === true ? 'yes' : value === false ? 'no' : '–';

export const users = list({
  usage: 'users',
  summary: 'list the users, and who is at home',
  none: 'There are no users on this Homey.',
  read: (homey) => itemsOf(homey, 'users', 'getUsers', User),
  columns: [
    { head: 'Name', cell: ({ name }) => name },
    { head: 'Role', cell: ({ role }) => role ?? '–' },
    { head: 'At home', cell: ({ present }) => yes(present) },
    { head: 'Asleep', cell: ({ asleep }) => yes(asleep) },
    { head: 'Id', cell: ({ id }) => pc.dim(id) },
  ],
});

const Notification = z
  .object({
    id: z.string(),
    ownerName: z.string().nullish(),
    ownerUri: z.string().nullish(),
    dateCreated: date,
    excerpt: z.string(),
  })
  .transform((notification) => ({ ...notification, excerpt: shownValue('', notification.excerpt) }));

export const notifications = list({
  usage: 'notifications',
  summary: 'list the timeline, newest first',
  none: 'The timeline is empty.',
  read: async (homey) =>
    (await itemsOf(homey, 'notifications', 'getNotifications', Notification)).sort(
      (one, other) => (timeOf(other.dateCreated) ?? 0) - (timeOf(one.dateCreated) ?? 0),
    ),
  columns: [
    { head: 'When', cell: ({ dateCreated }) => localTime(timeOf(dateCreated)) },
    { head: 'Age', cell: ({ dateCreated }, now) => ageOf(timeOf(dateCreated), now) },
    { head: 'From', cell: ({ ownerName, ownerUri }) => ownerName ?? ownerUri ?? '–' },
    { head: 'Text', cell: ({ excerpt }) => excerpt },
  ],
});

const Info = z.record(z.string(), z.unknown());
const PRIVATE = /serial|ssid|address|mac|wifi|cloudId|homeyId|token|secret/i;

export const system: Leaf<object> = {
  usage: 'system',
  summary: 'show what the Homey says of itself',
  details: 'Without --json, what identifies the Homey or its network is left out.',
  schema: z.object({}),
  run: (shell) =>
    withHomey(shell, async (homey) => {
      const info = Info.parse(await homey.call('system', 'getInfo'));
      if (shell.out.json) {
        shell.out.data(info);
        return;
      }
      const rows = Object.entries(info)
        .filter(
          ([key, value]) => !PRIVATE.test(key) && ['string', 'number', 'boolean'].includes(typeof value),
        )
        .map(([key, value]) => [key, shown(value)]);
      shell.out.print(shell.out.table(['', ''], rows).trimStart());
    }),
};
