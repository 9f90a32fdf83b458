/**
 * Price areas whose day-ahead prices are public without a key, and where. The three services are of one make: a file for each
 * local day and area, rows with `time_start` and the price of a kWh without taxes, in the country's money.
 */
const SERVICES = {
  'https://www.elprisetjustnu.se': ['SE1', 'SE2', 'SE3', 'SE4'],
  'https://www.hvakosterstrommen.no': ['NO1', 'NO2', 'NO3', 'NO4', 'NO5'],
  'https://www.elprisenligenu.dk': ['DK1', 'DK2'],
} as const;

export type PriceArea = (typeof SERVICES)[keyof typeof SERVICES][number];

/** All of these countries live by the same clock. */
export const AREA_ZONE = 'Europe/Stockholm';

const originByArea = new Map<string, string>(
  Object.entries(SERVICES).flatMap(([origin, areas]) => areas.map((area) => [area, origin] as const)),
);

export const PRICE_AREAS: readonly string[] = [...originByArea.keys()];
export const isPriceArea = (value: unknown): value is PriceArea =>
  typeof value === 'string' && originByArea.has(value);

/** Where the prices of a day are; `date` is `2026-01-31`. `origin` is used in place of the service's own. */
export const pricesUrl = (area: PriceArea, date: string, origin?: string): URL => {
  const [year = '', month = '', day = ''] = date.split('-');
  return new URL(`/api/v1/prices/${year}/${month}-${day}_${area}.json`, origin ?? originByArea.get(area));
};
