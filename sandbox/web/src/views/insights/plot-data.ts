import { useEffect, useMemo, useState } from 'preact/hooks';
import type { InsightsLog, LogEntries } from '../../client/schemas.js';
import { coloursFor } from '../../pure/colours.js';
import { sentence } from '../../pure/format.js';
import { bands, linePoints, trimStart, withLive } from '../../pure/series.js';
import { devices, now, theHomey } from '../../state/world.js';
import type { PlotData } from '../../ui/plot-option.js';

const REFRESH_MS = 30_000;
const AFTER_CHANGE_MS = 800;
const GREY = '#888888';

export const capabilityOf = (log: InsightsLog): string => log.id.split(':').slice(3).join(':');

/** Lines and stripes take their colours apart: the switch of the hot water may share its hue with its temperature. */
export const logColours = (logs: readonly InsightsLog[]): ReadonlyMap<string, string> => {
  const idsOf = (type: InsightsLog['type']): string[] =>
    logs.filter((log) => log.type === type).map(({ id }) => id);
  return new Map([...coloursFor(idsOf('number')), ...coloursFor(idsOf('boolean'))]);
};

/** What the device says now of that which the log keeps. */
const liveValue = (log: InsightsLog): number | boolean | null => {
  const [, , deviceId = ''] = log.id.split(':');
  const value = devices.peek().get(deviceId)?.capabilitiesObj[capabilityOf(log)]?.value ?? null;
  return typeof value === 'string' ? null : value;
};

/** All that was answered, from its first bucket to its last. */
const extentOf = (entries: ReadonlyMap<string, LogEntries>): readonly [number, number] | null => {
  for (const { values, step } of entries.values()) {
    const [first, last] = [values[0], values.at(-1)];
    if (first !== undefined && last !== undefined) return [first.t, last.t + (step ?? 0)];
  }
  return null;
};

const toPlot = (
  logs: readonly InsightsLog[],
  entries: ReadonlyMap<string, LogEntries>,
  colours: ReadonlyMap<string, string>,
  [from, to]: readonly [number, number],
): PlotData => {
  const at = now.peek();
  const chosen = logs.flatMap((log) => {
    const found = entries.get(log.id);
    if (found === undefined) return [];
    const step = found.step ?? 60_000;
    const values = withLive(found.values, step, at, liveValue(log));
    return [{ log, step, values, colour: colours.get(log.id) ?? GREY }];
  });
  return {
    from: trimStart(
      from,
      to,
      chosen.map(({ values }) => values),
      Math.max(0, ...chosen.map(({ step }) => step)),
    ),
    to,
    lines: chosen
      .filter(({ log }) => log.type === 'number')
      .map(({ log, values, colour }) => ({
        id: log.id,
        title: log.title,
        units: log.units ?? '',
        decimals: log.decimals,
        colour,
        points: linePoints(values),
      })),
    bands: chosen
      .filter(({ log }) => log.type === 'boolean')
      .map(({ log, step, values, colour }) => ({
        id: log.id,
        title: log.title,
        whenOn: 'On',
        whenOff: 'Off',
        colour,
        bands: bands(values, step, at),
      })),
  };
};

/** The logs of a device; null until they are known. */
export const useLogs = (deviceId: string): { logs: readonly InsightsLog[] | null; problem: string } => {
  const [logs, setLogs] = useState<readonly InsightsLog[] | null>(null);
  const [problem, setProblem] = useState('');
  const capabilities = devices.value.get(deviceId)?.capabilities.join() ?? '';
  useEffect(() => {
    let current = true;
    theHomey()
      .logs()
      .then((all) => {
        if (!current) return;
        setLogs(all.filter(({ ownerUri, id }) => `${ownerUri}:${id}`.includes(deviceId)));
        setProblem('');
      })
      .catch((error: unknown) => current && setProblem(sentence(error)));
    return () => {
      current = false;
    };
  }, [deviceId, capabilities]);
  return { logs, problem };
};

/** Changes whenever one of the device's values does. */
const useHeartbeat = (deviceId: string): number => {
  const device = devices.value.get(deviceId);
  return useMemo(
    () =>
      Math.max(0, ...Object.values(device?.capabilitiesObj ?? {}).map(({ lastUpdated }) => lastUpdated ?? 0)),
    [device],
  );
};

export interface Window {
  readonly resolution: string;
  /** Length of a plot that ends now; null: as long as what is answered. */
  readonly spanMs: number | null;
}

/** What is to be drawn of these logs, kept up to date. */
export const usePlot = (
  deviceId: string,
  shown: readonly InsightsLog[],
  colours: ReadonlyMap<string, string>,
  { resolution, spanMs }: Window,
): { plot: PlotData | null; problem: string } => {
  const [plot, setPlot] = useState<PlotData | null>(null);
  const [problem, setProblem] = useState('');
  const [tick, setTick] = useState(0);
  const heartbeat = useHeartbeat(deviceId);

  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  const load = async (isCurrent: () => boolean): Promise<void> => {
    try {
      const answers = await Promise.all(
        shown.map(async ({ id }) => [id, await theHomey().entries(id, resolution)] as const),
      );
      if (!isCurrent()) return;
      const entries = new Map(answers);
      const to = now.peek();
      const ending: readonly [number, number] = [to - (spanMs ?? 0), to];
      setPlot(toPlot(shown, entries, colours, spanMs === null ? (extentOf(entries) ?? ending) : ending));
      setProblem('');
    } catch (error) {
      if (isCurrent()) setProblem(sentence(error));
    }
  };
  const later = (delayMs: number): (() => void) => {
    let current = true;
    const timer = setTimeout(() => void load(() => current), delayMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  };
  useEffect(() => later(0), [shown, resolution, tick]);
  useEffect(() => (plot === null ? undefined : later(AFTER_CHANGE_MS)), [heartbeat]);
  return { plot, problem };
};
