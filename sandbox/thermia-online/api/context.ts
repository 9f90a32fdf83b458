import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Behaviour } from '../behaviour.js';
import type { Counters } from '../counters.js';
import type { Json } from '../json.js';
import type { SimulatedPump } from '../pump.js';
import { problem } from './problem.js';

/** What the routes of the service share. */
export interface ApiContext {
  readonly now: () => number;
  readonly behaviour: () => Behaviour;
  readonly counters: () => Counters;
  readonly hasConsented: () => boolean;
  /** Whose token a request carries; null: none that counts. */
  readonly bearer: (token: string) => string | null;
  /** The pumps that this account sees, in the order of the list. */
  readonly pumpsOf: (username: string) => readonly SimulatedPump[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Name by which requests are counted and faults are aimed. */
    endpoint?: string;
  }
  interface FastifyRequest {
    /** Account whose access token the request carries. */
    username: string;
  }
}

export const send = (reply: FastifyReply, body: Json | readonly unknown[]): FastifyReply =>
  reply.code(200).type('application/json; charset=utf-8').send(JSON.stringify(body));

/** The pump that `:id` names, or the answer that there is none. */
export const withPump = (
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (pump: SimulatedPump) => FastifyReply,
): FastifyReply => {
  const { id } = request.params as { id: string };
  const pump = context.pumpsOf(request.username).find((one) => String(one.id) === id);
  return pump === undefined ? problem(reply, 404) : run(pump);
};

export const queryOf = (request: FastifyRequest): URLSearchParams => {
  const wanted = new URLSearchParams();
  // Names of parameters come in any case of letters.
  for (const [key, value] of new URL(request.url, 'http://localhost').searchParams)
    wanted.set(key.toLowerCase(), value);
  return wanted;
};

/** A whole number that is not negative; undefined when absent, null when it is something else. */
export const countIn = (query: URLSearchParams, key: string): number | null | undefined => {
  const text = query.get(key.toLowerCase());
  if (text === null) return undefined;
  return /^\d+$/.test(text) ? Number(text) : null;
};
