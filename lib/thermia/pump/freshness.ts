import type { Freshness } from './model.js';

/**
 * Whether a value can be taken for what the pump says now: it was delivered lately, and the pump is connected. A pump
 * that is offline still gets answers from the service, with its last values.
 */
export const freshnessOf = (facts: {
  readonly ageMs: number;
  readonly maxAgeMs: number;
  readonly online: boolean | null;
}): Freshness => (facts.online === false || facts.ageMs > facts.maxAgeMs ? 'stale' : 'current');
