import type { FastifyInstance } from 'fastify';
import { eventJson } from '../events.js';
import { countIn, queryOf, send, withPump, type ApiContext } from './context.js';
import { problem } from './problem.js';

export const registerEvents = (app: FastifyInstance, context: ApiContext): void => {
  app.get('/api/v1/installation/:id/events', { config: { endpoint: 'events' } }, (request, reply) =>
    withPump(context, request, reply, (pump) => {
      const query = queryOf(request);
      const take = countIn(query, 'take');
      const only = query.get('onlyactivealarms')?.toLowerCase() ?? 'false';
      if (take === null || !['true', 'false'].includes(only)) return problem(reply, 400);
      const { eventFlag } = context.behaviour();
      const events = pump.events.list(only === 'true', take ?? null);
      return send(
        reply,
        events.map((event) => eventJson(event, pump.zone, eventFlag)),
      );
    }),
  );

  app.get(
    '/api/v1/installation/:id/events/status',
    { config: { endpoint: 'events_status' } },
    (request, reply) => withPump(context, request, reply, (pump) => send(reply, pump.events.counters())),
  );
};
