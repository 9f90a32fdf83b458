import type { PumpSnapshot, Reading, ReadingId } from '../thermia/pump/model.js';

/** The service counts these by itself, also while nothing comes from the pump. */
const NOT_FROM_PUMP: readonly string[] = ['alarms', 'alarm_texts'] satisfies readonly ReadingId[];

/** When the pump itself was last read, milliseconds since 1970; -Infinity if never, or never as `counts` wants it. */
export const lastOwnRead = (
  snapshot: PumpSnapshot | null,
  counts: (reading: Reading<unknown>) => boolean = () => true,
): number =>
  Math.max(
    -Infinity,
    ...Object.entries(snapshot?.readings ?? {})
      .filter(([id, reading]) => !NOT_FROM_PUMP.includes(id) && counts(reading))
      .map(([, { at }]) => at),
  );
