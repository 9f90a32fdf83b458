import cors from '@fastify/cors';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { callWebApi } from '../app/web-api.js';
import type { AppHost } from '../app/host.js';
import type { Dispatch } from '../dispatch.js';
import { HomeyError, toWireError } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord } from '../json.js';
import type { Sessions } from '../sessions.js';
import type { ApiSpec } from '../spec.js';
import { parseQuery } from './query.js';

export interface HttpOptions {
  readonly host: Host;
  readonly spec: ApiSpec;
  readonly dispatch: Dispatch;
  readonly sessions: Sessions;
  readonly app: Pick<AppHost, 'call'>;
  readonly homeyId: string;
  readonly version: string;
  readonly pageDir: string | null;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];
const EXPOSED = ['X-Homey-ID', 'X-Homey-Version', 'X-Homey-Tier'];

const answer = (reply: FastifyReply, result: unknown): FastifyReply =>
  result === undefined ? reply.code(204).send() : reply.type('application/json').send(JSON.stringify(result));

const urlOf = (request: FastifyRequest): { path: string; query: Record<string, unknown> } => {
  const [path = '', search = ''] = request.url.split('?', 2);
  try {
    return { path: decodeURIComponent(path), query: parseQuery(search) };
  } catch {
    throw new HomeyError(400, 'Invalid URL');
  }
};

/** The Homey Web API over HTTP, open to pages of any origin: its token is what guards it. */
const api =
  (options: HttpOptions) =>
  async (scope: FastifyInstance): Promise<void> => {
    const { host, spec, dispatch, sessions } = options;
    await scope.register(cors, {
      origin: true,
      methods: METHODS,
      allowedHeaders: ['Authorization', 'Content-Type', 'X-Homey-ID'],
      exposedHeaders: EXPOSED,
    });
    scope.setErrorHandler((error, _request, reply) => {
      const wire = toWireError(error);
      const refusedByServer =
        isRecord(error) && typeof error['statusCode'] === 'number' ? error['statusCode'] : 500;
      return reply.code(error instanceof HomeyError ? error.statusCode : refusedByServer).send(wire);
    });
    scope.route({
      method: METHODS,
      url: '/manager/:manager/*',
      handler: async (request, reply) => {
        const { path, query } = urlOf(request);
        const [, , , manager = '', ...rest] = path.split('/');
        const call = spec.match(request.method, manager, rest.join('/'));
        if (call === null) throw new HomeyError(404, `Not Found: ${request.method} ${path}`);
        const body = isRecord(request.body) ? request.body : {};
        const root = Object.entries(call.spec.parameters).find(([, parameter]) => parameter.root === true);
        const args = { ...(root === undefined ? body : { [root[0]]: body }), ...query, ...call.path };
        const session = sessions.fromHeader(request.headers.authorization);
        return answer(reply, await dispatch(call.manager, call.operation, args, session));
      },
    });
    scope.route({
      method: METHODS,
      url: '/app/:app/*',
      handler: async (request, reply) => {
        const { path, query } = urlOf(request);
        const [, , , appId, ...rest] = path.split('/');
        if (appId !== host.app.manifest.id)
          throw new HomeyError(404, `Not Found: App with ID ${appId ?? ''}`);
        const session = sessions.fromHeader(request.headers.authorization);
        const { method } = request;
        return answer(
          reply,
          await callWebApi(host, options.app, {
            method,
            path: `/${rest.join('/')}`,
            query,
            body: request.body ?? {},
            isSignedIn: session !== null,
          }),
        );
      },
    });
  };

export const createHttpServer = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { host, pageDir } = options;
  const server = fastify({ forceCloseConnections: true, bodyLimit: 8 * 1024 * 1024 });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    // A reply can be awaited, and would then wait for its own end.
    void reply.headers({ 'X-Homey-ID': options.homeyId, 'X-Homey-Version': options.version });
    done();
  });
  await server.register(api(options), { prefix: '/api' });
  server.get<{ Params: { id: string } }>('/icon/:id/icon.svg', (request, reply) => {
    const file = host.icons.file(request.params.id);
    if (file === null) return reply.code(404).send({ error: 'Not Found' });
    return reply.type('image/svg+xml').send(createReadStream(file));
  });
  await server.register(fastifyStatic, {
    root: join(host.app.dir, 'assets'),
    prefix: `/app/${host.app.manifest.id}/assets/`,
    decorateReply: false,
  });
  for (const { id } of host.app.manifest.drivers) {
    await server.register(fastifyStatic, {
      root: join(host.app.dir, 'drivers', id),
      prefix: `/app/${host.app.manifest.id}/drivers/${id}/`,
      decorateReply: false,
      // Pair views are fragments that a page fetches and shows in a frame.
      allowedPath: (path) => /\.(svg|png|jpe?g)$|^\/(pair|repair|unpair)\/[\w-]+\.html$/.test(path),
    });
  }
  if (pageDir === null)
    server.get('/', () => 'A local Homey: a stand-in for development. Its Web API is at /api.');
  else await server.register(fastifyStatic, { root: pageDir, prefix: '/', decorateReply: false });
  return server;
};
