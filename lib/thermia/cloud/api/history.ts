import * as z from 'zod';
import type { ApiClient } from '../client.js';
import {
  connectionHistoryItemSchema,
  historyPointSchema,
  historyRegisterSchema,
  historySeriesSchema,
} from '../schemas.js';
import { formatStamp, parseStamp } from '../timestamps.js';
import type { HistoryRegister } from '../wire.js';

/** `minute` gives the points of change; the others are aggregates. */
type Resolution = 'minute' | 'hour' | 'day' | 'month';

/** Milliseconds since 1970, and the zone of the installation, in which the service counts. */
interface Period {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
}

interface HistoryPoint {
  readonly at: number;
  readonly value: number;
}

export interface HistoryApi {
  registers(id: string, signal: AbortSignal): Promise<HistoryRegister[]>;
  /** All points of the period, oldest first, however many answers they take. */
  series(
    id: string,
    registerId: number,
    resolution: Resolution,
    period: Period,
    signal: AbortSignal,
  ): Promise<HistoryPoint[]>;
  /** Years there are data of. */
  years(id: string, signal: AbortSignal): Promise<number[]>;
  /** When the pump was connected; nobody has described these items yet. */
  connections(id: string, period: Period, signal: AbortSignal): Promise<Record<string, unknown>[]>;
}

const MOST_ANSWERS = 100;

const registersSchema = z.union([
  z.array(z.unknown()),
  z.object({ registers: z.array(z.unknown()) }).transform(({ registers }) => registers),
]);

const periodQuery = ({ from, to, timeZone }: Period): Record<string, string> => ({
  periodStart: formatStamp(from, timeZone),
  periodEnd: formatStamp(to, timeZone),
});

export const createHistoryApi = (client: ApiClient): HistoryApi => ({
  registers: async (id, signal) => {
    const endpoint = 'history registers';
    const found = await client.get(
      { endpoint, path: `DataHistory/installation/${id}` },
      registersSchema,
      signal,
    );
    return client.items(endpoint, found, historyRegisterSchema);
  },
  series: async (id, registerId, resolution, period, signal) => {
    const endpoint = 'history series';
    const points = new Map<number, number>();
    let { from } = period;
    for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
      const { data, hasMore } = await client.get(
        {
          endpoint,
          path: `datahistory/installation/${id}/register/${registerId}/${resolution}`,
          query: periodQuery({ ...period, from }),
        },
        historySeriesSchema,
        signal,
      );
      let last = from;
      for (const { at: text, val } of client.items(endpoint, data, historyPointSchema)) {
        const at = parseStamp(text, period.timeZone);
        if (at === null) continue;
        points.set(at, val);
        last = Math.max(last, at);
      }
      // There is no page number: the window goes on from the last point, whole seconds as the service takes them.
      const next = Math.max(Math.floor(last / 1000) * 1000, from);
      if (hasMore !== true || next <= from || next >= period.to) break;
      from = next;
    }
    return [...points].map(([at, value]) => ({ at, value })).sort((one, other) => one.at - other.at);
  },
  years: (id, signal) =>
    client.getAll(
      { endpoint: 'history years', path: `DataHistory/Download/installation/${id}/yearsAvailable` },
      z.number(),
      signal,
    ),
  connections: (id, period, signal) =>
    client.getAll(
      {
        endpoint: 'connection history',
        path: `connectionHistory/installation/${id}`,
        query: periodQuery(period),
      },
      connectionHistoryItemSchema,
      signal,
    ),
});
