import { createEventLog, type EventLog } from './events.js';
import { createRecorder, type Recorder } from './history.js';
import { isObject, numberIn, textIn, type Json, type JsonObject } from './json.js';
import { controlsFrom, READINGS, readingOf } from './plant/bindings.js';
import { advancePlant, startPlant, type PlantControls, type PlantState } from './plant/physics.js';
import type { PumpData } from './pump-data.js';
import { createRegisterSet } from './register-set.js';
import { refusalOf, registerJson, type LiveRegister, type WriteRefusal } from './registers.js';
import { createSchedules, FUNCTIONS, type Schedules } from './schedules.js';
import { localHour, localStamp, utcStamp } from './wall-time.js';

export interface PumpDependencies {
  readonly now: () => number;
  /** Milliseconds until the next accepted write shows. */
  readonly writeLatency: () => number;
  /** A value was accepted, or arrived at the pump. */
  readonly onChange: () => void;
}

interface PendingWrite {
  readonly at: number;
  readonly registerId: number;
  readonly value: number;
}

/** What has to survive a restart: where the plant stood and what had been set. */
export interface PumpMemory {
  readonly plant: PlantState | null;
  /** Accepted, not shown yet. */
  readonly pending?: readonly PendingWrite[];
  /** Null: never written. */
  readonly heatingEffect: number | null;
  readonly values: Readonly<Record<string, number>>;
}

interface Connection {
  readonly at: number;
  readonly online: boolean;
}

export interface SimulatedPump {
  readonly id: number;
  readonly profileId: number | null;
  readonly zone: string;
  readonly events: EventLog;
  readonly schedules: Schedules;
  readonly history: Recorder;
  listItem(): JsonObject;
  detail(): JsonObject;
  status(): JsonObject;
  groups(): readonly JsonObject[];
  /** Registers of a group in any case of letters; null for a group that this pump does not have. */
  group(name: string): readonly JsonObject[] | null;
  registers(): readonly LiveRegister[];
  isOnline(): boolean;
  /** When the connection came and went, oldest first. */
  connections(): readonly Connection[];
  /** What the cloud says to a write; null: accepted, to show later or never. */
  write(registerId: number, value: number): WriteRefusal | null;
  /** As if turned on the pump itself: shows at once, whatever limits say. False for an unknown name. */
  set(name: string, value: number | null): boolean;
  /** Lets the plant move a register again that was held by `set`. */
  release(name: string): void;
  setOnline(online: boolean): void;
  addRegister(group: string, fields: JsonObject): void;
  removeRegister(name: string): boolean;
  removeGroup(name: string): boolean;
  /** Brings back what was removed under this name, register or group. */
  restore(name: string): boolean;
  memory(): PumpMemory;
}

/** The plant has been running for this long before anybody looks, so that there is a past to show. */
const PAST = 24 * 3_600_000;

/** Status fields that repeat a register. */
const REPEATED: Readonly<Record<string, string>> = {
  REG_OUTDOOR_TEMPERATURE: 'outdoorTemperature',
  REG_OPER_DATA_OUTDOOR_TEMP_MA_SA: 'outdoorTemperature',
  REG_HOT_WATER_TEMPERATURE: 'hotWaterTemperature',
};

const ids = (status: JsonObject, key: string): readonly number[] => {
  const list = status[key];
  return Array.isArray(list)
    ? (list as readonly Json[]).filter((id): id is number => typeof id === 'number')
    : [];
};

export const createPump = (
  data: PumpData,
  { now, writeLatency, onChange }: PumpDependencies,
  memory: PumpMemory | null = null,
): SimulatedPump => {
  const { zone, plant: spec } = data;
  const history = createRecorder();
  const events = createEventLog(data.events, now);
  const schedules = createSchedules(data.scheduleFunctions, zone);
  let connections: readonly Connection[] = [];
  const registers = createRegisterSet(data);
  const repeated = new Map<string, number>();
  const targetIds = ids(data.status, 'heatingEffectRegisters');
  const reducedIds = ids(data.status, 'reducedHeatingEffectRegisters');
  let writtenEffect = memory?.heatingEffect ?? null;
  let heatingEffect = writtenEffect ?? numberIn(data.status, 'heatingEffect');
  let writtenReduced: number | null = null;
  let online = data.installation['isOnline'] !== false;
  let onlineChanged = false;
  let lastContact = now();
  let pending: readonly PendingWrite[] = memory?.pending ?? [];

  const put = (register: LiveRegister, value: number | null, at: number): void => {
    if (register.value === value && register.changedAt !== null) return;
    register.value = value;
    register.changedAt = at;
    if (value === null) return;
    if (register.id !== null) history.record(register.id, at, value);
    const key = REPEATED[register.name];
    if (key !== undefined) repeated.set(key, value);
  };

  /** Registers do not all change in the same instant: each has its own second within the minute before. */
  const show = (plant: PlantState): void => {
    if (spec === null) return;
    for (const register of registers.all()) {
      if (register.held) continue;
      const value = readingOf(register, plant, spec);
      if (value !== undefined) put(register, value, plant.at - (((register.id ?? 0) * 7919) % 60_000));
    }
    if (spec.room) repeated.set('indoorTemperature', Math.round(plant.room * 10) / 10);
  };

  const hourOf = (at: number): number => localHour(at, zone);
  const begin = now() - PAST;
  let plant = spec === null ? null : (memory?.plant ?? startPlant(spec, begin, hourOf(begin)));
  for (const register of registers.all()) {
    const kept = memory?.values[register.name];
    if (kept !== undefined) put(register, kept, begin);
    else if (
      spec !== null &&
      plant !== null &&
      register.value !== null &&
      readingOf(register, plant, spec) === undefined
    ) {
      put(register, register.value, begin - ((register.id ?? 0) % 977) * 86_400_000);
    }
  }

  const apply = (registerId: number, value: number, at: number): void => {
    if (targetIds.includes(registerId)) writtenEffect = heatingEffect = value;
    if (reducedIds.includes(registerId)) writtenReduced = value;
    for (const register of registers.all().filter(({ id }) => id === registerId)) {
      put(register, value, at);
      const change = READINGS[register.name]?.put;
      if (plant !== null && change !== undefined) plant = change(plant, value);
    }
  };

  const runTo = (at: number): void => {
    if (spec === null || plant === null || !online) return;
    const set = controlsFrom(registers.all(), heatingEffect);
    const scheduled = (moment: number): PlantControls => ({
      ...set,
      hotWater: set.hotWater && schedules.running(FUNCTIONS.hotWaterBlock, moment) === undefined,
      heatingEffect: schedules.running(FUNCTIONS.reducedHeating, moment)?.value ?? set.heatingEffect,
    });
    const none = schedules.list().length === 0;
    plant = advancePlant(spec, plant, none ? () => set : scheduled, hourOf, at, show);
    lastContact = Math.max(lastContact, Math.min(at, plant.at));
  };

  const settle = (): void => {
    const at = now();
    const due = pending.filter((write) => write.at <= at).sort((a, b) => a.at - b.at);
    pending = pending.filter((write) => write.at > at);
    for (const write of due) {
      if (!online) continue;
      runTo(write.at);
      apply(write.registerId, write.value, write.at);
    }
    runTo(at);
    if (due.length > 0) onChange();
  };

  const contact = (spell: (at: number) => string, captured: JsonObject): JsonObject => {
    if (spec === null && !onlineChanged) return {};
    const given = textIn(captured, 'lastOnline');
    return {
      isOnline: online,
      lastOnline: spec === null && given !== null ? given : spell(lastContact - 593),
    };
  };

  const counters = (captured: JsonObject): JsonObject => {
    const base = captured['status'];
    const live = events.counters();
    if (!isObject(base)) return live.activeAlarms === 0 ? {} : { status: live };
    const sums = Object.entries(live).map(
      ([key, count]) => [key, (numberIn(base, key) ?? 0) + count] as const,
    );
    return { status: { ...base, ...Object.fromEntries(sums) } };
  };

  if (plant !== null) show(plant);
  settle();

  return {
    id: data.id,
    profileId: numberIn(data.detail, 'installationProfileId'),
    zone,
    events,
    schedules,
    history,
    listItem: () => {
      settle();
      return {
        ...data.installation,
        ...contact(utcStamp, data.installation),
        ...counters(data.installation),
      };
    },
    detail: () => {
      settle();
      const spell = (at: number): string => localStamp(at, zone);
      return { ...data.detail, ...contact(spell, data.detail), ...counters(data.detail) };
    },
    status: () => {
      settle();
      return {
        ...data.status,
        ...Object.fromEntries(repeated),
        ...(writtenEffect === null ? {} : { heatingEffect: writtenEffect }),
        ...(writtenReduced === null ? {} : { reducedHeatingEffect: writtenReduced }),
      };
    },
    groups: () => registers.groups(),
    group: (name) => {
      settle();
      const wanted = name.toLowerCase();
      const known = registers.groups().some((group) => textIn(group, 'name')?.toLowerCase() === wanted);
      const inside = registers.all().filter((register) => register.group.toLowerCase() === wanted);
      if (!known && inside.length === 0) return null;
      const computedAt = spec === null ? null : now();
      return inside.map((register) => registerJson(register, zone, computedAt));
    },
    registers: () => {
      settle();
      return registers.all();
    },
    isOnline: () => online,
    connections: () => connections,
    write: (registerId, value) => {
      settle();
      const register = registers.all().find(({ id }) => id === registerId);
      const target = targetIds.includes(registerId) || reducedIds.includes(registerId);
      if (register === undefined) {
        if (!target) return 'unknown';
        if (!Number.isInteger(value)) return 'not_a_value';
        if (value < 10 || value > 30) return 'out_of_range';
      } else {
        const refused = refusalOf(register, value, target);
        if (refused !== null) return refused;
      }
      pending = [...pending, { at: now() + writeLatency(), registerId, value }];
      onChange();
      return null;
    },
    set: (name, value) => {
      settle();
      const chosen = registers.named(name);
      for (const register of chosen) {
        if (register.id !== null && value !== null) apply(register.id, value, now());
        put(register, value, now());
        const moved = spec !== null && plant !== null && readingOf(register, plant, spec) !== undefined;
        register.held = moved && (value === null || READINGS[register.name]?.put === undefined);
      }
      onChange();
      return chosen.length > 0;
    },
    release: (name) => {
      for (const register of registers.named(name)) register.held = false;
    },
    setOnline: (value) => {
      settle();
      online = value;
      connections = [...connections, { at: now(), online: value }];
      onlineChanged = true;
      if (value) settle();
    },
    addRegister: registers.add,
    removeRegister: registers.remove,
    removeGroup: registers.removeGroup,
    restore: registers.restore,
    memory: () => ({
      plant,
      pending,
      heatingEffect: writtenEffect,
      values: Object.fromEntries(
        registers
          .all()
          .flatMap(({ name, value, changedAt, fields }) =>
            value !== null && changedAt !== null && fields['isReadOnly'] !== true ? [[name, value]] : [],
          ),
      ),
    }),
  };
};
