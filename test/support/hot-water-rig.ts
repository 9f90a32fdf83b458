import { look } from '../../lib/hot-water/decide.js';
import { EMPTY_MEMORY, parseMemory, recordWrite, settleWrite } from '../../lib/hot-water/memory.js';
import { applyOrder, type Order } from '../../lib/hot-water/orders.js';
import { parsePlan } from '../../lib/hot-water/settings.js';
import type {
  Plan,
  PlanDecision,
  PlanInput,
  PlanMemory,
  PlanReadings,
  PriceSlot,
  Timed,
} from '../../lib/hot-water/types.js';

export const ZONE = 'Europe/Stockholm';

/** `at('2025-01-15T06:00')` in Stockholm winter time unless an offset is given. */
export const at = (text: string): number =>
  Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}+01:00`);

export const planOf = (settings: Readonly<Record<string, unknown>>): Plan => parsePlan(settings).plan;

export const readingsAt = (
  now: number,
  values: {
    temperature?: number | null;
    hotWater?: boolean | null;
    legionella?: boolean;
    heating?: boolean;
    boost?: boolean;
  } = {},
): PlanReadings => {
  const timed = <T>(value: T | null | undefined): Timed<T> | null =>
    value === null || value === undefined ? null : { value, at: now };
  return {
    temperature: timed(values.temperature === undefined ? 54 : values.temperature),
    hotWater: timed(values.hotWater === undefined ? true : values.hotWater),
    legionella: timed(values.legionella),
    heating: timed(values.heating),
    boost: timed(values.boost),
  };
};

export const inputAt = (now: number, given: Partial<PlanInput> = {}): PlanInput => ({
  now,
  zone: ZONE,
  plan: planOf({ plan_mode: 'fixed' }),
  readings: readingsAt(now),
  prices: [],
  memory: EMPTY_MEMORY,
  ...given,
});

/** What stands between the plan and the pump. */
export interface Line {
  /** Whether readings come in and writes go out. */
  readonly up: boolean;
  /** Whether the temperature is among the readings. */
  readonly seesTemperature: boolean;
  /** Readings come in, writes are refused. */
  readonly refuses?: boolean;
}

/** Runs the plan against a switch as the app does, with the memory going through JSON whenever it is stored. */
export class PlanRig {
  memory: PlanMemory = EMPTY_MEMORY;
  on = true;
  readonly sent: { at: number; on: boolean; by: string }[] = [];
  private last: PlanReadings | null = null;
  private readonly plan: Plan;
  private readonly prices: readonly PriceSlot[];
  private readonly zone: string;

  constructor(plan: Plan, prices: readonly PriceSlot[] = [], zone = ZONE) {
    this.plan = plan;
    this.prices = prices;
    this.zone = zone;
  }

  input(now: number, readings: PlanReadings): PlanInput {
    const { plan, prices, zone, memory } = this;
    return { now, plan, prices, zone, readings, memory };
  }

  /** One round: read, decide, store, send, store. `dies` names where the app is ended, to start again next round. */
  round(
    now: number,
    temperature: number,
    line: Line = { up: true, seesTemperature: true },
    dies?: 'before_sending' | 'after_sending',
  ): PlanDecision {
    if (line.up || this.last === null) {
      const values = { temperature: line.seesTemperature ? temperature : null, hotWater: this.on };
      const before = this.last?.temperature;
      const readings = readingsAt(now, values);
      const trend = before ? { before: { value: before.value, at: before.at } } : {};
      this.last = { ...readings, temperature: readings.temperature && { ...readings.temperature, ...trend } };
    }
    const seen = look(this.input(now, this.last));
    this.store(seen.memory);
    const { write, why } = seen.decision;
    if (write === null) return seen.decision;
    this.store(recordWrite(this.memory, { at: now, on: write, by: why.kind }));
    if (dies === 'before_sending') return seen.decision;
    const isTaken = line.up && line.refuses !== true;
    if (isTaken) {
      this.on = write;
      this.sent.push({ at: now, on: write, by: why.kind });
    }
    if (dies === 'after_sending') return seen.decision;
    this.store(settleWrite(this.memory, isTaken ? 'accepted' : 'refused'));
    return seen.decision;
  }

  /** What a Flow card or the app's own switch asks for; it is done in the next round. */
  order(now: number, order: Order): void {
    this.store(applyOrder(this.input(now, this.last ?? readingsAt(now, { hotWater: this.on })), order));
  }

  private store(memory: PlanMemory): void {
    this.memory = parseMemory(JSON.parse(JSON.stringify(memory)));
  }
}
