import { syncBuiltinESMExports } from 'node:module';
import { realTimers } from '../seam.js';
import type { ClockOrigin } from '../wire.js';

type Run = (...args: unknown[]) => void;

/** What an app waits for longer than this is, as a rule, an answer that may stay out. */
const PATIENCE_FROM_MS = 5000;
/** The network does not get faster with the sandbox: an answer has at least this much real time. */
const LEAST_PATIENCE_MS = 400;

/**
 * Lets this process live in sandbox time: its dates, timers and performance.now run `speed` times as fast, so that an app
 * that knows nothing of it does in a minute what takes it an hour. What Node itself waits for (sockets,
 * AbortSignal.timeout) stays in real time.
 */
export const scaleTime = ({ speed, startAt, startedAt }: ClockOrigin): void => {
  if (speed === 1 && startAt === startedAt) return;
  const RealDate = Date;
  const now = (): number => Math.floor(startAt + (RealDate.now() - startedAt) * speed);

  const ScaledDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget): object =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver): unknown => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  globalThis.Date = ScaledDate;
  RealDate.prototype.constructor = ScaledDate;

  const performanceNow = performance.now.bind(performance);
  performance.now = () => performanceNow() * speed;

  const timers = realTimers();
  const { setTimeout: after, setInterval: every } = timers;
  const scaled = (delay: unknown): number => (typeof delay === 'number' ? delay : 0) / speed;
  const patient = (delay: unknown): number =>
    typeof delay === 'number' && delay >= PATIENCE_FROM_MS
      ? Math.max(scaled(delay), LEAST_PATIENCE_MS)
      : scaled(delay);
  const setTimeoutScaled = Object.assign(
    (run: Run, delay?: unknown, ...args: unknown[]) => after(run, patient(delay), ...args),
    { __promisify__: after.__promisify__ },
  );
  const setIntervalScaled = (run: Run, delay?: unknown, ...args: unknown[]): NodeJS.Timeout =>
    every(run, scaled(delay), ...args);
  const sleep = timers.promises.setTimeout;
  const patch = { setTimeout: setTimeoutScaled, setInterval: setIntervalScaled };
  Object.assign(globalThis, patch);
  Object.assign(timers, patch);
  Object.assign(timers.promises, {
    setTimeout: (delay?: number, value?: unknown, options?: object) => sleep(scaled(delay), value, options),
  });
  syncBuiltinESMExports();
};
