/** What was asked of the service. The sandbox and tests count by it. */
interface CountedWrite {
  readonly at: number;
  readonly pumpId: number;
  readonly registerId: number;
  readonly registerName: string | null;
  readonly value: number;
  readonly accepted: boolean;
}

export interface Counters {
  /** Right passwords given. */
  passwordSignIns: number;
  /** Passwords given, right or wrong. */
  passwordTries: number;
  refreshes: number;
  refreshesRefused: number;
  /** By endpoint's name, whatever was answered. */
  requests: Record<string, number>;
  /** Newest last; the last thousand. */
  writes: CountedWrite[];
}

export const noCounts = (): Counters => ({
  passwordSignIns: 0,
  passwordTries: 0,
  refreshes: 0,
  refreshesRefused: 0,
  requests: {},
  writes: [],
});
