import type { JsonObject } from './json.js';
import type { PastEvent } from './pump-data.js';
import { localStamp } from './wall-time.js';

export type EventFlag = 'isActiveAlarm' | 'isActive' | 'none';

export interface PumpEvent {
  readonly id: number;
  readonly title: string;
  readonly severity: string;
  readonly occurredAt: number;
  clearedAt: number | null;
}

export interface EventLog {
  raise(title: string, severity: string): number;
  /** Clears one event, or all that are active; answers how many. */
  clear(id?: number): number;
  list(onlyActive: boolean, take: number | null): readonly PumpEvent[];
  counters(): Record<
    'activeAlarms' | 'activeCriticalAlarms' | 'unreadErrors' | 'unreadInfo' | 'unreadWarnings',
    number
  >;
}

const isAlarm = ({ severity }: PumpEvent): boolean => /^(?:critical|error|alarm)$/i.test(severity);

export const createEventLog = (past: readonly PastEvent[], now: () => number): EventLog => {
  const startedAt = now();
  const hour = 3_600_000;
  const events: PumpEvent[] = past.map((event, index) => ({
    id: index + 1,
    title: event.title,
    severity: event.severity,
    occurredAt: startedAt - event.hoursAgo * hour,
    clearedAt: event.clearedHoursAgo === null ? null : startedAt - event.clearedHoursAgo * hour,
  }));
  let nextId = events.length + 1;
  const active = (): PumpEvent[] => events.filter((event) => event.clearedAt === null);
  const unread = (severity: RegExp): number =>
    Math.min(20, events.filter((event) => severity.test(event.severity)).length);
  return {
    raise: (title, severity) => {
      const id = nextId++;
      events.push({ id, title, severity, occurredAt: now(), clearedAt: null });
      return id;
    },
    clear: (id) => {
      const ended = active().filter((event) => id === undefined || event.id === id);
      for (const event of ended) event.clearedAt = now();
      return ended.length;
    },
    list: (onlyActive, take) => {
      const chosen = (onlyActive ? active().filter(isAlarm) : [...events]).sort(
        (a, b) => b.occurredAt - a.occurredAt,
      );
      return take === null ? chosen : chosen.slice(0, take);
    },
    counters: () => ({
      activeAlarms: active().filter(isAlarm).length,
      activeCriticalAlarms: active().filter(({ severity }) => /^critical$/i.test(severity)).length,
      unreadErrors: unread(/^(?:critical|error|alarm)$/i),
      unreadInfo: unread(/^info/i),
      unreadWarnings: unread(/^warning$/i),
    }),
  };
};

export const eventJson = (event: PumpEvent, zone: string, flag: EventFlag): JsonObject => ({
  eventTitle: event.title,
  severity: event.severity,
  ...(flag === 'none' ? {} : { [flag]: event.clearedAt === null && isAlarm(event) }),
  occurredWhen: localStamp(event.occurredAt, zone),
  clearedWhen: event.clearedAt === null ? null : localStamp(event.clearedAt, zone),
});
