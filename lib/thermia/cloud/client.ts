import * as z from 'zod';
import { type ErrorKind, isThermiaError, ThermiaError } from '../errors.js';
import type { Clock, Logger, Random } from '../ports.js';
import type { Addresses } from './addresses.js';
import { assertSuccess, isPage, readAs, readJson } from './answer.js';
import type { Configuration } from './configuration.js';
import type { Http, HttpAnswer, HttpRequest } from './http.js';
import { createStopper } from './policies/linked.js';
import { compose, type Policy } from './policies/policy.js';
import { createThrottleGate } from './policies/throttled.js';
import { createTimeLimit } from './policies/time-limit.js';
import { createTransientRetry } from './policies/transient.js';
import { type AccessSource, createBearer } from './policies/unauthorized.js';
import { whileWaited } from './policies/wait.js';
import { tolerantArray } from './schemas.js';

/** A request to the API, by its path under `/api/v1/`. */
interface ApiRequest {
  readonly endpoint: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

export interface ApiClient {
  /** Reads; tried again where that can help. */
  get<T>(request: ApiRequest, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** Reads an array; items that are broken are left out and reported, once for each endpoint. */
  getAll<T>(request: ApiRequest, item: z.ZodType<T>, signal: AbortSignal): Promise<T[]>;
  /** As {@link getAll}, for an array inside an answer. */
  items<T>(endpoint: string, values: readonly unknown[], item: z.ZodType<T>): T[];
  /** Changes something; never tried again. Hands the answer on as it is. */
  send(
    request: ApiRequest & { readonly method: 'POST' | 'DELETE'; readonly body?: unknown },
    signal: AbortSignal,
  ): Promise<HttpAnswer>;
  now(): number;
}

const ATTEMPT_MS = 20_000;
const DEADLINE_MS = 60_000;
const PATIENCE_MS = 10_000;

const arraySchema = z.array(z.unknown());

export interface ApiClientParts {
  readonly http: Http;
  readonly addresses: Addresses;
  readonly configuration: Configuration;
  readonly session: AccessSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Ends what is under way. */
  readonly stopped: AbortSignal;
}

export const createApiClient = (parts: ApiClientParts): ApiClient => {
  const { http, addresses, configuration, session, clock, random, logger, stopped } = parts;
  const bearer = createBearer(session);
  const gate = createThrottleGate({ clock, random });
  const limit = createTimeLimit({ clock, limitMs: ATTEMPT_MS });
  const stopper = createStopper(stopped);
  const reading: Policy = compose(
    stopper,
    createTransientRetry({ clock, random, deadlineMs: DEADLINE_MS }),
    gate(PATIENCE_MS),
  );
  const writing: Policy = compose(stopper, gate());
  const reported = new Set<string>();

  const exchange = (
    { endpoint, path, query = {} }: ApiRequest,
    rest: Pick<HttpRequest, 'method' | 'body' | 'headers'>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> =>
    bearer.run(async ({ token }) => {
      const base = await whileWaited(configuration.apiBase(), signal);
      const url = new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}/api/v1/${path}`);
      url.search = new URLSearchParams(query).toString();
      addresses.assertAllowed(url);
      const headers = { ...rest.headers, authorization: `Bearer ${token}` };
      return limit.run(async (limited) => {
        const answer = await http.send({ ...rest, endpoint, url, headers }, limited);
        assertSuccess(answer, endpoint, clock.now());
        return answer;
      }, signal);
    });

  /** An API that has moved leaves anything behind: a page, a host that does not answer, none at all. */
  const doubting = async <T>(
    { endpoint }: ApiRequest,
    kinds: readonly ErrorKind[],
    work: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isThermiaError(error, ...kinds) && error.facts.during === endpoint) configuration.doubt();
      throw error;
    }
  };

  const read = <T>(request: ApiRequest, signal: AbortSignal, parse: (json: unknown) => T): Promise<T> =>
    doubting(request, ['network', 'timeout'], () =>
      reading.run(
        (waited) =>
          doubting(request, ['service_down'], async () => {
            const answer = await whileWaited(exchange(request, { method: 'GET' }, waited), waited);
            return parse(readJson(answer, request.endpoint, clock.now()));
          }),
        signal,
      ),
    );

  const items: ApiClient['items'] = (endpoint, values, item) =>
    tolerantArray(values, item, (error) => {
      if (reported.has(endpoint)) return;
      reported.add(endpoint);
      const [issue] = error.issues;
      logger.warn('Something in an answer cannot be read and is left out', {
        endpoint,
        field: issue?.path.join('.'),
        problem: issue?.code,
      });
    });

  return {
    get: (request, schema, signal) => read(request, signal, (json) => readAs(schema, json, request.endpoint)),
    getAll: (request, item, signal) =>
      read(request, signal, (json) =>
        items(request.endpoint, readAs(arraySchema, json, request.endpoint), item),
      ),
    items,
    send: ({ method, body, ...request }, signal) =>
      writing.run(async (waited) => {
        const answer = await exchange(
          request,
          body === undefined
            ? { method }
            : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
          waited,
        );
        if (!isPage(answer)) return answer;
        const { endpoint: during } = request;
        throw new ThermiaError('service_down', `${during}: a page came back`, {
          during,
          status: answer.status,
        });
      }, signal),
    now: () => clock.now(),
  };
};
