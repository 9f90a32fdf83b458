import { readAs, readJson } from '../answer.js';
import type { ApiClient } from '../client.js';
import { scheduleSchema } from '../schemas.js';
import { formatStamp } from '../timestamps.js';
import type { Schedule } from '../wire.js';

/** What a schedule may do; which of them a pump supports is not known before it is tried. */
const SCHEDULE_FUNCTIONS = {
  reduced_heating: 15001,
  hot_water_block: 15002,
  silent_mode: 15003,
  utility_block: 15004,
} as const;
type ScheduleFunction = keyof typeof SCHEDULE_FUNCTIONS;

interface NewSchedule {
  readonly does: ScheduleFunction;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** For `reduced_heating`: the target, °C. */
  readonly value?: number;
  readonly timeZone: string;
}

export interface SchedulesApi {
  schedules(id: string, signal: AbortSignal): Promise<Schedule[]>;
  /** Not tried again: no answer does not mean that it was not made. */
  createSchedule(id: string, schedule: NewSchedule, signal: AbortSignal): Promise<Schedule>;
  deleteSchedule(id: string, scheduleId: number, signal: AbortSignal): Promise<void>;
}

export const createSchedulesApi = (client: ApiClient): SchedulesApi => ({
  schedules: (id, signal) =>
    client.getAll({ endpoint: 'schedules', path: `installations/${id}/schedules` }, scheduleSchema, signal),
  createSchedule: async (id, { does, start, end, value, timeZone }, signal) => {
    const endpoint = 'create schedule';
    const answer = await client.send(
      {
        endpoint,
        method: 'POST',
        path: `installations/${id}/schedules`,
        body: {
          installationId: Number(id),
          functionId: SCHEDULE_FUNCTIONS[does],
          start: formatStamp(start, timeZone),
          end: formatStamp(end, timeZone),
          recurringType: 0,
          recurringOccurrence: 1,
          ...(value === undefined ? {} : { value }),
        },
      },
      signal,
    );
    return readAs(scheduleSchema, readJson(answer, endpoint, client.now()), endpoint);
  },
  deleteSchedule: async (id, scheduleId, signal) => {
    await client.send(
      { endpoint: 'delete schedule', method: 'DELETE', path: `installations/${id}/schedules/${scheduleId}` },
      signal,
    );
  },
});
