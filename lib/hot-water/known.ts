import { HOUR, MINUTE } from './time.js';
import type {
  ChangeRow,
  PlanMemory,
  PlanReadings,
  SwitchedBy,
  TankTemperature,
  Timed,
  WriteRow,
} from './types.js';

/** Older readings are not what the pump says now, where the source does not say itself how it is. */
const CURRENT = 30 * MINUTE;
/** And older ones never are. */
const EVER_CURRENT = 2 * HOUR;
/** A clock that was set back may be so much behind. */
export const SKEW = 5 * MINUTE;
/** A write of which nothing was heard at all: the app was ended in the middle of it. */
const UNHEARD = 2 * MINUTE;
/** How long the pump may take before a write is sent again; doubled each time, up to an hour. */
const SETTLE = 15 * MINUTE;
/** A pump that may be back is asked again after so long, so often in an hour. */
const SOON = 5 * MINUTE;
const MOST_REFUSED = 4;

export function isCurrent(reading: Timed<unknown> | null, now: number): boolean {
  if (reading === null || reading.stale === true) return false;
  return Math.abs(now - reading.at) <= (reading.stale === undefined ? CURRENT : EVER_CURRENT);
}

/** Readings further apart say nothing of how fast the water cools now. */
const TREND = 15 * MINUTE;

/** What the next reading will be if the water goes on cooling as it did between the last two. */
export function nextTemperature({ value, at, before }: TankTemperature): number {
  if (before === undefined || before.at >= at || at - before.at > TREND) return value;
  return value + Math.min(0, value - before.value);
}

/** The switch as far as it is known: what was sent a moment ago counts before it is seen. */
export interface Known {
  readonly on: boolean | null;
  readonly since: number;
  readonly by: SwitchedBy;
}

export function knownSwitch(memory: PlanMemory, readings: PlanReadings, now: number): Known {
  const write = memory.writes.at(-1);
  const change = memory.changes.at(-1);
  const seenAt = readings.hotWater?.at ?? 0;
  if (write !== undefined && isUnderWay(memory.writes, write, seenAt, now)) {
    const already = change?.on === write.on ? change : write;
    return { on: write.on, since: already.at, by: already.by };
  }
  const reading = readings.hotWater;
  if (reading !== null && reading.value !== change?.on)
    return { on: reading.value, since: reading.at, by: 'unknown' };
  if (change === undefined) return { on: null, since: now, by: 'unknown' };
  return { on: change.on, since: change.at, by: change.by };
}

function isUnderWay(writes: readonly WriteRow[], write: WriteRow, seenAt: number, now: number): boolean {
  const age = now - write.at;
  if (age < -SKEW || write.state === 'seen' || write.state === 'refused') return false;
  // Until the switch was looked at again, it is what was sent.
  if (seenAt <= write.at) return age < HOUR;
  if (write.state === 'begun') return age < UNHEARD;
  // Cold water does not wait longer and longer.
  return age < (write.on ? SETTLE : settleTime(writes, write.on));
}

/** Doubles with every attempt in a row that the pump did not follow. */
function settleTime(writes: readonly WriteRow[], on: boolean): number {
  let attempts = 0;
  for (const row of [...writes].reverse()) {
    if (row.on !== on || row.state === 'seen') break;
    attempts += 1;
  }
  return Math.min(HOUR, SETTLE * 2 ** (attempts - 1));
}

/**
 * Whether the same was refused so short ago that asking again now would only be noise. A pump that was heard of since may be back:
 * it is asked for hot water again soon, but not at every reading.
 */
export function isTooSoon(
  writes: readonly WriteRow[],
  seen: Timed<boolean> | null,
  on: boolean,
  now: number,
): boolean {
  const last = writes.at(-1);
  if (last?.on !== on || last.state !== 'refused') return false;
  const age = now - last.at;
  if (age < -SKEW) return false;
  const refused = writes.filter(({ state, at }) => state === 'refused' && at > now - HOUR).length;
  const isBack = on && seen !== null && seen.at > last.at && isCurrent(seen, now);
  return age < (isBack && refused < MOST_REFUSED ? SOON : settleTime(writes, on));
}

/** Milliseconds of hot water between two moments. How it was when first looked at, it is taken to have been before. */
export function timeOn(changes: readonly ChangeRow[], from: number, to: number): number {
  return changes.reduce((sum, { at, on, by }, index) => {
    const start = by === 'unknown' ? from : Math.max(at, from);
    const end = Math.min(changes[index + 1]?.at ?? to, to);
    return on ? sum + Math.max(0, end - start) : sum;
  }, 0);
}
