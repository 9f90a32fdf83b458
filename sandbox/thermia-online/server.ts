import Fastify, { type FastifyInstance } from 'fastify';
import type { ApiContext } from './api/context.js';
import { registerAccount } from './api/account.js';
import { registerEvents } from './api/events.js';
import { registerHistory } from './api/history.js';
import { registerInstallations } from './api/installations.js';
import { problem } from './api/problem.js';
import { registerRegisters } from './api/registers.js';
import type { Control } from './control.js';
import { registerControl } from './control-routes.js';
import { registerMisbehaviour } from './misbehave.js';
import type { Service } from './service.js';
import { registerSignIn } from './sign-in/routes.js';

export interface ServerDependencies {
  readonly service: Service;
  readonly control: Control;
  readonly origin: () => string;
  readonly delay: (ms: number) => Promise<void>;
}

/** The service over HTTP: sign-in, configuration, and the API behind a bearer token. Not listening yet. */
export const createServer = async ({
  service,
  control,
  origin,
  delay,
}: ServerDependencies): Promise<FastifyInstance> => {
  const { now, random, behaviour, policy, counters, accounts, tokens, transactions, faults, pumpsOf } =
    service;
  const app = Fastify({
    bodyLimit: 65_536,
    forceCloseConnections: true,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 500 },
  });

  registerMisbehaviour(app, {
    faults,
    behaviour: () => behaviour,
    now,
    random,
    delay,
    count: (endpoint) => {
      counters.requests[endpoint] = (counters.requests[endpoint] ?? 0) + 1;
    },
  });

  app.setNotFoundHandler((_request, reply) => problem(reply, 404));
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    return problem(reply, Number.isInteger(status) && status >= 400 ? status : 500);
  });

  app.get('/api/configuration', { config: { endpoint: 'configuration' } }, (_request, reply) =>
    reply.code(200).send({
      apiBaseUrl: behaviour.apiBaseUrl ?? origin(),
      authApiBaseUrl: 'https://thermia-auth-api.azurewebsites.net',
      environment: 'sandbox',
      features: { history: true, schedules: true },
    }),
  );

  await app.register(async (login) => {
    await registerSignIn(login, {
      now,
      policy: () => policy,
      behaviour: () => behaviour,
      accounts,
      tokens,
      transactions,
      counters: () => counters,
      persist: service.persist,
    });
  });

  await app.register((scope) => registerControl(scope, control));

  const context: ApiContext = {
    now,
    behaviour: () => behaviour,
    counters: () => counters,
    hasConsented: () => !policy.consentNeeded,
    bearer: (token) => tokens.bearer(token),
    pumpsOf,
  };

  await app.register((api, _options, done) => {
    api.decorateRequest('username', '');
    api.removeContentTypeParser('application/json');
    api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => {
      try {
        parsed(null, body === '' ? undefined : JSON.parse(String(body)));
      } catch (error) {
        parsed(Object.assign(error instanceof Error ? error : new Error('not JSON'), { statusCode: 400 }));
      }
    });
    api.addHook('onRequest', async (request, reply) => {
      const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const username = token === undefined ? null : context.bearer(token);
      if (username !== null) {
        request.username = username;
        return;
      }
      const hint = token === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
      await reply.code(401).header('www-authenticate', hint).send();
    });
    registerInstallations(api, context);
    registerRegisters(api, context);
    registerEvents(api, context);
    registerHistory(api, context);
    registerAccount(api, context);
    done();
  });

  return app;
};
