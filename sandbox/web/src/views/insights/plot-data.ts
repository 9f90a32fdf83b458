import { useEffect, useMemo, useState } from 'preact/hooks';
import type { InsightsLog, LogEntries } from '../../client/schemas.js';
import { coloursFor } from '../../pure/colours.js';
import { sentence } from '../../pure/format.js';
import { bands, linePoints } from '../../pure/series.js';
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

const toPlot = (
  logs: readonly InsightsLog[],
  entries: ReadonlyMap<string, LogEntries>,
  colours: ReadonlyMap<string, string>,
  from: number,
  to: number,
): PlotData => {
  const chosen = logs.flatMap((log) => {
    const found = entries.get(log.id);
    return found === undefined ? [] : [{ log, found, colour: colours.get(log.id) ?? GREY }];
  });
  return {
    from,
    to,
    lines: chosen
      .filter(({ log }) => log.type === 'number')
      .map(({ log, found, colour }) => ({
        id: log.id,
        title: log.title,
        units: log.units ?? '',
        decimals: log.decimals,
        colour,
        points: linePoints(found.values),
      })),
    bands: chosen
      .filter(({ log }) => log.type === 'boolean')
      .map(({ log, found, colour }) => ({
        id: log.id,
        title: log.title,
        whenOn: 'On',
        whenOff: 'Off',
        colour,
        bands: bands(found.values, found.step ?? 60_000, now.peek()),
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
  /** Where the plot begins and ends, in sandbox time, at the moment of asking. */
  readonly span: (now: number) => readonly [from: number, to: number];
}

/** What is to be drawn of these logs, kept up to date. */
export const usePlot = (
  deviceId: string,
  shown: readonly InsightsLog[],
  colours: ReadonlyMap<string, string>,
  { resolution, span }: Window,
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
      const [from, to] = span(now.peek());
      setPlot(toPlot(shown, new Map(answers), colours, from, to));
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
