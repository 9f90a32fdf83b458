/** What is done about one class of failure. Everything else that an attempt fails with is thrown on as it is. */
export interface Policy {
  run<T>(attempt: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** The first is the outermost. */
export const compose = (...policies: readonly Policy[]): Policy => ({
  run: (attempt, signal) => {
    type Attempt = typeof attempt;
    return policies.reduceRight<Attempt>(
      (inner, policy) => (outer) => policy.run(inner, outer),
      attempt,
    )(signal);
  },
});
