import * as z from 'zod';
import { isThermiaError, type ThermiaError } from '../errors.js';
import type { Clock, Logger } from '../ports.js';
import type { Addresses } from './addresses.js';
import { readAs, readJson } from './answer.js';
import type { Http } from './http.js';
import { createTimeLimit } from './policies/time-limit.js';

export interface Configuration {
  /**
   * Where the service's API is. Asked for once a day; while it cannot be had the last one known holds. Throws
   * `origin_refused` where the service names a place that no token may be sent to.
   */
  apiBase(): Promise<URL>;
  /** The API looks as if it had moved: ask again with the next request, at a pace that an outage does not matter to. */
  doubt(): void;
}

const DAY_MS = 24 * 60 * 60_000;
const RETRY_MS = 10 * 60_000;
const DOUBT_MS = 30 * 60_000;
const LIMIT_MS = 15_000;

const schema = z.object({ apiBaseUrl: z.url() });

export const createConfiguration = ({
  http,
  addresses,
  clock,
  logger,
}: {
  http: Http;
  addresses: Addresses;
  clock: Clock;
  logger: Logger;
}): Configuration => {
  const limit = createTimeLimit({ clock, limitMs: LIMIT_MS });
  let base = addresses.fallbackApiBase;
  let refused: ThermiaError | null = null;
  let askAgainAt: number | null = null;
  let askedAt = 0;
  let asking: Promise<void> | null = null;

  /** Many wait for one answer, so that none of them may end the question. */
  const { signal: endless } = new AbortController();

  const ask = async (): Promise<void> => {
    askedAt = clock.now();
    try {
      const answer = await limit.run(
        (limited) =>
          http.send({ endpoint: 'configuration', method: 'GET', url: addresses.configuration }, limited),
        endless,
      );
      const { apiBaseUrl } = readAs(schema, readJson(answer, 'configuration', clock.now()), 'configuration');
      const url = new URL(apiBaseUrl);
      addresses.assertAllowed(url);
      base = url;
      refused = null;
      askAgainAt = clock.now() + DAY_MS;
    } catch (error) {
      if (!isThermiaError(error)) throw error;
      if (error.kind === 'origin_refused') refused = error;
      logger.warn('The configuration was not accepted', { kind: error.kind });
      askAgainAt = clock.now() + RETRY_MS;
    }
  };

  return {
    apiBase: async () => {
      if (askAgainAt === null || clock.now() >= askAgainAt || askAgainAt - clock.now() > DAY_MS) {
        asking ??= ask().finally(() => {
          asking = null;
        });
        await asking;
      }
      if (refused !== null) throw refused;
      return base;
    },
    doubt: () => {
      if (askAgainAt !== null) askAgainAt = Math.min(askAgainAt, askedAt + DOUBT_MS);
    },
  };
};
