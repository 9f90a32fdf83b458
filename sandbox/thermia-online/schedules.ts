import type { JsonObject } from './json.js';
import { parseStamp } from './wall-time.js';

/** Functions that a schedule can ask for. */
export const FUNCTIONS = {
  reducedHeating: 15001,
  hotWaterBlock: 15002,
  silent: 15003,
  utilityBlock: 15004,
} as const;

export interface Schedule {
  readonly id: number;
  readonly functionId: number;
  /** As sent: wall clock of the installation. */
  readonly start: string;
  readonly end: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly recurringType: number;
  readonly recurringOccurrence: number;
  readonly value: number | null;
}

export interface Schedules {
  list(): readonly Schedule[];
  /** Null: not a schedule that this pump takes. */
  create(body: JsonObject): Schedule | null;
  remove(id: number): boolean;
  /** The schedule of this function that runs at this moment. */
  running(functionId: number, at: number): Schedule | undefined;
}

const whole = (value: unknown, fallback: number): number | null => {
  if (value === undefined || value === null) return fallback;
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
};

export const createSchedules = (functions: readonly number[], zone: string): Schedules => {
  let schedules: readonly Schedule[] = [];
  let nextId = 70_001;
  return {
    list: () => schedules,
    create: (body) => {
      const { functionId, start, end, value } = body;
      if (typeof functionId !== 'number' || !functions.includes(functionId)) return null;
      if (typeof start !== 'string' || typeof end !== 'string') return null;
      const startAt = parseStamp(start, zone);
      const endAt = parseStamp(end, zone);
      const recurringType = whole(body['recurringType'], 0);
      const recurringOccurrence = whole(body['recurringOccurrence'], 1);
      if (startAt === null || endAt === null || endAt <= startAt) return null;
      if (recurringType === null || recurringOccurrence === null) return null;
      if (value !== undefined && value !== null && typeof value !== 'number') return null;
      const schedule: Schedule = {
        id: nextId++,
        functionId,
        start,
        end,
        startAt,
        endAt,
        recurringType,
        recurringOccurrence,
        value: value ?? null,
      };
      schedules = [...schedules, schedule];
      return schedule;
    },
    remove: (id) => {
      const left = schedules.filter((schedule) => schedule.id !== id);
      const found = left.length < schedules.length;
      schedules = left;
      return found;
    },
    running: (functionId, at) =>
      schedules.find((one) => one.functionId === functionId && one.startAt <= at && at < one.endAt),
  };
};

export const scheduleJson = (schedule: Schedule, installationId: number, now: number): JsonObject => ({
  id: schedule.id,
  installationId,
  functionId: schedule.functionId,
  start: schedule.start,
  end: schedule.end,
  recurringType: schedule.recurringType,
  recurringOccurrence: schedule.recurringOccurrence,
  ...(schedule.value === null ? {} : { value: schedule.value }),
  isRunning: schedule.startAt <= now && now < schedule.endAt,
  isFaulty: false,
  isPaused: false,
});
