import { type ErrorKind, isThermiaError, ThermiaError } from '../errors.js';
import type { Clock } from '../ports.js';
import { decodeTopic, groupsOf, isSettingsGroup, type PumpIdentity, resolveWrite } from '../pump/index.js';
import type { PumpListing, PumpSource, Topic, TopicReport } from '../source.js';
import type { ThermiaApi } from './api.js';
import { createPumpMemory, type PumpMemory } from './pump-memory.js';
import { ianaZone, parseUtcStamp } from './timestamps.js';
import type { Installation, InstallationDetail } from './wire.js';

/** What is wrong with all requests and not with one: asking for the next topic would meet the same. */
const GENERAL: ReadonlySet<ErrorKind> = new Set([
  'sign_in_needed',
  'session_failed',
  'unauthorized',
  'throttled',
  'network',
  'timeout',
  'origin_refused',
  'storage',
  'stopped',
]);

/** A service that is out of order for this many topics, and has answered none, is so for all. */
const DOWN_AFTER = 2;

/** Where a control may be, the likeliest first, when a write comes before anything was read. */
const CONTROL_TOPICS: readonly Topic[] = ['hot_water', 'mode', 'status', 'settings', 'doing', 'temperatures'];

const labelOf = (installation: Pick<Installation | InstallationDetail, 'model' | 'profile'>): string | null =>
  [installation.model, installation.profile?.thermiaName, installation.profile?.name].find(
    (label) => label !== null && label !== undefined && label.trim() !== '',
  ) ?? null;

const listingOf = (installation: Installation): PumpListing => ({
  identity: {
    id: String(installation.id),
    name: installation.name,
    model: labelOf(installation),
    firmware: installation.firmwareVersion,
    gatewayFirmware: null,
    timeZone: null,
  },
  online: installation.isOnline,
  lastOnline: parseUtcStamp(installation.lastOnline),
  alarms: alarmsOf(installation),
});

/** Whether critical alarms are among the active ones is not known; the larger number is right either way. */
const alarmsOf = ({ status }: Installation): number | null => {
  const counters = [status?.activeAlarms, status?.activeCriticalAlarms].filter(
    (count) => typeof count === 'number',
  );
  return counters.length === 0 ? null : Math.max(...counters);
};

const failureOf = async (work: () => Promise<void>): Promise<ThermiaError | null> => {
  try {
    await work();
    return null;
  } catch (error) {
    if (isThermiaError(error)) return error;
    throw error;
  }
};

interface Reading {
  readonly id: string;
  readonly pump: PumpMemory;
  readonly signal: AbortSignal;
}

export interface CloudSource extends PumpSource {
  /** Forgets everything of all pumps. */
  reset(): void;
}

/** Thermia Online as a source of pumps: which requests a topic takes, and what is remembered between them. */
export const createCloudSource = ({ api, clock }: { api: ThermiaApi; clock: Clock }): CloudSource => {
  const pumps = new Map<string, PumpMemory>();
  const memoryOf = (id: string): PumpMemory => {
    const known = pumps.get(id) ?? createPumpMemory(clock);
    pumps.set(id, known);
    return known;
  };

  const readDetail = async ({ id, pump, signal }: Reading): Promise<Partial<PumpIdentity>> => {
    const detail = await api.installations.detail(id, signal);
    pump.profileId = detail.installationProfileId ?? detail.profile?.id ?? null;
    pump.timeZone = ianaZone(detail.timeZoneId);
    pump.identified = true;
    return { name: detail.name, model: labelOf(detail), timeZone: pump.timeZone };
  };

  const readGroupNames = async (reading: Reading): Promise<readonly string[]> => {
    const { pump, signal } = reading;
    if (pump.profileId === null) await readDetail(reading);
    if (pump.profileId === null) {
      throw new ThermiaError('unexpected_answer', 'detail: no profile is named', { during: 'detail' });
    }
    const groups = await api.registers.groups(pump.profileId, signal);
    pump.groupNames = groups.map(({ name }) => name);
    return pump.groupNames;
  };

  const readGroups = async ({ id, pump, signal }: Reading, groups: readonly string[]): Promise<void> => {
    for (const group of groups) {
      pump.remember(group, await api.registers.registers(id, group, pump.timeZone, signal));
    }
  };

  /** What a topic takes beyond the groups that are its own. */
  const SPECIAL: Partial<Record<Topic, (reading: Reading) => Promise<Partial<PumpIdentity> | undefined>>> = {
    profile: async (reading) => {
      const identity = await readDetail(reading);
      await readGroupNames(reading);
      return identity;
    },
    status: async ({ id, pump, signal }) => {
      const status = await api.installations.status(id, signal);
      pump.status = status;
      return { firmware: status.programVersion, gatewayFirmware: status.dcmVersion };
    },
    settings: async (reading) => {
      const names = reading.pump.groupNames ?? (await readGroupNames(reading));
      await readGroups(reading, names.filter(isSettingsGroup).filter(reading.pump.isWorthAsking));
      return undefined;
    },
  };

  const readTopic = async (
    topic: Topic,
    reading: Reading,
  ): Promise<{ report: TopicReport; identity: Partial<PumpIdentity> }> => {
    const { id, pump, signal } = reading;
    const identity = (await SPECIAL[topic]?.(reading)) ?? {};
    await readGroups(reading, groupsOf(topic));
    const alarms =
      topic === 'alarms'
        ? await api.events.events(id, { onlyActive: true, timeZone: pump.timeZone }, signal)
        : null;
    const { groups, status } = pump.known();
    pump.readAt.set(topic, clock.now());
    const decoded = decodeTopic(topic, {
      at: clock.now(),
      groups,
      status,
      timeZone: pump.timeZone,
      ...(alarms === null
        ? {}
        : {
            alarms: {
              active: alarms.length,
              titles: alarms.flatMap(({ eventTitle }) => (eventTitle === null ? [] : [eventTitle])),
            },
          }),
    });
    return { report: { topic, ok: true, ...decoded }, identity };
  };

  return {
    list: async (signal) => (await api.installations.list(signal)).map(listingOf),

    read: async (id, topics, signal) => {
      const reading: Reading = { id, pump: memoryOf(id), signal };
      const reports: TopicReport[] = [];
      let identity: Partial<PumpIdentity> = {};
      let general: ThermiaError | null = null;
      let good = 0;
      // Stamps of registers count in the installation's zone, which only the detail names.
      if (!reading.pump.identified && !topics.includes('profile')) {
        const error = await failureOf(async () => {
          identity = await readDetail(reading);
        });
        if (error !== null && GENERAL.has(error.kind)) throw error;
      }
      for (const topic of [...topics].sort((one, other) => rank(one) - rank(other))) {
        const error: ThermiaError | null =
          general ??
          (await failureOf(async () => {
            const read = await readTopic(topic, reading);
            identity = { ...identity, ...read.identity };
            reports.push(read.report);
            good += 1;
          }));
        if (error === null) continue;
        reports.push({ topic, ok: false, error });
        const down = error.kind === 'service_down' && good === 0 && reports.length >= DOWN_AFTER;
        if (GENERAL.has(error.kind) || down) general = error;
      }
      if (general !== null && good === 0) throw general;
      return { at: clock.now(), identity, topics: reports };
    },

    write: async (id, controlId, value, signal) => {
      const reading: Reading = { id, pump: memoryOf(id), signal };
      const { pump } = reading;
      pump.dropOld();
      const unread = CONTROL_TOPICS.filter((topic) => !pump.readAt.has(topic));
      for (;;) {
        try {
          const write = resolveWrite(controlId, value, pump.known());
          await api.registers.write(id, write, signal);
          return;
        } catch (error) {
          if (isThermiaError(error, 'rejected', 'not_found')) pump.dropAll();
          const next = isThermiaError(error, 'not_supported') ? unread.shift() : undefined;
          if (next === undefined) throw error;
          await readTopic(next, reading);
        }
      }
    },

    forget: (id) => {
      pumps.delete(id);
    },
    reset: () => pumps.clear(),
  };
};

/** What the others need to be read well comes first. */
const rank = (topic: Topic): number => (topic === 'profile' ? 0 : topic === 'status' ? 1 : 2);
