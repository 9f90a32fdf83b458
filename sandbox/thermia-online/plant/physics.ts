import type { PlantSpec } from '../pump-data.js';

/**
 * A small plant: one step of a minute is a pure function of the state before it. Temperatures in °C, integral in
 * degree minutes, hours in hours. Made to look alive and to answer to its settings, not to size a house.
 */

type Duty = 'off' | 'idle' | 'hot_water' | 'legionella' | 'heating' | 'cooling' | 'pool' | 'defrost';
export type Mode = 'off' | 'auto' | 'compressor' | 'auxiliary' | 'hot_water';

export interface PlantState {
  /** Milliseconds since 1970; a whole minute. */
  readonly at: number;
  readonly duty: Duty;
  readonly compressor: boolean;
  readonly steps: 0 | 1 | 2;
  readonly outdoor: number;
  readonly tank: number;
  /** Where the present charge of the tank ends; null while none runs. */
  readonly chargeTo: number | null;
  readonly boost: boolean;
  readonly heatingOn: boolean;
  readonly integral: number;
  readonly desired: number;
  readonly supply: number;
  readonly returnLine: number;
  readonly brineIn: number;
  readonly brineOut: number;
  readonly coil: number;
  readonly room: number;
  readonly buffer: number;
  readonly pool: number;
  /** Minutes of compressor work in frost since the last defrost, and what is left of the present one. */
  readonly frost: number;
  readonly defrostLeft: number;
  readonly defrosts: number;
  readonly sinceDefrost: number;
  readonly hours: Readonly<Record<keyof PlantSpec['hours'], number>>;
}

export interface PlantControls {
  readonly mode: Mode;
  readonly hotWater: boolean;
  readonly cooling: boolean;
  readonly heatingEffect: number;
  /** Supply temperature at 0 °C outdoors, its limits, and the corrections at +5, 0 and -5 °C. */
  readonly curve: number;
  readonly curveMin: number;
  readonly curveMax: number;
  readonly plus5: number;
  readonly zero: number;
  readonly minus5: number;
  /** No heating from this outdoor temperature on. */
  readonly heatStop: number;
  /** Heating starts below this integral. */
  readonly integralStart: number;
}

export const usualControls: PlantControls = {
  mode: 'auto',
  hotWater: true,
  cooling: false,
  heatingEffect: 20,
  curve: 33,
  curveMin: 20,
  curveMax: 55,
  plus5: 0,
  zero: 0,
  minus5: 0,
  heatStop: 17,
  integralStart: -60,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.2425 * DAY;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const relax = (value: number, target: number, minutes: number, tau: number): number =>
  target + (value - target) * Math.exp(-minutes / tau);

/** Year, day, and slow weather that never repeats. `hourOf` gives the hour of the day on the spot. */
export const outdoorAt = (climate: PlantSpec['climate'], at: number, hour: number): number => {
  const year = -Math.cos((2 * Math.PI * (at - 20 * DAY)) / YEAR);
  const day = -Math.cos((2 * Math.PI * (hour - 4)) / 24);
  const weather = Math.sin(at / (2.7 * DAY)) * 2 + Math.sin(at / (0.61 * DAY) + 1) * 1.1;
  return climate.yearMean + climate.yearSwing * year + climate.daySwing * day + weather;
};

const near = (outdoor: number, point: number): number => Math.max(0, 1 - Math.abs(outdoor - point) / 5);

/** What the curve asks of the supply line. */
export const desiredSupply = (outdoor: number, controls: PlantControls): number => {
  const straight = 20 + ((controls.curve - 20) * (20 - outdoor)) / 20;
  const bent =
    near(outdoor, 5) * controls.plus5 +
    near(outdoor, 0) * controls.zero +
    near(outdoor, -5) * controls.minus5;
  return clamp(straight + bent + (controls.heatingEffect - 20) * 1.5, controls.curveMin, controls.curveMax);
};

/** Kelvin an hour that showers and dishes take out of a full tank. */
const drawAt = (hour: number): number => {
  if (hour >= 6 && hour < 8) return 4;
  if (hour >= 18 && hour < 22) return 2.5;
  return hour >= 8 && hour < 18 ? 0.6 : 0.05;
};

export const startPlant = (spec: PlantSpec, at: number, hour: number): PlantState => {
  const outdoor = outdoorAt(spec.climate, at, hour);
  return {
    at: Math.floor(at / MINUTE) * MINUTE,
    duty: 'idle',
    compressor: false,
    steps: 0,
    outdoor,
    tank: (spec.tank.startAt + spec.tank.stopAt) / 2,
    chargeTo: null,
    boost: false,
    heatingOn: false,
    integral: -20,
    desired: 30,
    supply: 28,
    returnLine: 26,
    brineIn: 5,
    brineOut: 4,
    coil: outdoor,
    room: 21,
    buffer: 28,
    pool: 25,
    frost: 0,
    defrostLeft: 0,
    defrosts: spec.defrosts,
    sinceDefrost: 90,
    hours: spec.hours,
  };
};

/** A tank that loses heat while it is charged never quite gets there. */
const REACHED = 0.2;

/** Where the tank is to be charged to, from where it was going. */
const chargeGoal = (
  spec: PlantSpec,
  { tank, boost, chargeTo }: PlantState,
  allowed: boolean,
  cleaning: boolean,
): number | null => {
  if (!allowed) return null;
  const { startAt, stopAt, boostTo } = spec.tank;
  const goal = boost || cleaning ? boostTo : (chargeTo ?? (tank < startAt ? stopAt : null));
  return goal !== null && tank < goal - REACHED ? goal : null;
};

const dutyFor = (
  spec: PlantSpec,
  state: Pick<PlantState, 'chargeTo' | 'heatingOn' | 'defrostLeft' | 'outdoor' | 'pool'>,
  controls: PlantControls,
  cleaning: boolean,
): Duty => {
  if (controls.mode === 'off') return 'off';
  if (state.defrostLeft > 0) return 'defrost';
  if (state.chargeTo !== null) return cleaning ? 'legionella' : 'hot_water';
  if (state.heatingOn) return 'heating';
  if (spec.cooling && controls.cooling && state.outdoor > 21) return 'cooling';
  if (spec.pool && controls.mode === 'auto' && state.outdoor > 12 && state.pool < 26) return 'pool';
  return 'idle';
};

/** One step of `minutes` (1 unless a long gap is made up for). `hour` is the hour of the day at its end. */
const stepPlant = (
  spec: PlantSpec,
  before: PlantState,
  controls: PlantControls,
  hour: number,
  minutes: number,
): PlantState => {
  const at = before.at + minutes * MINUTE;
  const outdoor = outdoorAt(spec.climate, at, hour);
  const desired = desiredSupply(outdoor, controls);
  const { mode } = controls;

  const weekday = new Date(at).getUTCDay();
  const cleaning = spec.legionella && weekday === 0 && hour >= 2 && hour < 4;
  const chargeTo = chargeGoal(spec, before, controls.hotWater && mode !== 'off', cleaning);
  const boost = before.boost && !(controls.hotWater && before.tank >= spec.tank.boostTo - REACHED);

  const mayHeat = outdoor < controls.heatStop && mode !== 'off' && mode !== 'hot_water';
  const paused = before.duty === 'hot_water' || before.duty === 'legionella';
  const integral = paused
    ? before.integral
    : mayHeat
      ? clamp(before.integral + clamp(before.supply - before.desired, -8, 8) * minutes, -1500, 100)
      : relax(before.integral, 0, minutes, 30);
  const heatingOn = mayHeat && (before.heatingOn ? integral < 0 : integral <= controls.integralStart);

  const needsDefrost = spec.source === 'air' && before.frost >= 70;
  const defrostLeft = needsDefrost ? 5 : Math.max(0, before.defrostLeft - minutes);
  const duty = dutyFor(
    spec,
    { chargeTo, heatingOn, defrostLeft, outdoor, pool: before.pool },
    controls,
    cleaning,
  );

  const working = duty !== 'off' && duty !== 'idle';
  const compressor = working && mode !== 'auxiliary';
  const charging = duty === 'hot_water' || duty === 'legionella';
  const short = integral < -900 ? 2 : integral < -600 ? 1 : 0;
  const steps =
    mode === 'auxiliary' && (charging || duty === 'heating')
      ? 1
      : duty === 'heating' && mode === 'auto'
        ? short
        : 0;

  const lost =
    ((before.tank - 18) * 0.012 + (drawAt(hour) * Math.max(0, before.tank - 12)) / 40) * (minutes / 60);
  const gained = charging ? (14 * minutes) / 60 : 0;
  const tank = Math.max(12, Math.min(before.tank + gained, Math.max(chargeTo ?? 0, before.tank)) - lost);

  const [supplyTarget, supplyTau, spread] = (
    {
      hot_water: [tank + 7, 5, 6],
      legionella: [tank + 7, 5, 6],
      heating: [desired + 3 + steps * 4, 9, 5],
      cooling: [16, 10, -3],
      pool: [32, 10, 5],
      defrost: [18, 5, -2],
      idle: [22, 70, 0.4],
      off: [20, 90, 0],
    } as const satisfies Record<Duty, readonly [number, number, number]>
  )[duty];
  const supply = relax(before.supply, supplyTarget, minutes, supplyTau);
  const ground = 4 + 2.5 * Math.cos((2 * Math.PI * (at - 250 * DAY)) / YEAR);
  const brineIn = relax(before.brineIn, compressor ? ground - 3 : ground, minutes, 35);

  const run = minutes / 60;
  const hours = {
    compressor: before.hours.compressor + (compressor ? run : 0),
    heating: before.hours.heating + (duty === 'heating' ? run : 0),
    hotWater: before.hours.hotWater + (charging ? run : 0),
    cooling: before.hours.cooling + (duty === 'cooling' ? run : 0),
    step1: before.hours.step1 + (steps >= 1 ? run : 0),
    step2: before.hours.step2 + (steps >= 2 ? run : 0),
    step3: before.hours.step3,
  };

  return {
    at,
    duty,
    compressor,
    steps,
    outdoor,
    tank,
    chargeTo,
    boost,
    heatingOn,
    integral,
    desired,
    supply,
    returnLine: relax(before.returnLine, supply - spread, minutes, 6),
    brineIn,
    brineOut: relax(before.brineOut, compressor ? brineIn - 3 : brineIn, minutes, 8),
    coil: relax(before.coil, duty === 'defrost' ? 12 : compressor ? outdoor - 6 : outdoor, minutes, 6),
    room: relax(before.room, 21 + (controls.heatingEffect - 20) * 0.8 - (mayHeat ? 0 : 0.5), minutes, 600),
    buffer: relax(before.buffer, supply, minutes, 18),
    pool: clamp(before.pool + (duty === 'pool' ? 0.25 : -0.04) * run, 5, 32),
    frost: needsDefrost ? 0 : before.frost + (compressor && outdoor < 6 ? minutes : 0),
    defrostLeft,
    defrosts: before.defrosts + (needsDefrost ? 1 : 0),
    sinceDefrost: needsDefrost ? 0 : before.sinceDefrost + minutes,
    hours,
  };
};

/** At most this many steps are taken at once; a longer gap is crossed in longer steps. */
export const MAX_STEPS = 10_000;

/** Brings a plant to the last whole minute before `to`. `seen` is called after each step. */
export const advancePlant = (
  spec: PlantSpec,
  start: PlantState,
  controls: (at: number) => PlantControls,
  hourOf: (at: number) => number,
  to: number,
  seen: (state: PlantState) => void,
): PlantState => {
  let state = start;
  const due = Math.floor((to - state.at) / MINUTE);
  const stride = Math.max(1, Math.ceil(due / MAX_STEPS));
  for (let left = due; left > 0; left -= stride) {
    const minutes = Math.min(stride, left);
    state = stepPlant(spec, state, controls(state.at), hourOf(state.at + minutes * MINUTE), minutes);
    seen(state);
  }
  return state;
};
