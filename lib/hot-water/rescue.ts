import { isCurrent, knownSwitch, nextTemperature } from './known.js';
import { HOUR, MINUTE } from './time.js';
import type { PlanInput, PlanMemory, Reason, Rescue } from './types.js';

/** A rescue goes on for so long after the temperature was lost. */
const BLIND = 2 * HOUR;
/** What is remembered of a rescue may be so old, so that not every reading is stored. */
const LAG = 5 * MINUTE;
/** Less may be how the sensor rounds. */
const RISE = 0.5;
/** Water so little above the lower limit is below it again in an hour or two: two switchings for nothing. */
const MARGIN = 2.5;
/** A pump that has not made hot water for so long has stopped by itself. */
const STOPPED = 30 * MINUTE;
/** However busy the pump says it is: water that does not get warmer for so long will not. */
const STUCK = HOUR;

/** Below the limit or about to be, or not yet as warm as it gets after it was; with a current temperature only. */
export function isRescuing({ now, plan, readings, memory }: PlanInput): boolean {
  const { temperature } = readings;
  if (plan.rescue === null || temperature === null || !isCurrent(temperature, now)) return false;
  const { below, upTo } = plan.rescue;
  if (temperature.value < below) return true;
  if (temperature.value >= upTo) return false;
  if (memory.rescue === null) return nextTemperature(temperature) < below;
  return temperature.value < below + MARGIN || !isSpent(memory.rescue, readings.heating, now);
}

/** Most pumps stop heating by themselves at a temperature that the plan does not know. */
function isSpent(
  { roseAt, heatedAt }: Rescue,
  heating: PlanInput['readings']['heating'],
  now: number,
): boolean {
  if (now - roseAt >= STUCK) return true;
  const hasStopped = heating !== null && isCurrent(heating, now) && !heating.value;
  return hasStopped && now - Math.max(roseAt, heatedAt) >= STOPPED;
}

/** The memory with what the temperature says of a rescue; the same object where nothing is to be stored. */
export function withRescue(memory: PlanMemory, input: PlanInput): PlanMemory {
  const { now, plan, readings } = input;
  const { temperature } = readings;
  if (plan.rescue !== null && (temperature === null || !isCurrent(temperature, now))) return memory;
  const next = { ...memory, rescue: progressOf(memory, input) };
  if (isRescuing({ ...input, memory: next })) {
    const rescue = next.rescue ?? begun(input, temperature?.value ?? 0);
    return rescue === memory.rescue ? memory : { ...memory, rescue };
  }
  return memory.rescue === null ? memory : { ...memory, rescue: null };
}

const begun = ({ now }: PlanInput, level: number): Rescue => ({
  since: now,
  seenAt: now,
  level,
  roseAt: now,
  heatedAt: now,
});

function progressOf({ rescue, ...memory }: PlanMemory, { now, readings }: PlanInput): Rescue | null {
  const { temperature, heating } = readings;
  if (rescue === null || temperature === null) return rescue;
  const { value } = temperature;
  const isOn = knownSwitch({ ...memory, rescue }, readings, now).on === true;
  const isHeating = heating !== null && isCurrent(heating, now) && heating.value;
  const seen = now - rescue.seenAt >= LAG ? { ...rescue, seenAt: now } : rescue;
  // Where hot water is not on, the pump cannot have stopped making it.
  const heated = (isHeating || !isOn) && now - rescue.heatedAt >= LAG ? { ...seen, heatedAt: now } : seen;
  if (value >= rescue.level + RISE) return { ...heated, level: value, roseAt: now };
  const level = value <= rescue.level - RISE ? { ...heated, level: value } : heated;
  return !isOn && now - rescue.roseAt >= LAG ? { ...level, roseAt: now } : level;
}

/** The rescue that is under way, how long it lasts as far as anybody can tell, and why. `guess` is for one that is seen. */
export function rescueOf(input: PlanInput, guess: number): { until: number; why: Reason } | null {
  const { now, plan, readings, memory } = input;
  const limits = plan.rescue;
  if (limits === null) return null;
  const why = (temperature: number | null, falling: boolean): Reason => ({
    kind: 'rescue',
    temperature,
    falling,
    ...limits,
  });
  const { temperature } = readings;
  if (temperature !== null && isRescuing(input)) {
    const falling = temperature.value >= limits.below && nextTemperature(temperature) < limits.below;
    return { until: now + guess, why: why(temperature.value, falling) };
  }
  if (memory.rescue === null || isCurrent(temperature, now)) return null;
  // What was read last confirmed it, or the rescue would not be remembered.
  const seenAt = Math.max(memory.rescue.seenAt, Math.min(temperature?.at ?? 0, now));
  return { until: seenAt + BLIND, why: why(null, false) };
}
