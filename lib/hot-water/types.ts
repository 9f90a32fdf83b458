/**
 * When hot water may be made. Plain data in, plain data out: times are milliseconds since 1970, temperatures °C, zones
 * IANA names, times of day minutes since local midnight. A price is in whatever unit the prices were given in.
 */

/**
 * A value and when the source delivered it. `stale` is whether the source takes it for what the pump says now; where it does not
 * say, the age decides: 30 minutes.
 */
export interface Timed<T> {
  readonly value: T;
  readonly at: number;
  readonly stale?: boolean;
}

/** Hours without hot water. `to` at or before `from` means the next day; `days` (1 Monday … 7 Sunday) is where it starts. */
export interface OffRange {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

export type PlanMode = 'none' | 'fixed' | 'cheapest';

export interface Plan {
  readonly mode: PlanMode;
  readonly offHours: readonly OffRange[];
  /** The so many cheapest hours of each local day have hot water. */
  readonly cheapHours: number;
  /** Every hour at or below this price has hot water too. */
  readonly ceiling: number | null;
  /** Cheap hours are looked for before this time of day only. */
  readonly readyBy: number | null;
  /** What hours without a price do: hot water on, or the fixed hours. */
  readonly withoutPrices: 'on' | 'fixed';
  readonly rescue: { readonly below: number; readonly upTo: number } | null;
  /** The longest the plan keeps hot water off while no current temperature is known, hours. */
  readonly longestOff: number;
  /** Hours of hot water every local day gets, whatever the price. */
  readonly leastHours: number;
  /** Switchings within 24 hours. */
  readonly dailyWrites: number;
}

/** `before` is the reading before this one, where it is known: from the two comes how fast the water cools. */
export interface TankTemperature extends Timed<number> {
  readonly before?: { readonly value: number; readonly at: number };
}

export interface PlanReadings {
  readonly temperature: TankTemperature | null;
  /** The pump's own switch: may hot water be made? */
  readonly hotWater: Timed<boolean> | null;
  /** Null where the pump has no boost of its own. */
  readonly boost: Timed<boolean> | null;
  readonly legionella: Timed<boolean> | null;
  /** Whether the pump is making hot water; null where it does not tell. */
  readonly heating: Timed<boolean> | null;
}

export interface PriceSlot {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** Someone's word over the plan. `person`: a switch, until the plan's next change; the others were ordered for a time. */
export interface Hold {
  readonly kind: 'person' | 'off' | 'on' | 'boost';
  readonly on: boolean;
  readonly since: number;
  readonly until: number;
  /** Off even if the water gets cold. */
  readonly firm: boolean;
}

/** The plan does nothing but leave hot water on. */
export interface Pause {
  readonly kind: 'pause' | 'guests';
  readonly since: number;
  readonly until: number;
}

/** Why hot water is on or off, with the numbers that a sentence needs. */
export type Reason =
  | { readonly kind: 'no_plan' }
  /** No plan any more, or a hold ended where there is none: back to what it should be left as. */
  | { readonly kind: 'restored' }
  | { readonly kind: 'fixed_off'; readonly from: number; readonly to: number }
  | { readonly kind: 'fixed_on' }
  | { readonly kind: 'cheap'; readonly price: number; readonly hours: number }
  | { readonly kind: 'under_ceiling'; readonly price: number; readonly ceiling: number }
  | {
      readonly kind: 'expensive';
      readonly price: number;
      readonly hours: number;
      readonly ceiling: number | null;
    }
  /** After the time to be ready by, where prices are not compared. */
  | { readonly kind: 'late'; readonly price: number }
  | { readonly kind: 'no_price'; readonly fallback: 'on' | 'fixed' }
  /** `temperature` is null when it is no longer current; the rescue is then carried on for a while. */
  | {
      readonly kind: 'rescue';
      readonly temperature: number | null;
      /** It is not yet below, but will be before it is next looked at. */
      readonly falling: boolean;
      readonly below: number;
      readonly upTo: number;
    }
  /** No current temperature: `limit` hours off are enough. `seenAt` is when the last temperature was delivered. */
  | { readonly kind: 'blind'; readonly limit: number; readonly seenAt: number | null }
  /** `had` of `least` hours today so far. */
  | { readonly kind: 'least_hours'; readonly had: number; readonly least: number }
  | { readonly kind: 'legionella' }
  | { readonly kind: 'paused'; readonly pause: Pause['kind']; readonly until: number }
  /** `cold`: the rescue would have hot water on, and the hold forbids it. */
  | {
      readonly kind: 'hold';
      readonly hold: Hold['kind'];
      readonly since: number;
      readonly until: number;
      readonly cold: boolean;
    };
export type ReasonKind = Reason['kind'];

/** Something sent to the pump's hot water switch. `begun` is stored before it is sent, so that a crash leaves a trace. */
export interface WriteRow {
  readonly at: number;
  readonly on: boolean;
  readonly by: ReasonKind | 'person';
  readonly state: 'begun' | 'accepted' | 'refused' | 'seen';
}

/** What switched hot water. `unknown`: it was so when first looked at. */
export type SwitchedBy = ReasonKind | 'person' | 'unknown';

export interface ChangeRow {
  readonly at: number;
  readonly on: boolean;
  readonly by: SwitchedBy;
}

/** Water that was too cold and is not yet warm again. The times lag some minutes behind, so that little is stored. */
export interface Rescue {
  readonly since: number;
  /** When the temperature last said that it is needed. */
  readonly seenAt: number;
  /** The temperature that the next ones are compared with, and when it last rose. */
  readonly level: number;
  readonly roseAt: number;
  /** When the pump last said that it makes hot water, or could not. */
  readonly heatedAt: number;
}

/** All that must survive a restart. Changes a few times a day; a reducer that changes nothing returns the same object. */
export interface PlanMemory {
  readonly hold: Hold | null;
  readonly pause: Pause | null;
  /** What hot water goes back to where no plan decides; null: leave it as it is. */
  readonly rest: boolean | null;
  readonly rescue: Rescue | null;
  /** The pump's own boost was started here; ending it is not tried before `retryAt`. */
  readonly boost: { readonly since: number; readonly retryAt: number } | null;
  /** Oldest first; a day. */
  readonly writes: readonly WriteRow[];
  /** The switch as it was seen, oldest first; two days. */
  readonly changes: readonly ChangeRow[];
}

export interface PlanInput {
  readonly now: number;
  readonly zone: string;
  readonly plan: Plan;
  readonly readings: PlanReadings;
  readonly prices: readonly PriceSlot[];
  readonly memory: PlanMemory;
}

/** Why a switching that is due is not sent: see `docs/hot-water-plan.md`. */
export type Withheld = 'unknown_switch' | 'stale' | 'waiting' | 'daily_limit';

export interface PlanDecision {
  readonly on: boolean;
  readonly why: Reason;
  /** When `on` is expected to change; null where that cannot be told or is not within two days. */
  readonly until: number | null;
  /** What to send to the hot water switch now; null: nothing. */
  readonly write: boolean | null;
  readonly withheld: Withheld | null;
  /** What to send to the pump's own boost now. */
  readonly boost: boolean | null;
  /** Hours of hot water today so far. */
  readonly hoursToday: number;
  /** Switchings in the last 24 hours. */
  readonly writesToday: number;
}

/** What was wrong with something that a person or another app handed over. */
export interface Complaint {
  readonly field: string;
  readonly code: 'not_understood' | 'out_of_range' | 'wrong_count' | 'empty';
  /** The offending piece. */
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
}
