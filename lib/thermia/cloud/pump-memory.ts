import type { Clock } from '../ports.js';
import type { KnownRegisters } from '../pump/index.js';
import type { Topic } from '../source.js';
import type { InstallationStatus, Register } from './wire.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** A filled group that answers empty this often in a row, for an hour, is empty. */
const EMPTIES = 3;

interface Group {
  readonly registers: readonly Register[];
  readonly at: number;
  /** The ids may have changed: good to know what the pump has, not to write to. */
  readonly old: boolean;
  /** Empty answers since the registers came. */
  readonly empties: { readonly times: number; readonly since: number };
}

/** What one pump has told so far. Nothing here is shared with another pump. */
export interface PumpMemory {
  identified: boolean;
  /** When the detail could not be read. */
  unidentifiedAt: number | null;
  profileId: number | null;
  timeZone: string | null;
  /** The groups of its profile, most of which are empty. */
  groupNames: readonly string[] | null;
  status: InstallationStatus | null;
  /** When each topic was last read well. */
  readonly readAt: Map<Topic, number>;
  /** A group that came back empty keeps the registers that it had until that is sure. */
  remember(group: string, registers: readonly Register[]): void;
  /** The group cannot be read; where it never held anything, that is left alone for a day. */
  rest(group: string): void;
  /** False for a group that was empty when asked within the last day. */
  readonly isWorthAsking: (group: string) => boolean;
  /** What was last told, however old: for what values mean. */
  remembered(): { readonly groups: ReadonlyMap<string, Group>; readonly status: InstallationStatus | null };
  /** What may be written to. */
  known(): KnownRegisters;
  /** Register ids older than a day are not to be written to. */
  dropOld(): void;
  /** The service has refused an id: all of them are to be looked up again. */
  dropAll(): void;
  /** Everything is to be looked up again. */
  forget(): void;
}

export const createPumpMemory = (clock: Clock): PumpMemory => {
  const groups = new Map<string, Group>();
  const set = (name: string, registers: readonly Register[]): void => {
    const at = clock.now();
    groups.set(name, { registers, at, old: false, empties: { times: 0, since: at } });
  };
  const drop = (isToGo: (at: number) => boolean): void => {
    for (const [topic, at] of memory.readAt) if (isToGo(at)) memory.readAt.delete(topic);
    for (const [name, group] of groups) if (isToGo(group.at)) groups.set(name, { ...group, old: true });
  };
  const memory: PumpMemory = {
    identified: false,
    unidentifiedAt: null,
    profileId: null,
    timeZone: null,
    groupNames: null,
    status: null,
    readAt: new Map(),
    remember: (name, registers) => {
      const held = groups.get(name);
      if (registers.length > 0 || held === undefined || held.registers.length === 0) {
        set(name, registers);
        return;
      }
      const now = clock.now();
      const times = held.empties.times + 1;
      const since = times === 1 ? now : held.empties.since;
      if (times >= EMPTIES && now - since >= HOUR_MS) set(name, registers);
      else groups.set(name, { ...held, empties: { times, since } });
    },
    rest: (name) => {
      if ((groups.get(name)?.registers.length ?? 0) === 0) set(name, []);
    },
    isWorthAsking: (name) => {
      const held = groups.get(name);
      return held === undefined || held.registers.length > 0 || clock.now() - held.at >= DAY_MS;
    },
    remembered: () => ({ groups, status: memory.status }),
    known: () => ({
      groups: new Map(
        [...groups].filter(([, { old }]) => !old).map(([name, { registers }]) => [name, registers]),
      ),
      status: memory.readAt.has('status') ? memory.status : null,
    }),
    dropOld: () => drop((at) => clock.now() - at >= DAY_MS),
    dropAll: () => drop(() => true),
    forget: () => {
      drop(() => true);
      for (const [name, { registers }] of groups) if (registers.length === 0) groups.delete(name);
      Object.assign(memory, { identified: false, unidentifiedAt: null, profileId: null, groupNames: null });
    },
  };
  return memory;
};
