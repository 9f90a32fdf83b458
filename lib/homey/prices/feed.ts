import { mergePrices } from '../../hot-water/prices.js';
import { dayOf, nextWallTime, wallTime } from '../../hot-water/time.js';
import type { PriceSlot } from '../../hot-water/types.js';
import type { Cancel, Clock, Logger, Random } from '../../thermia/ports.js';
import { described } from '../logger.js';
import { AREA_ZONE, type PriceArea } from './areas.js';
import type { PriceSource } from './source.js';

const MINUTE = 60_000;
/** The first look comes within this time, so that not all Homeys ask in the same second after an update. */
const FIRST_MS = 20_000;
/** From this time of day on the prices of tomorrow may be out; asked for within the hour. */
const OUT_AT = 13 * 60 + 5;
const SPREAD_MS = 50 * MINUTE;
/** What is missing is asked for again after this long, up to twice as long. */
const AGAIN_MS = 30 * MINUTE;

/** Day-ahead prices for whoever wants them; each area is asked for once, however many want it. */
export interface PriceFeed {
  /** `take` is called with all that is known whenever that changes, until the returned function is called. */
  follow(area: PriceArea, take: (prices: readonly PriceSlot[]) => void): () => void;
  stop(): void;
}

interface Followed {
  readonly takers: Set<(prices: readonly PriceSlot[]) => void>;
  readonly known: Set<string>;
  prices: readonly PriceSlot[];
  cancel: Cancel;
}

export const createPriceFeed = (dependencies: {
  readonly source: PriceSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}): PriceFeed => {
  const { source, clock, random, logger } = dependencies;
  const areas = new Map<PriceArea, Followed>();
  const ending = new AbortController();

  /** Local days whose prices should be known by now. */
  const wanted = (): string[] => {
    const today = dayOf(clock.now(), AREA_ZONE);
    const isOut = clock.now() >= wallTime(today, OUT_AT, AREA_ZONE);
    const days = isOut ? [today, dayOf(clock.now(), AREA_ZONE, 1)] : [today];
    return days.map(({ date }) => date.toString());
  };

  const fetchDay = async (area: PriceArea, followed: Followed, date: string): Promise<void> => {
    try {
      const prices = await source.day(area, date, ending.signal);
      if (prices === null) return;
      followed.known.add(date);
      followed.prices = mergePrices(followed.prices, prices, clock.now());
      for (const take of followed.takers) take(followed.prices);
    } catch (error) {
      if (!ending.signal.aborted) logger.warn('No prices', { area, date, error: described(error) });
    }
  };

  const round = async (area: PriceArea, followed: Followed): Promise<void> => {
    const dates = wanted();
    for (const date of dates.filter((each) => !followed.known.has(each))) {
      await fetchDay(area, followed, date);
    }
    if (areas.get(area) !== followed || ending.signal.aborted) return;
    const now = clock.now();
    const isMissing = dates.some((date) => !followed.known.has(date));
    const wait = isMissing
      ? AGAIN_MS * (1 + random())
      : nextWallTime(now, OUT_AT, AREA_ZONE) - now + SPREAD_MS * random();
    followed.cancel = clock.after(wait, () => void round(area, followed));
  };

  const begin = (area: PriceArea): Followed => {
    const followed: Followed = { takers: new Set(), known: new Set(), prices: [], cancel: () => undefined };
    areas.set(area, followed);
    followed.cancel = clock.after(FIRST_MS * random(), () => void round(area, followed));
    return followed;
  };

  return {
    follow(area, take) {
      const followed = areas.get(area) ?? begin(area);
      followed.takers.add(take);
      if (followed.prices.length > 0) take(followed.prices);
      return () => {
        followed.takers.delete(take);
        if (followed.takers.size > 0 || areas.get(area) !== followed) return;
        areas.delete(area);
        followed.cancel();
      };
    },
    stop() {
      ending.abort();
      for (const { cancel } of areas.values()) cancel();
      areas.clear();
    },
  };
};
