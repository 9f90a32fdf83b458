import { readFileSync, renameSync, writeFileSync } from 'node:fs';

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

const KEEP_EVERY_MS = 500;

/** The sandbox time that was kept in a file; 0 where there is none. */
export const keptTime = (file: string): number => {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof kept === 'number' && Number.isFinite(kept) ? kept : 0;
  } catch {
    return 0;
  }
};

/**
 * Keeps the time of a sandbox that is ahead of the world, so that it does not fall back when it is started again. What is
 * kept is the latest moment that can be reached before it is kept anew: a killed process writes nothing any more.
 */
export const keepTime = (file: string, clock: SandboxClock): (() => void) => {
  const keep = (aheadMs: number): void => {
    if (clock.speed === 1 && clock.now() - Date.now() < 1000) return;
    const next = `${file}.new`;
    writeFileSync(next, JSON.stringify(Math.ceil(clock.now() + aheadMs)));
    renameSync(next, file);
  };
  const ahead = 2 * KEEP_EVERY_MS * clock.speed;
  keep(ahead);
  const timer = setInterval(() => keep(ahead), KEEP_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    keep(0);
  };
};
