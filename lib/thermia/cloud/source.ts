import { type ErrorKind, isThermiaError, ThermiaError } from '../errors.js';
import type { Clock } from '../ports.js';
import { groupsOf, isSettingsGroup, type PumpIdentity, resolveWrite } from '../pump/index.js';
import type { PumpListing, PumpSource, Topic, TopicReport } from '../source.js';
import type { ThermiaApi } from './api.js';
import { again, decodeFetched, type Fetched, type Groups } from './decoding.js';
import { createPumpMemory, type PumpMemory } from './pump-memory.js';
import { ianaZone, parseUtcStamp } from './timestamps.js';
import type { Installation, InstallationDetail, Register } from './wire.js';

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
    ...(installation.key === null ? {} : { key: installation.key }),
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

/** A detail that cannot be read is asked for this often: it only tells in which zone stamps count. */
const DETAIL_MS = 60 * 60_000;

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
    pump.unidentifiedAt = null;
    return { name: detail.name, model: labelOf(detail), timeZone: pump.timeZone };
  };

  const mayAskDetail = ({ unidentifiedAt }: PumpMemory): boolean =>
    unidentifiedAt === null || clock.now() - unidentifiedAt >= DETAIL_MS;

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

  const readGroup = async ({ id, pump, signal }: Reading, group: string): Promise<readonly Register[]> => {
    const registers = await api.registers.registers(id, group, pump.timeZone, signal);
    pump.remember(group, registers);
    return registers;
  };

  const readGroups = async (reading: Reading, names: readonly string[]): Promise<Groups> => {
    const groups = new Map<string, readonly Register[]>();
    for (const name of names) groups.set(name, await readGroup(reading, name));
    return groups;
  };

  /** One of many that fails does not cost the others; only when none can be read the settings cannot. */
  const readSettings = async (reading: Reading): Promise<Groups> => {
    const { pump } = reading;
    const names = pump.groupNames ?? (await readGroupNames(reading));
    const wanted = names.filter(isSettingsGroup).filter(pump.isWorthAsking);
    const groups = new Map<string, readonly Register[]>();
    const failed = new Map<string, ThermiaError>();
    let hangs = 0;
    for (const name of wanted) {
      const error = await failureOf(async () => {
        groups.set(name, await readGroup(reading, name));
      });
      if (error === null) continue;
      // One group may hang by itself; after a second one it is the service.
      const isOnlyOne = error.kind === 'timeout' && (hangs += 1) === 1;
      if (GENERAL.has(error.kind) && !isOnlyOne) throw error;
      failed.set(name, error);
    }
    const [error] = failed.values();
    if (error !== undefined && groups.size === 0) throw error;
    for (const name of failed.keys()) pump.rest(name);
    return groups;
  };

  const readStatus = async ({ id, pump, signal }: Reading): Promise<Partial<PumpIdentity>> => {
    pump.status = await api.installations.status(id, signal);
    return { firmware: pump.status.programVersion, gatewayFirmware: pump.status.dcmVersion };
  };

  const readProfile = async (reading: Reading): Promise<Partial<PumpIdentity>> => {
    const identity = await readDetail(reading);
    await readGroupNames(reading);
    return identity;
  };

  const fetchTopic = async (topic: Topic, reading: Reading): Promise<Fetched> => {
    const { id, pump, signal } = reading;
    const identity =
      topic === 'profile' ? await readProfile(reading) : topic === 'status' ? await readStatus(reading) : {};
    const groups =
      topic === 'settings' ? await readSettings(reading) : await readGroups(reading, groupsOf(topic));
    const alarms =
      topic === 'alarms'
        ? await api.events.events(id, { onlyActive: true, timeZone: pump.timeZone }, signal)
        : null;
    const at = clock.now();
    pump.readAt.set(topic, at);
    return { topic, at, groups, alarms, identity };
  };

  return {
    list: async (signal) => {
      const found = await api.installations.list(signal);
      const listings = found.map(listingOf);
      return found.incomplete === true ? Object.assign(listings, { incomplete: true as const }) : listings;
    },

    read: async (id, topics, signal) => {
      const reading: Reading = { id, pump: memoryOf(id), signal };
      const { pump } = reading;
      const fetched: Fetched[] = [];
      const failed: Extract<TopicReport, { readonly ok: false }>[] = [];
      let identity: Partial<PumpIdentity> = {};
      let general: ThermiaError | null = null;
      // Stamps of registers count in the installation's zone, which only the detail names.
      if (!pump.identified && !topics.includes('profile') && mayAskDetail(pump)) {
        const error = await failureOf(async () => {
          identity = await readDetail(reading);
        });
        if (error !== null && GENERAL.has(error.kind)) throw error;
        if (error !== null) pump.unidentifiedAt = clock.now();
      }
      for (const topic of [...topics].sort((one, other) => rank(one) - rank(other))) {
        const error: ThermiaError | null =
          general ??
          (await failureOf(async () => {
            const brought = await fetchTopic(topic, reading);
            identity = { ...identity, ...brought.identity };
            fetched.push(brought);
          }));
        if (error === null) continue;
        failed.push({ topic, ok: false, error });
        const down = error.kind === 'service_down' && fetched.length === 0 && failed.length >= DOWN_AFTER;
        if (GENERAL.has(error.kind) || down) general = error;
      }
      if (general !== null && fetched.length === 0) throw general;
      // What one topic brings may say what a value of another means: a sensor, the limits of the target.
      const decoded = fetched.map((each) => decodeFetched(each, pump));
      return { at: clock.now(), identity, topics: [...decoded, ...again(fetched, pump), ...failed] };
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
          await fetchTopic(next, reading);
        }
      }
    },

    forget: (id) => pumps.get(id)?.forget(),
    reset: () => pumps.clear(),
  };
};

/** What the others need to be read well comes first. */
const rank = (topic: Topic): number => (topic === 'profile' ? 0 : topic === 'status' ? 1 : 2);
