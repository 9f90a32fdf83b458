import * as z from 'zod';
import { activeHold } from './judge.js';
import { isCurrent, SKEW } from './known.js';
import { isRescuing, withRescue } from './rescue.js';
import { nextChange, scheduleOf } from './schedule.js';
import { HOUR } from './time.js';
import type { ChangeRow, Hold, Plan, PlanInput, PlanMemory, ReasonKind, WriteRow } from './types.js';

export const EMPTY_MEMORY: PlanMemory = {
  hold: null,
  pause: null,
  rest: null,
  rescue: null,
  boost: null,
  writes: [],
  changes: [],
};

const DAY = 24 * HOUR;
/** A person's switch wins for so long at most. */
const PERSON_WINS = DAY;
const MOST_ROWS = 60;

/**
 * Takes in what the pump says now. A switch that is not as it was, and that nobody here asked for, is a person's: the
 * tile or a Flow of another app, Thermia's own app, the pump's display.
 */
export function recordObservation(input: PlanInput): PlanMemory {
  const pruned = prune(input.memory, input.now);
  return withRest(withBoost(withRescue(withSwitch(pruned, input), input), input), input.plan);
}

function withSwitch(memory: PlanMemory, input: PlanInput): PlanMemory {
  const reading = input.readings.hotWater;
  const write = memory.writes.at(-1);
  const last = memory.changes.at(-1);
  if (reading === null || reading.at < Math.max(write?.at ?? 0, last?.at ?? 0)) return memory;
  const on = reading.value;
  // A write before the last one may have come late, or the last one not at all: neither is a person's doing.
  const ours =
    memory.writes.findLast(
      (row) =>
        row.on === on &&
        (row.state === 'begun' || row.state === 'accepted') &&
        (row === write || (last !== undefined && row.at >= last.at)),
    ) ?? null;
  const seen =
    ours === null
      ? memory
      : {
          ...memory,
          writes: memory.writes.map((row) => (row === ours ? { ...row, state: 'seen' as const } : row)),
        };
  if (last?.on === on) return seen;
  if (ours !== null) return withChange(seen, { at: ours.at, on, by: ours.by });
  if (last === undefined) return withChange(seen, { at: reading.at, on, by: 'unknown' });
  const switched = withChange(seen, { at: reading.at, on, by: 'person' });
  return personSwitched({ ...input, now: reading.at, memory: switched }, on);
}

const withChange = (memory: PlanMemory, change: ChangeRow): PlanMemory => ({
  ...memory,
  changes: [...memory.changes, change].slice(-MOST_ROWS),
});

/** A person wants this now. It wins until the plan next switches; without a plan it is simply so. */
export function personSwitched(input: PlanInput, on: boolean): PlanMemory {
  const { now, zone, plan, prices, memory } = input;
  if (plan.mode === 'none') return { ...memory, hold: null, rest: null };
  const limit = now + PERSON_WINS;
  const slots = scheduleOf(plan, zone, prices, { start: now, end: limit });
  const paused = memory.pause !== null && now < memory.pause.until ? memory.pause : null;
  const until = paused === null ? nextChange(slots, now, limit) : Math.min(paused.until, limit);
  // Who switches off while the water is being rescued means it.
  const firm = !on && (memory.rescue !== null || isRescuing(input) || isLegionella(input));
  return { ...memory, hold: { kind: 'person', on, since: now, until, firm } };
}

export const isLegionella = ({ now, readings }: PlanInput): boolean =>
  readings.legionella?.value === true && isCurrent(readings.legionella, now);

/** The pump ended its boost itself: nothing is left to end. */
function withBoost(memory: PlanMemory, { readings: { boost } }: PlanInput): PlanMemory {
  const ended = memory.boost !== null && boost?.value === false && boost.at > memory.boost.since;
  const held = memory.hold?.kind === 'boost';
  return ended && !held ? { ...memory, boost: null } : memory;
}

/** A plan that goes away leaves hot water on. */
const withRest = (memory: PlanMemory, plan: Plan): PlanMemory =>
  plan.mode === 'none' || memory.rest === true ? memory : { ...memory, rest: true };

/** To be stored before the write is sent. */
export function recordWrite(memory: PlanMemory, write: Pick<WriteRow, 'at' | 'on' | 'by'>): PlanMemory {
  return { ...memory, writes: [...memory.writes, { ...write, state: 'begun' as const }].slice(-MOST_ROWS) };
}

/** How sending ended. `refused` only where it surely was not taken; no answer counts as accepted. */
export function settleWrite(memory: PlanMemory, outcome: 'accepted' | 'refused'): PlanMemory {
  return memory.writes.at(-1)?.state === 'begun'
    ? { ...memory, writes: markLast(memory.writes, outcome) }
    : memory;
}

/** The pump's own boost was switched, or could not be. */
export function recordBoost(
  memory: PlanMemory,
  sent: { at: number; on: boolean; accepted: boolean },
): PlanMemory {
  if (!sent.on && sent.accepted) return { ...memory, boost: null };
  const since = sent.on ? sent.at : (memory.boost?.since ?? sent.at);
  return { ...memory, boost: { since, retryAt: sent.on ? sent.at : sent.at + HOUR / 4 } };
}

const markLast = (writes: readonly WriteRow[], state: WriteRow['state']): WriteRow[] =>
  writes.map((row, index) => (index === writes.length - 1 ? { ...row, state } : row));

/** Drops what is too old to matter, and what a wrong clock dated into the future. */
export function prune(memory: PlanMemory, now: number): PlanMemory {
  const { writes, changes, hold, pause } = memory;
  const sane = ({ at }: { at: number }): boolean => at <= now + SKEW;
  const keptWrites = writes.filter((row, i) => sane(row) && (row.at > now - DAY || i === writes.length - 1));
  // The last row before the window says how it was at its beginning.
  const keptChanges = changes.filter(
    (row, i) => sane(row) && (changes[i + 1]?.at ?? Infinity) > now - 2 * DAY,
  );
  const isOver = (each: { until: number } | null): boolean => each !== null && each.until <= now;
  if (
    keptWrites.length === writes.length &&
    keptChanges.length === changes.length &&
    !isOver(hold) &&
    !isOver(pause)
  )
    return memory;
  return {
    ...memory,
    writes: keptWrites,
    changes: keptChanges,
    hold: isOver(hold) ? null : hold,
    pause: isOver(pause) ? null : pause,
  };
}

export const holdOf = ({ plan, memory, now }: PlanInput): Hold | null =>
  activeHold({ plan, hold: memory.hold }, now);

const at = z.number();
const by = z.custom<ReasonKind>((value) => typeof value === 'string');
const span = { since: at, until: at };
const memorySchema = z.object({
  hold: z
    .object({
      kind: z.enum(['person', 'off', 'on', 'boost']),
      on: z.boolean(),
      firm: z.boolean(),
      ...span,
    })
    .nullable()
    .catch(null),
  pause: z
    .object({ kind: z.enum(['pause', 'guests']), ...span })
    .nullable()
    .catch(null),
  rest: z.boolean().nullable().catch(null),
  rescue: z
    .object({ since: at, seenAt: at, level: z.number(), roseAt: at, heatedAt: at })
    .nullable()
    .catch(null),
  boost: z.object({ since: at, retryAt: at }).nullable().catch(null),
  writes: z
    .array(z.object({ at, on: z.boolean(), by, state: z.enum(['begun', 'accepted', 'refused', 'seen']) }))
    .catch([]),
  changes: z.array(z.object({ at, on: z.boolean(), by })).catch([]),
});

/** What was stored, however old or damaged: what is not understood is forgotten. */
export function parseMemory(raw: unknown): PlanMemory {
  const parsed = memorySchema.safeParse(raw);
  return parsed.success ? parsed.data : EMPTY_MEMORY;
}
