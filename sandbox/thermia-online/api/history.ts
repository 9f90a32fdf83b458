import type { FastifyInstance } from 'fastify';
import { aggregate, type Point } from '../history.js';
import type { SimulatedPump } from '../pump.js';
import { localStamp, parseStamp } from '../wall-time.js';
import { queryOf, send, withPump, type ApiContext } from './context.js';
import { problem } from './problem.js';

const DAY = 86_400_000;

/** The asked period; null when it cannot be read. Without limits: the last day. */
const periodOf = (
  query: URLSearchParams,
  pump: SimulatedPump,
  now: number,
): { from: number; to: number } | null => {
  const [start, end] = ['periodstart', 'periodend'].map((key) => query.get(key));
  const to = end === null || end === undefined ? now : parseStamp(end, pump.zone);
  if (to === null) return null;
  const from = start === null || start === undefined ? to - DAY : parseStamp(start, pump.zone);
  return from === null || from > to ? null : { from, to };
};

const RESOLUTIONS = ['minute', 'hour', 'day', 'month'] as const;

/** Start of the hour, day or month that a moment lies in, by the wall clock of the installation. */
const startOf =
  (resolution: (typeof RESOLUTIONS)[number], zone: string) =>
  (at: number): number => {
    const stamp = localStamp(at, zone);
    const cut = { minute: 19, hour: 13, day: 10, month: 7 }[resolution];
    const start = `${stamp.slice(0, cut)}${'0000-01-01T00:00:00'.slice(cut)}`;
    return parseStamp(start, zone) ?? at;
  };

/** Longer than any such stretch and shorter than two. */
const STRIDE = { minute: 1, hour: DAY / 24, day: 1.25 * DAY, month: 32 * DAY };

export const registerHistory = (app: FastifyInstance, context: ApiContext): void => {
  const { now, behaviour } = context;

  app.get('/api/v1/DataHistory/installation/:id', { config: { endpoint: 'history' } }, (request, reply) =>
    withPump(context, request, reply, (pump) => {
      if (periodOf(queryOf(request), pump, now()) === null) return problem(reply, 400);
      const registers = pump
        .registers()
        .filter(({ fields }) => fields['canBeShownInHistory'] === true)
        .map(({ group, name, id, fields }) => ({
          groupNames: [group],
          registerName: name,
          registerId: id,
          disabledRegisterValue: null,
          registerVisibilityCondition: null,
          exclusiveVisibilityCondition: null,
          isComputed: fields['isComputedRegister'] ?? false,
        }));
      return send(reply, behaviour().historyShape === 'array' ? registers : { registers });
    }),
  );

  app.get(
    '/api/v1/datahistory/installation/:id/register/:registerId/:resolution',
    { config: { endpoint: 'series' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        const params = request.params as { registerId: string; resolution: string };
        const resolution = RESOLUTIONS.find((one) => one === params.resolution.toLowerCase());
        const period = periodOf(queryOf(request), pump, now());
        const register = pump.registers().find(({ id }) => String(id) === params.registerId);
        if (resolution === undefined || period === null) return problem(reply, 400);
        if (register?.id === undefined || register.id === null) return problem(reply, 404);
        const { from, to } = period;
        const begin = startOf(resolution, pump.zone);
        const all: readonly Point[] =
          resolution === 'minute'
            ? pump.history.points(register.id, from, to)
            : aggregate(pump.history.points(register.id, from, to), from, to, begin, (start) =>
                begin(start + STRIDE[resolution]),
              );
        const { historyPage } = behaviour();
        const data = all.slice(0, historyPage);
        return send(reply, {
          resolution,
          groupNames: [register.group],
          count: data.length,
          hasMore: all.length > data.length,
          data: data.map(([at, val]) => ({ at: localStamp(at, pump.zone), val })),
        });
      }),
  );

  app.get(
    '/api/v1/DataHistory/Download/installation/:id/yearsAvailable',
    { config: { endpoint: 'years' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        pump.registers();
        return send(
          reply,
          pump.history.years(now(), (at) => Number(localStamp(at, pump.zone).slice(0, 4))),
        );
      }),
  );

  app.get(
    '/api/v1/connectionHistory/installation/:id',
    { config: { endpoint: 'connection_history' } },
    (request, reply) =>
      withPump(context, request, reply, (pump) => {
        const period = periodOf(queryOf(request), pump, now());
        if (period === null) return problem(reply, 400);
        return send(
          reply,
          pump
            .connections()
            .filter(({ at }) => at >= period.from && at <= period.to)
            .map(({ at, online }) => ({ at: localStamp(at, pump.zone), isOnline: online })),
        );
      }),
  );
};
