import type * as z from 'zod';
import type { ApiClient } from '../client.js';
import { eventCountersSchema, eventSchema } from '../schemas.js';
import { parseStamp } from '../timestamps.js';
import type { EventCounters, InstallationEvent } from '../wire.js';

export interface EventsApi {
  /** Newest first. */
  events(
    id: string,
    options: { readonly onlyActive: boolean; readonly take?: number; readonly timeZone: string | null },
    signal: AbortSignal,
  ): Promise<InstallationEvent[]>;
  counters(id: string, signal: AbortSignal): Promise<EventCounters>;
}

/** Severities that are no alarm, whatever else the event says; others are, as nobody knows all their names. */
const NO_ALARM = /info|warn|notice|message/i;

const isActiveAlarm = ({
  isActiveAlarm: told,
  clearedWhen,
  severity,
}: z.output<typeof eventSchema>): boolean => (told ?? clearedWhen === null) && !NO_ALARM.test(severity ?? '');

export const createEventsApi = (client: ApiClient): EventsApi => ({
  events: async (id, { onlyActive, take, timeZone }, signal) => {
    const events = await client.getAll(
      {
        endpoint: 'events',
        path: `installation/${id}/events`,
        query: {
          onlyActiveAlarms: String(onlyActive),
          ...(take === undefined ? {} : { take: String(take) }),
        },
      },
      eventSchema,
      signal,
    );
    return events
      .map((event) => ({
        ...event,
        occurredAt: parseStamp(event.occurredWhen, timeZone),
        clearedAt: parseStamp(event.clearedWhen, timeZone),
      }))
      .filter((event) => !onlyActive || isActiveAlarm(event))
      .sort((one, other) => (other.occurredAt ?? 0) - (one.occurredAt ?? 0));
  },
  counters: (id, signal) =>
    client.get(
      { endpoint: 'event counters', path: `installation/${id}/events/status` },
      eventCountersSchema,
      signal,
    ),
});
