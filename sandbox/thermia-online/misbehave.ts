import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GONE, problemBody } from './api/problem.js';
import type { Behaviour } from './behaviour.js';
import type { Fault, Faults } from './faults.js';
import { isObject, type Json } from './json.js';

export interface MisbehaveDependencies {
  readonly faults: Faults;
  readonly behaviour: () => Behaviour;
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after sandbox milliseconds, or at once when the server closes. */
  readonly delay: (ms: number) => Promise<void>;
  /** Called for each request that has an endpoint's name. */
  readonly count: (endpoint: string) => void;
}

declare module 'fastify' {
  interface FastifyRequest {
    fault: Fault | null;
  }
}

const WEB_APP =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Thermia Online</title></head><body><div id="root"></div></body></html>';

const DAMAGING = new Set(['truncated', 'malformed', 'extra']);

/** Keys without which an answer would not be odd but another answer. */
const KEPT =
  /^(?:id|items|totalCount|registerId|registerName|access_token|refresh_token|expires_in|status|value|name)$/;

const odd = (value: Json, random: () => number, nullShare: number): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => odd(item, random, nullShare));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): readonly [string, Json] => {
    const plain = typeof inner !== 'object';
    return [key, plain && !KEPT.test(key) && random() < nullShare ? null : odd(inner, random, nullShare)];
  });
  return {
    ...Object.fromEntries(entries),
    addedLater: { version: 7, list: [null, 'x'] },
    anotherField: null,
  };
};

const reset = (request: FastifyRequest): void => {
  request.raw.socket.resetAndDestroy();
};

const bodyOf = (fault: Fault): readonly [type: string, body: string] => {
  const status = fault.status ?? 500;
  if (fault.text !== undefined)
    return [/^\s*[{[]/.test(fault.text) ? 'application/json' : 'text/plain', fault.text];
  if (fault.body === 'problem') return ['application/problem+json', problemBody(status)];
  if (fault.body === 'html') return ['text/html', `<html><body><h1>${status}</h1></body></html>`];
  return ['text/plain', status === 404 ? GONE : `Error ${status}`];
};

export const registerMisbehaviour = (app: FastifyInstance, deps: MisbehaveDependencies): void => {
  const { faults, behaviour, now, random, delay, count } = deps;

  const disguise = (reply: FastifyReply, fault: Fault): string => {
    if (fault.kind === 'html') {
      reply.code(200).type('text/html; charset=utf-8');
      return WEB_APP;
    }
    if (fault.kind === 'outage') {
      reply.code(404).type('text/html');
      return GONE;
    }
    const [type, body] = bodyOf(fault);
    reply.code(fault.status ?? 500).type(`${type}; charset=utf-8`);
    if (fault.retryAfterS !== undefined) {
      const date = new Date(now() + fault.retryAfterS * 1000).toUTCString();
      reply.header('retry-after', fault.retryAfterForm === 'date' ? date : String(fault.retryAfterS));
    }
    return body;
  };

  /** Answers in place of the route; true when the connection is gone or will stay silent. */
  const silent = (request: FastifyRequest, fault: Fault): boolean => {
    if (fault.kind === 'reset') reset(request);
    return fault.kind === 'reset' || fault.kind === 'hang';
  };

  app.decorateRequest('fault', null);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('date', new Date(now()).toUTCString());
    const { endpoint } = request.routeOptions.config;
    if (endpoint === undefined) return;
    count(endpoint);
    const fault = faults.take(endpoint, request.url);
    const wait = behaviour().latencyMs + (fault?.kind === 'slow' ? (fault.delayMs ?? 5000) : 0);
    if (wait > 0) await delay(wait);
    if (fault === null || fault.kind === 'slow') return;
    if (fault.when === 'after' || DAMAGING.has(fault.kind)) {
      request.fault = fault;
      return;
    }
    if (silent(request, fault)) {
      reply.hijack();
      return;
    }
    await reply.send(disguise(reply, fault));
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const { fault } = request;
    if (fault === null) return payload;
    if (!DAMAGING.has(fault.kind)) {
      if (fault.kind === 'hang')
        await new Promise<void>((gone) => request.raw.socket.once('close', () => gone()));
      if (silent(request, fault)) return payload;
      const body = disguise(reply, fault);
      reply.removeHeader('location').header('content-length', Buffer.byteLength(body));
      return body;
    }
    const text = typeof payload === 'string' ? payload : '';
    if (fault.kind === 'truncated') {
      reply.header('content-length', Buffer.byteLength(text) + 1);
      return Readable.from(
        (async function* () {
          yield text.slice(0, Math.ceil(text.length / 2));
          await delay(0);
          throw new Error('The answer breaks off here.');
        })(),
      );
    }
    const damaged =
      fault.kind === 'malformed'
        ? `${text.slice(0, Math.ceil(text.length / 2))},,}`
        : /^\s*[{[]/.test(text)
          ? JSON.stringify(odd(JSON.parse(text) as Json, random, fault.nullShare ?? 0.2))
          : text;
    reply.header('content-length', Buffer.byteLength(damaged));
    return damaged;
  });
};
