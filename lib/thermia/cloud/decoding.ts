import { type DecodedTopic, decodeTopic, isSettingsGroup, type PumpIdentity } from '../pump/index.js';
import type { Topic, TopicReport } from '../source.js';
import type { PumpMemory } from './pump-memory.js';
import type { InstallationEvent, Register } from './wire.js';

export type Groups = ReadonlyMap<string, readonly Register[]>;

/** What the requests of a topic have brought. */
export interface Fetched {
  readonly topic: Topic;
  readonly at: number;
  readonly groups: Groups;
  readonly alarms: readonly InstallationEvent[] | null;
  readonly identity: Partial<PumpIdentity>;
}

/** Later parts replace what earlier ones say of the same thing. */
const joined = (parts: readonly DecodedTopic[]): DecodedTopic => {
  const controls = parts.flatMap((part) => part.controls);
  return {
    readings: Object.assign({}, ...parts.map(({ readings }) => readings)) as DecodedTopic['readings'],
    controls: [...new Map(controls.map((control) => [control.id, control])).values()],
    unknown: new Map(parts.flatMap(({ unknown }) => [...unknown])),
    empty: parts.every(({ empty }) => empty),
  };
};

/** What was brought, understood with all that is remembered of the pump. */
export const decodeFetched = ({ topic, at, groups, alarms }: Fetched, pump: PumpMemory): TopicReport => {
  const { groups: remembered, status } = pump.remembered();
  const isOwn = (name: string): boolean => topic === 'settings' && isSettingsGroup(name);
  const context = [...remembered].flatMap(([name, { registers }]) =>
    isOwn(name) ? [] : [[name, registers] as const],
  );
  const titles = alarms?.flatMap(({ eventTitle }) => (eventTitle === null ? [] : [eventTitle]));
  const decode = (own: Groups, when: number): DecodedTopic =>
    decodeTopic(topic, {
      at: when,
      groups: new Map([...context, ...own]),
      status,
      timeZone: pump.timeZone,
      ...(alarms === null || titles === undefined ? {} : { alarms: { active: alarms.length, titles } }),
    });
  // Settings come in many groups. One that could not be read keeps what it said, at its age.
  const missed = [...remembered].filter(
    ([name, { registers }]) => isOwn(name) && registers.length > 0 && (groups.get(name) ?? []).length === 0,
  );
  const older = missed.map(([name, held]) =>
    decode(new Map([[name, held.registers]]), Math.min(at, held.at)),
  );
  return { topic, ok: true, ...joined([...older, decode(groups, at)]) };
};

/** The settings say what sensors there are, which the status was read without when it was read before them. */
export const again = (fetched: readonly Fetched[], pump: PumpMemory): readonly TopicReport[] => {
  const topics = fetched.map(({ topic }) => topic);
  const at = pump.readAt.get('status');
  return at === undefined || !topics.includes('settings') || topics.includes('status')
    ? []
    : [decodeFetched({ topic: 'status', at, groups: new Map(), alarms: null, identity: {} }, pump)];
};
