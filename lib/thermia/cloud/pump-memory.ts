import type { Clock } from '../ports.js';
import type { KnownRegisters } from '../pump/index.js';
import type { Topic } from '../source.js';
import type { InstallationStatus, Register } from './wire.js';

const DAY_MS = 24 * 60 * 60_000;

/** What one pump has told so far. Nothing here is shared with another pump. */
export interface PumpMemory {
  identified: boolean;
  profileId: number | null;
  timeZone: string | null;
  /** The groups of its profile, most of which are empty. */
  groupNames: readonly string[] | null;
  status: InstallationStatus | null;
  /** When each topic was last read well. */
  readonly readAt: Map<Topic, number>;
  remember(group: string, registers: readonly Register[]): void;
  /** False for a group that was empty when asked within the last day. */
  readonly isWorthAsking: (group: string) => boolean;
  known(): KnownRegisters;
  /** Register ids older than a day are not to be written to. */
  dropOld(): void;
  /** The service has refused an id: all of them are to be looked up again. */
  dropAll(): void;
}

export const createPumpMemory = (clock: Clock): PumpMemory => {
  const groups = new Map<string, { readonly registers: readonly Register[]; readonly at: number }>();
  const memory: PumpMemory = {
    identified: false,
    profileId: null,
    timeZone: null,
    groupNames: null,
    status: null,
    readAt: new Map(),
    remember: (group, registers) => {
      groups.set(group, { registers, at: clock.now() });
    },
    isWorthAsking: (group) => {
      const known = groups.get(group);
      return known === undefined || known.registers.length > 0 || clock.now() - known.at >= DAY_MS;
    },
    known: () => ({
      groups: new Map([...groups].map(([name, { registers }]) => [name, registers])),
      status: memory.status,
    }),
    dropOld: () => {
      for (const [topic, at] of memory.readAt) if (clock.now() - at >= DAY_MS) memory.readAt.delete(topic);
      for (const [name, { at }] of groups) if (clock.now() - at >= DAY_MS) groups.delete(name);
      if (!memory.readAt.has('status')) memory.status = null;
    },
    dropAll: () => {
      memory.readAt.clear();
      groups.clear();
      memory.status = null;
    },
  };
  return memory;
};
