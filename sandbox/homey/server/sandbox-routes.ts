import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppLog } from '../app/log.js';
import type { FlowEngine } from '../flow/engine.js';

export interface SandboxRoutes {
  readonly log: AppLog;
  readonly engine: Pick<FlowEngine, 'runs' | 'onRun' | 'onFired'>;
  readonly hello: () => Readonly<Record<string, unknown>>;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const SAME = new Set(['same-origin', 'none']);

/**
 * The token is told to the page that this server serves and to nobody else: not to a page of another origin, and not to
 * one that reached this machine under a name of its own.
 */
const guard = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
  const site = request.headers['sec-fetch-site'];
  const isOwn = LOOPBACK.test(request.headers.host ?? '') && (site === undefined || SAME.has(site));
  if (isOwn) done();
  else void reply.code(403).send({ error: 'Forbidden' });
};

/** What the sandbox's own page needs beyond the Web API; a real Homey has nothing like it. */
export const registerSandboxRoutes = (
  server: FastifyInstance,
  { log, engine, hello }: SandboxRoutes,
): void => {
  const options = { onRequest: guard };
  server.get('/__sandbox/hello', options, () => hello());
  server.get('/__sandbox/log', options, () => log.lines());
  server.get('/__sandbox/runs', options, () => engine.runs());
  server.get('/__sandbox/events', options, (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    // A page that connects should know so before the first thing happens.
    reply.raw.flushHeaders();
    const send = (event: string, data: unknown): void =>
      void reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const ends = [
      log.follow((line) => send('log', line)),
      engine.onRun((run) => send('flow', run)),
      engine.onFired((fired) => send('trigger', fired)),
    ];
    request.raw.once('close', () => {
      for (const end of ends) end();
    });
  });
};
