import { useEffect, useRef, useState } from 'preact/hooks';
import { readHotWaterPlan, type HotWaterPlan } from '../../client/app-routes.js';
import type { Device, LogEntries } from '../../client/schemas.js';
import { sentence } from '../../pure/format.js';
import type { DayName } from '../../pure/plan-days.js';
import { hello, now, theHomey } from '../../state/world.js';

/** A change of the device is followed by others; they are asked about together. */
const SETTLE_MS = 700;
const SOONEST_MS = 4000;
const LATEST_MS = 60_000;
const WORTH_A_LOOK_MS = 600_000;

/** What a plan's days depend on, without the readings that change all the time. */
const causeOf = ({ capabilitiesObj, settings }: Device): string =>
  JSON.stringify([
    Object.entries(capabilitiesObj)
      .filter(([id]) => id === 'onoff' || id.startsWith('hot_water_'))
      .map(([, { value }]) => value),
    Object.entries(settings).filter(([id]) => id.startsWith('plan_')),
  ]);

/** Counts up as long as the page is looked at. */
export const useTick = (): number => {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const speed = hello.peek()?.speed ?? 1;
    const every = Math.min(LATEST_MS, Math.max(SOONEST_MS, WORTH_A_LOOK_MS / speed));
    const timer = setInterval(() => {
      if (!document.hidden) setTick((count) => count + 1);
    }, every);
    return () => clearInterval(timer);
  }, []);
  return tick;
};

/** Asks at once for another `what`, and some time after `again` has changed. What was known stays until an answer comes. */
const useAnswer = <T>(
  ask: () => Promise<T>,
  what: string,
  again: string,
): { answer: T | null; problem: string } => {
  const asked = useRef<string | null>(null);
  const [answer, setAnswer] = useState<T | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => {
        ask()
          .then((value) => {
            if (!current) return;
            setAnswer(value);
            setProblem('');
          })
          .catch((error: unknown) => current && setProblem(sentence(error)));
      },
      asked.current === what ? SETTLE_MS : 0,
    );
    asked.current = what;
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [what, again]);
  return { answer, problem };
};

export interface DayData {
  readonly plan: HotWaterPlan | null;
  readonly problem: string;
}

export const usePlanDays = (device: Device, tick: number): DayData => {
  const { answer, problem } = useAnswer(
    () => readHotWaterPlan(theHomey(), device),
    device.id,
    `${causeOf(device)} ${tick}`,
  );
  return { plan: answer, problem };
};

/** What Insights kept of a capability on that day; tomorrow has nothing yet. */
export const useDayLog = (
  device: Device,
  capability: string,
  day: DayName,
  tick: number,
): LogEntries | null => {
  const has = device.capabilitiesObj[capability] !== undefined;
  const { answer } = useAnswer(
    async () => {
      if (!has || day === 'tomorrow') return { day, kept: null };
      const kept = await theHomey().entries(`homey:device:${device.id}:${capability}`, day);
      // The rest of the day is answered as empty: not yet known is no gap.
      const at = now.peek() - (kept.step ?? 0);
      return { day, kept: { ...kept, values: kept.values.filter(({ t, v }) => v !== null || t < at) } };
    },
    `${device.id} ${day} ${has}`,
    day === 'today' ? String(tick) : '',
  );
  return answer?.day === day ? answer.kept : null;
};
