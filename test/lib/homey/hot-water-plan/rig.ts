import { startHotWaterPlan, type HotWaterPlan } from '../../../../lib/homey/hot-water-plan/runner.js';
import type { FlowTokens } from '../../../../lib/homey/ports.js';
import type { PriceSlot } from '../../../../lib/hot-water/types.js';
import { ThermiaError } from '../../../../lib/thermia/errors.js';
import type { Activity, PumpSnapshot } from '../../../../lib/thermia/pump/model.js';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.js';
import { FakeAccount } from '../fake-account.js';
import { FakeDevice } from '../fake-device.js';
import { boost, hotWater, PUMP, readings, silent, snapshot, texts } from '../fakes.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const POLL = 3 * MINUTE;

/** `at('2026-01-15T06:00')` in Stockholm winter time unless an offset is given. */
export const at = (text: string): number =>
  Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}+01:00`);

export const FIXED = { plan_mode: 'fixed', plan_off_hours: '06:00-22:00' };

/** A pump that is polled, obeys, and tells so; a device whose store outlives the app. */
export class Rig {
  readonly clock: VirtualClock;
  readonly device = new FakeDevice(['onoff', 'measure_temperature', 'hot_water_plan', 'hot_water_rescue']);
  account = new FakeAccount();
  plan: HotWaterPlan;
  /** The pump. */
  on = true;
  boosting: boolean | null = null;
  temperature: number | null = 55;
  activities: readonly Activity[] = ['idle'];
  /**
   * What becomes of a write: the pump takes it, the service refuses it, no answer comes and nothing is read, it is taken
   * without an answer, now or only later, it is lost while reading goes on, or nobody ever says anything.
   */
  line: 'obeys' | 'refuses' | 'down' | 'loses the answer' | 'takes it late' | 'loses it' | 'is silent' =
    'obeys';
  /** A control whose writes alone are refused. */
  refuses: string | null = null;
  zone = 'Europe/Stockholm';
  /** Who wants public prices, by area. */
  readonly followed = new Map<string, (prices: readonly PriceSlot[]) => void>();
  /** Everything sent to the hot water switch. */
  readonly sent: { readonly at: number; readonly on: boolean }[] = [];
  readonly fired: { readonly card: string; readonly tokens: FlowTokens }[] = [];
  readonly notices: string[] = [];
  /** Whether the pump reports its switch at all. */
  hasSwitch = true;
  #seen: PumpSnapshot | null = null;

  constructor(startAt: number, settings: Readonly<Record<string, unknown>> = FIXED) {
    this.clock = createVirtualClock(startAt);
    this.set(settings);
    this.plan = this.start();
  }

  set(settings: Readonly<Record<string, unknown>>): void {
    for (const [id, value] of Object.entries(settings)) this.device.settings.set(id, value);
  }

  private start(): HotWaterPlan {
    const { account, clock, device } = this;
    const write = account.write;
    account.write = (pumpId, controlId, value) => {
      const handle = write(pumpId, controlId, value);
      // Whoever was killed sends nothing any more.
      if (account !== this.account) return handle;
      const open = account.writes.at(-1)!;
      if (controlId === 'hot_water') this.sent.push({ at: clock.now(), on: value === true });
      if (this.refuses === controlId) {
        open.refuse(new ThermiaError('rejected', 'HTTP 400'));
        return handle;
      }
      if (this.line === 'obeys' || this.line === 'loses the answer') {
        if (controlId === 'hot_water') this.on = value === true;
        else this.boosting = value === true;
      }
      if (this.line === 'takes it late') {
        clock.after(2 * MINUTE, () => {
          this.on = value === true;
        });
      }
      if (this.line === 'is silent') return handle;
      if (this.line === 'refuses') open.refuse(new ThermiaError('rejected', 'HTTP 400'));
      else if (this.line !== 'obeys') open.refuse(new ThermiaError('network', 'socket hang up'));
      else {
        open.accept();
        clock.after(3000, () => {
          open.settle({ state: 'confirmed' });
          this.read();
        });
      }
      return handle;
    };
    const plan = startHotWaterPlan({
      device,
      account,
      pumpId: PUMP,
      clock,
      logger: silent,
      texts: { ...texts, zone: () => this.zone },
      prices: {
        follow: (area, take) => {
          this.followed.set(area, take);
          return () => void this.followed.delete(area);
        },
        stop: () => undefined,
      },
      fire: (card, tokens) => void this.fired.push({ card, tokens }),
      notify: (excerpt) => {
        this.notices.push(excerpt);
        return Promise.resolve();
      },
    });
    account.on('snapshot', () => plan.look());
    return plan;
  }

  /** What the app knows after reading the pump now; while the line is down, the same as before, and stale in the end. */
  read(): void {
    const { on, boosting, temperature, activities, clock } = this;
    const isDown = this.line === 'down';
    if (!isDown || this.#seen === null) {
      this.#seen = snapshot(
        {},
        [...(this.hasSwitch ? [hotWater(on)] : []), ...(boosting === null ? [] : [boost(boosting)])],
        {
          readings: {
            ...readings({ hot_water: on, activities }, clock.now()),
            ...(boosting === null ? {} : readings({ hot_water_boost: boosting }, clock.now())),
            ...(temperature === null ? {} : readings({ 'temperature.hot_water': temperature }, clock.now())),
          },
        },
      );
    } else {
      const age = clock.now() - (this.#seen.readings.hot_water?.at ?? 0);
      if (age > 10 * MINUTE) {
        const stale = Object.entries(this.#seen.readings).map(([id, reading]) => [
          id,
          { ...reading, freshness: 'stale' },
        ]);
        this.#seen = { ...this.#seen, readings: Object.fromEntries(stale) as PumpSnapshot['readings'] };
      }
    }
    this.account.report(this.#seen);
  }

  /** Lives on until a moment, polling. */
  async until(moment: number): Promise<void> {
    let cancel = (): void => undefined;
    const poll = (): void => {
      this.read();
      cancel = this.clock.after(POLL, poll);
    };
    poll();
    await this.clock.advance(moment - this.clock.now());
    cancel();
  }

  /** Kill -9 and a new start: only the device's store is left. */
  restart(): void {
    this.plan.stop();
    this.account = new FakeAccount();
    this.plan = this.start();
  }

  /** What was sent, as `06:00 off`. */
  log(): string[] {
    return this.sent.map(({ at: when, on }) => `${texts.soon(when, when)} ${on ? 'on' : 'off'}`);
  }

  sentence(): unknown {
    return this.device.values.get('hot_water_plan');
  }
}
