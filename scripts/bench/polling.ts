/** Requests for a pump and day, and how old what is shown is. A simulated day each, over real sockets. */
import { TOPICS } from '../../lib/thermia/index.js';
import { groupsOf } from '../../lib/thermia/pump/index.js';
import { builtInPumps, type PumpData } from '../../sandbox/thermia-online/index.js';
import { startVirtualCloud } from '../../test/support/virtual-cloud.js';
import { labelOf, medianOf, printTable } from './table.js';

const MINUTE = 60_000;
const DAY = 1440;

const TOPIC_OF = new Map<string, string>([
  ['status', 'status'],
  ['detail', 'profile'],
  ['groups', 'profile'],
  ['events', 'alarms'],
  ['list', 'list'],
  ['token', 'sign-in'],
  ...TOPICS.filter((topic) => topic !== 'settings').flatMap((topic) =>
    groupsOf(topic).map((group): [string, string] => [`registers/${group}`, topic]),
  ),
]);
const topicOf = (endpoint: string): string =>
  TOPIC_OF.get(endpoint) ?? (endpoint.startsWith('registers/') ? 'settings' : 'other');

interface Measured {
  readonly perTopic: ReadonlyMap<string, number>;
  readonly perPump: number;
  readonly ages: readonly number[];
}

/** The first half hour learns what is empty, and is not counted. */
const measureDay = async (pumps: readonly PumpData[], minutes?: number): Promise<Measured> => {
  const cloud = await startVirtualCloud({ pumps });
  const { account } = cloud.thermia;
  await cloud.signIn(true);
  const ids = (await cloud.finish(account.list())).map(({ identity }) => identity.id);
  if (minutes !== undefined) account.setInterval(minutes);
  for (const id of ids) account.watch(id);
  await cloud.advance(30 * MINUTE);
  const from = cloud.sent.length;
  const ages: number[] = [];
  for (let minute = 0; minute < DAY; minute += 1) {
    await cloud.advance(MINUTE);
    for (const id of ids) {
      ages.push((cloud.clock.now() - (account.snapshot(id)?.readings.activity?.at ?? 0)) / MINUTE);
    }
  }
  const sent = cloud.sent.slice(from);
  const perTopic = new Map<string, number>();
  for (const { endpoint } of sent) {
    const topic = topicOf(endpoint);
    perTopic.set(topic, (perTopic.get(topic) ?? 0) + 1);
  }
  await cloud.close();
  return { perTopic, perPump: sent.length / ids.length, ages };
};

const columns = [...TOPICS, 'list', 'sign-in', 'other'];
const rows: (string | number)[][] = [];
for (const pump of builtInPumps) {
  const { perTopic, perPump } = await measureDay([pump]);
  rows.push([labelOf(pump), ...columns.map((topic) => perTopic.get(topic) ?? 0), perPump]);
}
printTable('Requests in a day, by topic, for one pump alone in its account', [
  ['pump', ...columns, 'all'],
  ...rows,
]);

const intervals: (string | number)[][] = [];
for (const minutes of [1, 3, 5, 10, 30]) {
  const { perPump, ages } = await measureDay(builtInPumps.slice(0, 2), minutes);
  intervals.push([
    `${minutes} min`,
    perPump.toFixed(0),
    medianOf(ages).toFixed(1),
    Math.max(...ages).toFixed(1),
  ]);
}
printTable('Two pumps in one account; age of what a pump does, in minutes', [
  ['interval', 'requests for a pump and day', 'median age', 'worst age'],
  ...intervals,
]);
