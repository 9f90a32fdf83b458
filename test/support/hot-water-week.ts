import { dayOf, HOUR, hoursOf, minuteOfDay, MINUTE } from '../../lib/hot-water/time.js';
import type { Plan, PriceSlot } from '../../lib/hot-water/types.js';
import { PlanRig, ZONE } from './hot-water-rig.js';
import { aMinuteLater, TANK, type Tank, type TankFigures } from './hot-water-tank.js';

/** How hot water is switched for a week. `flows`: off at 06:00, on at 22:00, every 10 minutes in between on below 50 °C. */
export type Strategy =
  | { readonly kind: 'always_on' }
  | { readonly kind: 'flows' }
  | { readonly kind: 'plan'; readonly plan: Plan };

export interface WeekResult {
  readonly minutesBelow50: number;
  readonly coldest: number;
  readonly heatingMinutes: number;
  /** Heating minutes between 06:00 and 22:00, the hours that the Flows call expensive. */
  readonly daytimeMinutes: number;
  /** Heating minutes in hours that cost more than the mean of their day. */
  readonly dearMinutes: number;
  readonly kWh: number;
  /** In the unit of the prices, kronor. */
  readonly cost: number;
  readonly writes: number;
}

/** A winter Monday, local midnight. */
export const WEEK_START = Date.parse('2025-01-13T00:00:00+01:00');
const DAYS = 7;
/** The app reads the pump so often, and the Flows look at what it read last. */
const POLL = 5;
const FLOW_POLL = 10;

/** Kronor for a kWh: nights low, a morning and a higher evening peak, a windy Wednesday, a still Thursday, a low weekend. */
const SHAPE = [
  0.42, 0.38, 0.36, 0.35, 0.37, 0.48, 0.78, 1.12, 1.24, 1.08, 0.95, 0.88, 0.84, 0.8, 0.83, 0.94, 1.2, 1.52,
  1.46, 1.15, 0.86, 0.68, 0.57, 0.47,
];
const LEVEL = [1, 1.12, 0.45, 1.75, 1.2, 0.7, 0.62];

export function weekPrices(): PriceSlot[] {
  return LEVEL.flatMap((level, offset) =>
    hoursOf(dayOf(WEEK_START, ZONE, offset)).map(({ start, end }, hour) => {
      const wiggle = 0.06 * Math.sin(hour * 2.3 + offset * 1.7);
      const windy = offset === 2 && hour < 6 ? -0.22 : 0;
      return { start, end, value: Number(((SHAPE[hour] ?? 0) * level + wiggle + windy).toFixed(4)) };
    }),
  );
}

/** Who lives there: how much they draw, and from how large a tank. */
export interface Household {
  readonly tank: TankFigures;
  /** Share of {@link DRAWS}. */
  readonly draws: number;
}
/** Four people use more in an evening than their tank holds; two people's tank lasts from morning to night. */
export const HOUSEHOLDS = {
  family: { tank: TANK, draws: 1 },
  couple: { tank: { ...TANK, litres: 300, leak: 2.2 }, draws: 0.45 },
} as const satisfies Record<string, Household>;

/** Heat drawn, kWh, by minute of the day: showers in the morning and evening, dishes; later at the weekend. */
const DRAWS: readonly (readonly [minute: number, kWh: number])[] = [
  [390, 1.3],
  [420, 1.4],
  [455, 0.4],
  [725, 0.4],
  [1050, 0.8],
  [1170, 1.3],
  [1230, 1.4],
  [1320, 0.7],
];
const DRAW_MINUTES = 8;

function drawnAt(minute: number, day: number): number {
  const shift = day >= 5 ? 120 : (day * 7) % 20;
  return DRAWS.reduce((sum, [from, kWh]) => {
    const start = from + (from < 12 * 60 ? shift : 0);
    return minute >= start && minute < start + DRAW_MINUTES ? sum + kWh / DRAW_MINUTES : sum;
  }, 0);
}

export function simulateWeek(strategy: Strategy, household: Household = HOUSEHOLDS.family): WeekResult {
  const prices = weekPrices();
  const meanOfDay = LEVEL.map((_, day) =>
    mean(prices.slice(day * 24, day * 24 + 24).map(({ value }) => value)),
  );
  const rig = new PlanRig(strategy.kind === 'plan' ? strategy.plan : NO_PLAN, prices);
  let tank: Tank = { temperature: 56, heating: false };
  let read = tank.temperature;
  let writes = 0;
  const total = { below: 0, heating: 0, daytime: 0, dear: 0, kWh: 0, cost: 0, coldest: tank.temperature };
  const send = (on: boolean): void => {
    if (rig.on === on) return;
    rig.on = on;
    writes += 1;
  };
  for (let minute = 0; minute < DAYS * 24 * 60; minute += 1) {
    const now = WEEK_START + minute * MINUTE;
    const day = Math.floor(minute / (24 * 60));
    const clock = minuteOfDay(now, ZONE);
    if (minute % POLL === 0) read = tank.temperature;
    if (strategy.kind === 'plan' && minute % POLL === 0) rig.round(now, read);
    if (strategy.kind === 'flows') {
      if (clock === 6 * 60) send(false);
      if (clock === 22 * 60) send(true);
      const rescues = clock > 6 * 60 && clock < 22 * 60 && clock % FLOW_POLL === 1;
      if (rescues && read < 50) send(true);
    }
    tank = aMinuteLater(tank, rig.on, drawnAt(clock, day) * household.draws, household.tank);
    const price = prices[Math.floor((minute * MINUTE) / HOUR)]?.value ?? 0;
    if (tank.temperature < 50) total.below += 1;
    total.coldest = Math.min(total.coldest, tank.temperature);
    if (!tank.heating) continue;
    total.heating += 1;
    if (clock >= 6 * 60 && clock < 22 * 60) total.daytime += 1;
    if (price > (meanOfDay[day] ?? 0)) total.dear += 1;
    total.kWh += household.tank.power / 60;
    total.cost += (household.tank.power / 60) * price;
  }
  return {
    minutesBelow50: total.below,
    coldest: total.coldest,
    heatingMinutes: total.heating,
    daytimeMinutes: total.daytime,
    dearMinutes: total.dear,
    kWh: total.kWh,
    cost: total.cost,
    writes: strategy.kind === 'plan' ? rig.sent.length : writes,
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const NO_PLAN: Plan = {
  mode: 'none',
  offHours: [],
  cheapHours: 0,
  ceiling: null,
  readyBy: null,
  withoutPrices: 'on',
  rescue: null,
  longestOff: 3,
  leastHours: 0,
  dailyWrites: 12,
};
