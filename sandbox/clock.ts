/** The one clock of a sandbox: real time, or time that runs `speed` times as fast. */
export interface SandboxClock {
  readonly speed: number;
  /** Milliseconds since 1970, in sandbox time. */
  now(): number;
  /** Runs once after `delayMs` of sandbox time. The returned function ends it. */
  after(delayMs: number, run: () => void): () => void;
}

/** `startAt` is the sandbox time at the moment of the call; both ends of a sandbox must be given the same. */
export const createSandboxClock = ({
  speed = 1,
  startAt = Date.now(),
  startedAt = Date.now(),
}: { speed?: number; startAt?: number; startedAt?: number } = {}): SandboxClock => ({
  speed,
  now: () => startAt + (Date.now() - startedAt) * speed,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs / speed);
    return () => {
      clearTimeout(timer);
    };
  },
});
