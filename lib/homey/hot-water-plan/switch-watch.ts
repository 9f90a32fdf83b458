import type { Clock } from '../../thermia/ports.js';

/** A pump that is read only in part for a while has not lost anything. */
const GONE_AFTER_MS = 15 * 60_000;

export interface SwitchWatch {
  /** The pump was read. True when its switch has just been found to be gone. */
  look(isThere: boolean): boolean;
  isGone(): boolean;
}

/** Watches whether the pump still reports the switch that a plan needs. */
export const createSwitchWatch = (clock: Clock): SwitchWatch => {
  let missingSince: number | null = null;
  let gone = false;
  return {
    look(isThere) {
      if (isThere) {
        missingSince = null;
        gone = false;
        return false;
      }
      missingSince ??= clock.now();
      if (gone || clock.now() - missingSince < GONE_AFTER_MS) return false;
      gone = true;
      return true;
    },
    isGone: () => gone,
  };
};
