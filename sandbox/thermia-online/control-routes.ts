import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { UnknownError, type Control } from './control.js';
import { FAULT_KINDS } from './faults.js';
import type { Json } from './json.js';
import { PAGE_SHAPES } from './sign-in/pages.js';

/**
 * The simulator's other side over HTTP, for the sandbox and its page. JSON in and out; 400 for a body that is not
 * understood, 404 for what is not there. Answers only to this machine; browsers only from pages of this machine.
 *
 *   GET    /__sandbox/state                                  counters, policy, behaviour, faults
 *   GET    /__sandbox/pumps                                  all pumps with all registers
 *   GET    /__sandbox/pumps/:id
 *   GET    /__sandbox/pumps/:id/registers/:name              {value}
 *   PUT    /__sandbox/pumps/:id/registers/:name              {value}: as if turned on the pump itself
 *   POST   /__sandbox/pumps/:id/registers                    {group, name, value, fields?}
 *   DELETE /__sandbox/pumps/:id/registers/:name
 *   POST   /__sandbox/pumps/:id/registers/:name/release      a held sensor moves again
 *   DELETE /__sandbox/pumps/:id/groups/:name
 *   POST   /__sandbox/pumps/:id/restore                      {name} of a removed register or group
 *   PUT    /__sandbox/pumps/:id/online                       {online}
 *   PUT    /__sandbox/pumps/:id/listed                       {listed}: whether the account has it
 *   POST   /__sandbox/pumps/:id/alarms                       {title, severity?} → {id}
 *   DELETE /__sandbox/pumps/:id/alarms[/:alarm]              clears
 *   GET    /__sandbox/counters      DELETE resets
 *   PUT    /__sandbox/policy                                 part of the session policy
 *   PUT    /__sandbox/behaviour                              part of the behaviour: latency, page shape, list shape …
 *   POST   /__sandbox/session/revoke-refresh-tokens
 *   POST   /__sandbox/session/expire-access-tokens
 *   POST   /__sandbox/session/change-password                {password, username?}
 *   POST   /__sandbox/session/demand-consent                 {needed}
 *   POST   /__sandbox/session/lock                           {forMs?, username?}
 *   POST   /__sandbox/session/unlock                         {username?}
 *   GET    /__sandbox/faults        POST adds a fault → {id}        DELETE [/:id] ends one or all
 */

const LOOPBACK = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

const json: z.ZodType<Json> = z.json();
const fields = z.record(z.string(), json);
const username = z.string().optional();
const ms = z.number().min(0);

const BODY = {
  value: z.strictObject({ value: z.number().nullable() }),
  register: z.strictObject({
    group: z.string().min(1),
    name: z.string().min(1),
    value: z.number().nullable(),
    fields: fields.optional(),
  }),
  name: z.strictObject({ name: z.string().min(1) }),
  online: z.strictObject({ online: z.boolean() }),
  listed: z.strictObject({ listed: z.boolean() }),
  alarm: z.strictObject({ title: z.string().min(1), severity: z.string().min(1).optional() }),
  password: z.strictObject({ password: z.string().min(1), username }),
  consent: z.strictObject({ needed: z.boolean() }),
  lock: z.strictObject({ forMs: ms.optional(), username }).default({}),
  unlock: z.strictObject({ username }).default({}),
  policy: z
    .strictObject({
      accessTokenLifeS: z.number().int().positive(),
      refreshReuse: z.enum(['lenient', 'strict']),
      absoluteLifeMs: ms.nullable(),
      slidingLifeMs: ms,
      codeLifeMs: ms,
      pageLifeMs: ms,
      consentNeeded: z.boolean(),
      lockAfter: z.number().int().positive(),
      lockForMs: ms,
      rotate: z.boolean(),
      sayRefreshLife: z.boolean(),
      numbersAsStrings: z.enum(['never', 'sometimes', 'always']),
    })
    .partial(),
  behaviour: z
    .strictObject({
      writeLatencyMs: ms,
      latencyMs: ms,
      loginPage: z.enum(PAGE_SHAPES),
      listShape: z.enum(['paged', 'array']),
      ghosts: z.number().int().min(0).max(100),
      unknownGroup: z.enum(['empty', '404']),
      ownList: z.boolean(),
      eventFlag: z.enum(['isActiveAlarm', 'isActive', 'none']),
      historyShape: z.enum(['object', 'array']),
      historyPage: z.number().int().positive(),
      apiBaseUrl: z.string().nullable(),
    })
    .partial(),
  fault: z.strictObject({
    kind: z.enum(FAULT_KINDS),
    match: z.string().optional(),
    status: z.number().int().min(200).max(599).optional(),
    body: z.enum(['text', 'problem', 'html']).optional(),
    text: z.string().optional(),
    retryAfterS: ms.optional(),
    retryAfterForm: z.enum(['seconds', 'date']).optional(),
    delayMs: ms.optional(),
    when: z.enum(['before', 'after']).optional(),
    nullShare: z.number().min(0).max(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    times: z.number().int().positive().optional(),
  }),
} as const;

/** Only what was given: an absent key changes nothing. */
const given = <T extends object>(body: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

interface Params {
  readonly id: string;
  readonly name: string;
  readonly alarm?: string;
}

export const registerControl = async (app: FastifyInstance, control: Control): Promise<void> => {
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origin === undefined || LOOPBACK.test(origin)),
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
  });
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    const local = LOOPBACK.test(host ?? '') && (origin === undefined || LOOPBACK.test(origin));
    if (!local) await reply.code(403).send({ error: 'Only this machine may do this.' });
  });
  app.setErrorHandler((error, _request, reply) => {
    const text = error instanceof Error ? error.message : String(error);
    const status = error instanceof UnknownError ? 404 : error instanceof z.ZodError ? 400 : 500;
    const known = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : status;
    return reply.code(known).send({ error: error instanceof z.ZodError ? z.prettifyError(error) : text });
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => {
    try {
      parsed(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch (error) {
      parsed(Object.assign(error instanceof Error ? error : new Error('not JSON'), { statusCode: 400 }));
    }
  });

  type Run = (params: Params, body: unknown) => unknown;
  const route = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, run: Run): void => {
    app.route({
      method,
      url: `/__sandbox${url}`,
      handler: (request, reply) => reply.send(run(request.params as Params, request.body) ?? { ok: true }),
    });
  };
  const pumpId = ({ id }: Params): number => Number(id);

  route('GET', '/state', () => ({
    counters: control.counters(),
    policy: control.policy(),
    behaviour: control.behaviour(),
    faults: control.faults(),
  }));
  route('GET', '/pumps', () => control.pumps());
  route('GET', '/pumps/:id', (params) => control.pump(pumpId(params)));
  route('GET', '/pumps/:id/registers/:name', (params) => ({
    value: control.getRegister(pumpId(params), params.name),
  }));
  route('PUT', '/pumps/:id/registers/:name', (params, body) =>
    control.setRegister(pumpId(params), params.name, BODY.value.parse(body).value),
  );
  route('POST', '/pumps/:id/registers', (params, body) => {
    const register = BODY.register.parse(body);
    control.addRegister(pumpId(params), register.group, register.name, register.value, register.fields ?? {});
  });
  route('DELETE', '/pumps/:id/registers/:name', (params) =>
    control.removeRegister(pumpId(params), params.name),
  );
  route('POST', '/pumps/:id/registers/:name/release', (params) =>
    control.releaseRegister(pumpId(params), params.name),
  );
  route('DELETE', '/pumps/:id/groups/:name', (params) => control.removeGroup(pumpId(params), params.name));
  route('POST', '/pumps/:id/restore', (params, body) =>
    control.restore(pumpId(params), BODY.name.parse(body).name),
  );
  route('PUT', '/pumps/:id/online', (params, body) =>
    control.setOnline(pumpId(params), BODY.online.parse(body).online),
  );
  route('PUT', '/pumps/:id/listed', (params, body) =>
    control.setListed(pumpId(params), BODY.listed.parse(body).listed),
  );
  route('POST', '/pumps/:id/alarms', (params, body) => {
    const { title, severity } = BODY.alarm.parse(body);
    return { id: control.raiseAlarm(pumpId(params), title, severity) };
  });
  route('DELETE', '/pumps/:id/alarms', (params) => ({ cleared: control.clearAlarms(pumpId(params)) }));
  route('DELETE', '/pumps/:id/alarms/:alarm', (params) => ({
    cleared: control.clearAlarms(pumpId(params), Number(params.alarm)),
  }));
  route('GET', '/counters', () => control.counters());
  route('DELETE', '/counters', () => control.resetCounters());
  route('PUT', '/policy', (_params, body) => control.setPolicy(given(BODY.policy.parse(body))));
  route('PUT', '/behaviour', (_params, body) => control.setBehaviour(given(BODY.behaviour.parse(body))));
  route('POST', '/session/revoke-refresh-tokens', () => ({ revoked: control.revokeRefreshTokens() }));
  route('POST', '/session/expire-access-tokens', () => control.expireAccessTokens());
  route('POST', '/session/change-password', (_params, body) => {
    const change = BODY.password.parse(body);
    control.changePassword(change.password, change.username);
  });
  route('POST', '/session/demand-consent', (_params, body) =>
    control.demandConsent(BODY.consent.parse(body).needed),
  );
  route('POST', '/session/lock', (_params, body) => {
    const lock = BODY.lock.parse(body);
    control.lockAccount(lock.forMs, lock.username);
  });
  route('POST', '/session/unlock', (_params, body) =>
    control.unlockAccount(BODY.unlock.parse(body).username),
  );
  route('GET', '/faults', () => control.faults());
  route('POST', '/faults', (_params, body) => ({ id: control.addFault(BODY.fault.parse(body)) }));
  route('DELETE', '/faults', () => control.clearFaults());
  route('DELETE', '/faults/:id', (params) => control.removeFault(Number(params.id)));
};
