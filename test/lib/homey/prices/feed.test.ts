import { afterEach, describe, expect, it } from 'vitest';
import { PRICE_AREAS, pricesUrl, type PriceArea } from '../../../../lib/homey/prices/areas.js';
import { createPriceFeed, type PriceFeed } from '../../../../lib/homey/prices/feed.js';
import type { PriceSource } from '../../../../lib/homey/prices/source.js';
import { HOUR } from '../../../../lib/hot-water/time.js';
import type { PriceSlot } from '../../../../lib/hot-water/types.js';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.js';
import { silent } from '../fakes.js';

const at = (text: string): number => Date.parse(`${text}+01:00`);
const slotsOf = (date: string): PriceSlot[] =>
  Array.from({ length: 24 }, (_, hour) => {
    const start = at(`${date}T00:00`) + hour * HOUR;
    return { start, end: start + HOUR, value: hour };
  });

let clock: VirtualClock;
let feed: PriceFeed;
let asked: string[];
let out: Set<string>;
let isDown: boolean;
const start = (moment: string): void => {
  clock = createVirtualClock(at(moment));
  asked = [];
  out = new Set(['2026-01-15']);
  isDown = false;
  const source: PriceSource = {
    day(area, date) {
      const time = new Date(clock.now() + HOUR).toISOString().slice(11, 16);
      asked.push(`${time} ${area} ${date}`);
      if (isDown) return Promise.reject(new Error('down'));
      return Promise.resolve(out.has(date) ? slotsOf(date) : null);
    },
  };
  feed = createPriceFeed({ source, clock, random: () => 0.5, logger: silent });
};
const follow = (area: PriceArea) => {
  const taken: (readonly PriceSlot[])[] = [];
  return { taken, end: feed.follow(area, (prices) => taken.push(prices)) };
};
afterEach(() => {
  feed.stop();
  expect(clock.pending()).toBe(0);
});

describe('the feed of public prices', () => {
  it('asks for today at once, and for tomorrow when it may be out, until it is', async () => {
    start('2026-01-15T08:00');
    const { taken } = follow('SE3');
    await clock.advance(HOUR);
    expect(asked).toEqual(['08:00 SE3 2026-01-15']);
    expect(taken).toEqual([slotsOf('2026-01-15')]);
    await clock.advance(5 * HOUR);
    expect(asked.slice(1)).toEqual(['13:30 SE3 2026-01-16']);
    out.add('2026-01-16');
    await clock.advance(24 * HOUR);
    expect(asked.slice(2)).toEqual(['14:15 SE3 2026-01-16', '13:30 SE3 2026-01-17']);
    expect(taken.at(-1)).toEqual([...slotsOf('2026-01-15'), ...slotsOf('2026-01-16')]);
  });

  it('asks again when the service was down, not too often', async () => {
    start('2026-01-15T08:00');
    const { taken } = follow('NO5');
    isDown = true;
    await clock.advance(2 * HOUR);
    isDown = false;
    await clock.advance(HOUR);
    expect(asked.map((each) => each.slice(0, 5))).toEqual(['08:00', '08:45', '09:30', '10:15']);
    expect(taken).toHaveLength(1);
  });

  it('asks once for all who follow an area, and no more when nobody does', async () => {
    start('2026-01-15T14:00');
    out.add('2026-01-16');
    const [one, two] = [follow('SE3'), follow('SE3')];
    const other = follow('DK1');
    await clock.advance(HOUR);
    expect(asked).toHaveLength(4);
    expect(follow('SE3').taken).toEqual([two.taken.at(-1)]);
    one.end();
    two.end();
    other.end();
    other.end();
    await clock.advance(48 * HOUR);
    expect(asked.filter((each) => each.includes('DK1'))).toHaveLength(2);
  });
});

describe('where prices are', () => {
  it.each<[PriceArea, string]>([
    ['SE3', 'https://www.elprisetjustnu.se/api/v1/prices/2026/01-05_SE3.json'],
    ['NO2', 'https://www.hvakosterstrommen.no/api/v1/prices/2026/01-05_NO2.json'],
    ['DK1', 'https://www.elprisenligenu.dk/api/v1/prices/2026/01-05_DK1.json'],
  ])('%s', (area, url) => {
    expect(pricesUrl(area, '2026-01-05').href).toBe(url);
    expect(PRICE_AREAS).toContain(area);
  });
});
