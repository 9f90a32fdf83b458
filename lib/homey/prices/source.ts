import type { Dispatcher } from 'undici';
import { parsePrices } from '../../hot-water/price-input.js';
import type { PriceSlot } from '../../hot-water/types.js';
import { createHttp } from '../../thermia/cloud/http.js';
import { ThermiaError } from '../../thermia/errors.js';
import type { Clock } from '../../thermia/ports.js';
import { AREA_ZONE, pricesUrl, type PriceArea } from './areas.js';

export interface PriceSource {
  /** The prices of a local day, `2026-01-31`; null where they are not out yet. Rejects where nobody can tell. */
  day(area: PriceArea, date: string, signal: AbortSignal): Promise<readonly PriceSlot[] | null>;
}

const TIME_LIMIT_MS = 20_000;

export const createPriceSource = (dependencies: {
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  /** In place of the services' own. */
  readonly origin?: string;
}): PriceSource => {
  const { clock, origin } = dependencies;
  const http = createHttp({ dispatcher: dependencies.dispatcher });
  return {
    async day(area, date, signal) {
      const limit = new AbortController();
      const end = clock.after(TIME_LIMIT_MS, () => limit.abort());
      const during = 'prices';
      try {
        const { status, text } = await http.send(
          { endpoint: during, method: 'GET', url: pricesUrl(area, date, origin) },
          AbortSignal.any([signal, limit.signal]),
        );
        if (status === 404) return null;
        if (status !== 200) throw new ThermiaError('service_down', `Prices: HTTP ${status}`, { during });
        const { prices, complaints } = parsePrices(text, { now: clock.now(), zone: AREA_ZONE });
        if (complaints.length > 0)
          throw new ThermiaError('unexpected_answer', 'These are no prices', { during });
        return prices;
      } finally {
        end();
      }
    },
  };
};
