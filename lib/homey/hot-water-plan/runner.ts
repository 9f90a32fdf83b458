import { look, mustLeaveOn } from '../../hot-water/decide.js';
import { EMPTY_MEMORY } from '../../hot-water/memory.js';
import { applyOrder, parseOrder, type Order } from '../../hot-water/orders.js';
import { parsePrices } from '../../hot-water/price-input.js';
import { mergePrices } from '../../hot-water/prices.js';
import type {
  PlanDecision,
  PlanInput,
  PlanMemory,
  PriceSlot,
  TankTemperature,
} from '../../hot-water/types.js';
import type { Account, Write } from '../../thermia/account/types.js';
import { isThermiaError } from '../../thermia/errors.js';
import type { Cancel, Clock, Logger } from '../../thermia/ports.js';
import type { PumpSnapshot } from '../../thermia/pump/model.js';
import { canPlanHotWater } from '../capabilities.js';
import type { DevicePort, Fire } from '../ports.js';
import { described } from '../logger.js';
import { isPriceArea } from '../prices/areas.js';
import type { PriceFeed } from '../prices/feed.js';
import { settleAllForCard } from '../settle.js';
import { inWords, Sentence, type Texts } from '../texts.js';
import { describeComplaint, planOfDevice, planOfPerson } from './complaints.js';
import { dayView, type DayView } from './day-view.js';
import { switchNews } from './news.js';
import { sayFarewell } from './farewell.js';
import { createPlanStore } from './plan-store.js';
import { planReadings } from './readings.js';
import { createSending } from './sending.js';
import { describeDecision } from './sentence.js';
import { createShow } from './show.js';
import { createSwitchWatch } from './switch-watch.js';

/** Time passes also where nothing is read: what is due is looked for this often. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** A timer that ran a little early looks again after so long. */
const SOONEST_MS = 1_000;
/** The setting that says whose prices are taken. */
const PRICE_AREA = 'plan_price_area';

/** The hot water plan of one pump, as the device and the Flow cards see it. */
export interface HotWaterPlan {
  /** Looks at the pump and does what the plan wants now. To be called whenever the pump was read. */
  look(): void;
  /** Shows again what is decided, on a device that may have got the capabilities for it just now. */
  show(): void;
  /** A person's switch: `send` writes it and rejects with a sentence, as this does then. */
  switched(on: boolean, send: () => Promise<void>): Promise<void>;
  /** From a Flow card, see `parseOrder`. Rejects with a sentence; what was refused is not tried again later. */
  order(raw: unknown): Promise<void>;
  /** Prices as `parsePrices` takes them. Throws a sentence. */
  givePrices(raw: unknown, day: 'today' | 'tomorrow'): void;
  /** The device's settings as a person has just set them. Throws a sentence and changes nothing where they are no plan. */
  setPlan(settings: Readonly<Record<string, unknown>>): void;
  /** Null while there is nothing to decide. */
  decision(): PlanDecision | null;
  day(): DayView;
  /** The device goes: hot water is not left off. Never rejects. */
  leaveOn(): Promise<void>;
  stop(): void;
}

export interface HotWaterPlanDependencies {
  readonly device: DevicePort;
  readonly account: Account;
  readonly pumpId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly texts: Texts;
  readonly prices: PriceFeed;
  readonly fire: Fire;
  /** Writes to the Homey's timeline. */
  readonly notify: (excerpt: string) => Promise<void>;
}

export const startHotWaterPlan = (dependencies: HotWaterPlanDependencies): HotWaterPlan => {
  const { device, account, pumpId, clock, logger, texts, fire, notify, prices: feed } = dependencies;
  const store = createPlanStore(device, logger);
  const sending = createSending({ account, pumpId, clock, store });
  const show = createShow(device, logger);
  let plan = planOfDevice((id) => device.getSetting(id));
  let temperature: TankTemperature | null = null;
  let decision: PlanDecision | null = null;
  let cancel: Cancel | null = null;
  let stopped = false;
  /** While the device goes nothing is decided any more: hot water is to be on. */
  let leaving = false;
  const watch = createSwitchWatch(clock);
  const tell = (key: string): void =>
    void notify(`**${device.getName()}**: ${texts.say(key)}`).catch((error: unknown) =>
      logger.warn('No timeline entry', { error: described(error) }),
    );

  const isActive = (): boolean => {
    const { hold, boost, rest } = store.memory();
    return plan.mode !== 'none' || hold !== null || boost !== null || rest !== null;
  };
  const pump = (): PumpSnapshot | null => {
    const snapshot = account.snapshot(pumpId);
    return snapshot !== null && canPlanHotWater(snapshot) ? snapshot : null;
  };
  const inputOf = (snapshot: PumpSnapshot): PlanInput => {
    const readings = planReadings(snapshot, temperature);
    temperature = readings.temperature;
    const now = clock.now();
    return { now, zone: texts.zone(), plan, readings, prices: store.prices(), memory: store.memory() };
  };

  const lookAgain = (until: number | null): void => {
    cancel?.();
    const wait = Math.min((until ?? Infinity) - clock.now(), LOOK_AGAIN_MS);
    cancel = clock.after(Math.max(SOONEST_MS, wait), () => void round());
  };

  /** Without a plan and with hot water seen as it was to be left, there is nothing left to do. */
  const isDone = ({ readings: { hotWater } }: PlanInput, { why, withheld }: PlanDecision): boolean => {
    const { hold, boost, rest, writes } = store.memory();
    if (plan.mode !== 'none' || hold !== null || boost !== null) return false;
    const isSeen = hotWater?.value === rest && hotWater.at > (writes.at(-1)?.at ?? 0);
    return why.kind === 'no_plan' && withheld === null && (rest === null || isSeen);
  };

  const sentence = (): string => {
    if (decision !== null) return describeDecision(decision, clock.now(), texts);
    return texts.say(watch.isGone() && isActive() ? 'plan.switch_gone' : 'plan.none');
  };
  const showNow = (): void => {
    // Before the first look at a pump nobody knows what the plan will do.
    if (decision === null && isActive() && !watch.isGone()) return;
    show({ hot_water_plan: sentence(), hot_water_rescue: decision?.why.kind === 'rescue' });
  };

  /** A pump that once had a switch and no longer reports it cannot be planned for, and may be left off. */
  const lookForSwitch = (): void => {
    const snapshot = account.snapshot(pumpId);
    if (snapshot === null || store.memory().changes.length === 0) return;
    if (!watch.look(canPlanHotWater(snapshot))) return;
    decision = null;
    cancel?.();
    tell('plan.switch_gone');
    showNow();
  };

  /** Looks, remembers, sends what is due, tells. Resolves with what was sent, once it is on its way. */
  const round = (): Promise<readonly Write[]> => {
    const nothing = Promise.resolve([]);
    if (stopped || leaving) return nothing;
    if (!isActive()) {
      decision = null;
      showNow();
      return nothing;
    }
    lookForSwitch();
    const snapshot = pump();
    if (snapshot === null) return nothing;
    const input = inputOf(snapshot);
    const seen = look(input);
    decision = seen.decision;
    store.remember(seen.memory);
    const sent = sending.send(decision);
    for (const { card, tokens } of switchNews(input, seen.memory, decision, texts)) fire(card, tokens);
    if (isDone(input, decision)) {
      store.remember({ ...store.memory(), rest: null, pause: null });
      decision = null;
      cancel?.();
    } else lookAgain(decision.until);
    showNow();
    return sent;
  };

  /**
   * Undoes an order that was refused, so that it does not come later by surprise. What may still happen stands, and so does
   * what a newer order has put in its place.
   */
  const takeBack = (before: Partial<PlanMemory>, error: unknown): void => {
    if (!isThermiaError(error, 'not_confirmed', 'superseded'))
      store.remember({ ...store.memory(), ...before });
    void round();
  };

  const obey = async (input: PlanInput, order: Order): Promise<void> => {
    const { hold, pause } = store.memory();
    const memory = isActive() ? input.memory : awakened(input.memory);
    store.remember(applyOrder({ ...input, memory }, order));
    try {
      // What the plan has just sent for itself may be what was ordered.
      await settleAllForCard({ before: sending.underWay(), sent: round() }, clock);
    } catch (error) {
      // What was done of it before the rest was refused is undone.
      takeBack({ hold, pause }, error);
      throw inWords(texts, error);
    }
  };

  const takePrices = (prices: readonly PriceSlot[]): void => {
    store.setPrices(mergePrices(store.prices(), prices, clock.now()));
    void round();
  };

  /** Public prices are asked for only where a plan goes by them. */
  let unfollow = (): void => undefined;
  const follow = (area: unknown): void => {
    unfollow();
    unfollow =
      plan.mode === 'cheapest' && isPriceArea(area) ? feed.follow(area, takePrices) : () => undefined;
  };
  follow(device.getSetting(PRICE_AREA));

  return {
    look: () => void round(),
    show: showNow,
    async switched(on, send) {
      const snapshot = pump();
      if (snapshot === null || !isActive()) return send();
      const { hold, pause, rest } = store.memory();
      store.remember(applyOrder(inputOf(snapshot), { kind: 'switch', on }));
      try {
        await sending.switchedBy(on, 'person', send);
      } catch (error) {
        takeBack({ hold, pause, rest }, error instanceof Error ? error.cause : error);
        throw error;
      }
      void round();
    },
    async order(raw) {
      const snapshot = pump();
      if (snapshot === null) throw new Sentence(texts.say('plan.no_switch'));
      const read = parseOrder(raw);
      if ('complaint' in read) throw new Sentence(describeComplaint(read.complaint, texts));
      const pauses = read.order.kind === 'pause' || read.order.kind === 'guests';
      if (pauses && plan.mode === 'none') throw new Sentence(texts.say('plan.nothing_to_pause'));
      await obey(inputOf(snapshot), read.order);
    },
    givePrices(raw, day) {
      const { prices, complaints } = parsePrices(raw, { now: clock.now(), zone: texts.zone(), day });
      const [complaint] = complaints;
      if (complaint !== undefined) throw new Sentence(describeComplaint(complaint, texts));
      takePrices(prices);
    },
    setPlan(settings) {
      const next = planOfPerson(settings, texts);
      const snapshot = account.snapshot(pumpId);
      if (next.mode !== 'none' && snapshot !== null && !canPlanHotWater(snapshot)) {
        throw new Sentence(texts.say('plan.no_switch'));
      }
      const memory = store.memory();
      if (!isActive()) store.remember(awakened(memory));
      else if (memory.hold?.kind === 'person') store.remember({ ...memory, hold: null });
      plan = next;
      follow(settings[PRICE_AREA]);
      void round();
    },
    decision: () => decision,
    day() {
      const snapshot = pump();
      const input = snapshot === null ? null : inputOf(snapshot);
      return dayView(input, decision, { mode: plan.mode, sentence: sentence(), now: clock.now(), texts });
    },
    async leaveOn() {
      leaving = true;
      cancel?.();
      if (!mustLeaveOn(store.memory())) return;
      if (!(await sayFarewell(sending, clock))) tell('plan.left_off');
    },
    stop() {
      stopped = true;
      cancel?.();
      unfollow();
    },
  };
};

/** What was while nobody looked says nothing about what happens from now on; earlier writes only count. */
const awakened = ({ writes }: PlanMemory): PlanMemory => ({
  ...EMPTY_MEMORY,
  writes: writes.map((row) => (row.state === 'refused' ? row : { ...row, state: 'seen' })),
});
