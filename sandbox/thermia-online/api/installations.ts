import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.js';
import { GONE, problem } from './problem.js';
import { countIn, queryOf, send, withPump, type ApiContext } from './context.js';

const ghost = (index: number): JsonObject => ({
  id: 1_900_001 + index,
  name: null,
  deviceId: 0,
  isOnline: false,
  lastOnline: null,
  profile: { id: 1001, icon: 1, name: null, thermiaName: null },
  status: { activeAlarms: 0, activeCriticalAlarms: 0, unreadErrors: 0, unreadInfo: 0, unreadWarnings: 0 },
});

export const registerInstallations = (app: FastifyInstance, context: ApiContext): void => {
  const { behaviour, pumpsOf } = context;

  app.get('/api/v1/installationsInfo', { config: { endpoint: 'installations' } }, (request, reply) => {
    const query = queryOf(request);
    const offset = countIn(query, 'offset');
    const limit = countIn(query, 'limit');
    if (offset === null || limit === null) return problem(reply, 400);
    const { ghosts, listShape } = behaviour();
    const all = [
      ...pumpsOf(request.username).map((pump) => pump.listItem()),
      ...Array.from({ length: ghosts }, (_, index) => ghost(index)),
    ];
    if (listShape === 'array') return send(reply, all);
    const start = offset ?? 0;
    return send(reply, {
      totalCount: all.length,
      items: all.slice(start, limit === undefined ? undefined : start + limit),
    });
  });

  app.get('/api/v1/InstallationsInfo/own', { config: { endpoint: 'installations_own' } }, (request, reply) =>
    behaviour().ownList
      ? send(
          reply,
          pumpsOf(request.username).map((pump) => pump.listItem()),
        )
      : reply.code(404).type('text/plain').send(GONE),
  );

  app.get('/api/v1/installations/:id', { config: { endpoint: 'installation' } }, (request, reply) =>
    withPump(context, request, reply, (pump) => send(reply, pump.detail())),
  );

  app.get('/api/v1/installationstatus/:id/status', { config: { endpoint: 'status' } }, (request, reply) =>
    withPump(context, request, reply, (pump) => send(reply, pump.status())),
  );

  app.get(
    '/api/v1/installationstatus/:id/isonline',
    { config: { endpoint: 'is_online' } },
    (request, reply) => withPump(context, request, reply, (pump) => send(reply, pump.isOnline())),
  );

  app.get(
    '/api/v1/installationprofiles/:profileId/groups',
    { config: { endpoint: 'groups' } },
    (request, reply) => {
      const { profileId } = request.params as { profileId: string };
      const pump = pumpsOf(request.username).find((one) => String(one.profileId) === profileId);
      return pump === undefined ? problem(reply, 404) : send(reply, pump.groups());
    },
  );
};
