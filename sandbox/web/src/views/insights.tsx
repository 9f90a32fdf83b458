import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { InsightsLog, LogEntries } from '../client/schemas.js';
import { coloursFor } from '../pure/colours.js';
import { sentence } from '../pure/format.js';
import { bands, linePoints, RESOLUTIONS, spanOf, type Resolution } from '../pure/series.js';
import { devices, hello, now, theHomey } from '../state/world.js';
import { Empty, Notice, Panel, Spinner } from '../ui/controls.js';
import type { PlotData } from '../ui/plot-option.js';
import { Plot } from '../ui/plot.js';

const REFRESH_MS = 30_000;
const AFTER_CHANGE_MS = 800;

const capabilityOf = (log: InsightsLog): string => log.id.split(':').slice(3).join(':');

const DEFAULTS = [
  /^measure_temperature$/,
  /^measure_temperature\.outdoor$/,
  /^measure_temperature\.supply$/,
  /^onoff$/,
  /^compressor_running$/,
];
const defaultChoice = (logs: readonly InsightsLog[]): string[] => {
  const known = logs.filter((log) => DEFAULTS.some((pattern) => pattern.test(capabilityOf(log))));
  return (known.length > 0 ? known : logs.slice(0, 3)).map(({ id }) => id);
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
    return found === undefined ? [] : [{ log, found, colour: colours.get(log.id) ?? '#888' }];
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
        whenOn: log.titleTrue ?? 'On',
        whenOff: log.titleFalse ?? 'Off',
        colour,
        bands: bands(found.values, found.step ?? 60_000, to),
      })),
  };
};

/** Changes whenever one of the device's logged values does. */
const useHeartbeat = (deviceId: string): number => {
  const device = devices.value.get(deviceId);
  return useMemo(
    () =>
      Math.max(0, ...Object.values(device?.capabilitiesObj ?? {}).map(({ lastUpdated }) => lastUpdated ?? 0)),
    [device],
  );
};

export const InsightsPanel = ({
  deviceId,
  title,
  initial = 'last6Hours',
}: {
  deviceId: string;
  title: string;
  initial?: Resolution;
}): JSX.Element => {
  const [logs, setLogs] = useState<readonly InsightsLog[] | null>(null);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [resolution, setResolution] = useState<Resolution>(initial);
  const [plot, setPlot] = useState<PlotData | null>(null);
  const [problem, setProblem] = useState('');
  const [tick, setTick] = useState(0);
  const [all, setAll] = useState(false);
  const heartbeat = useHeartbeat(deviceId);
  const capabilities = devices.value.get(deviceId)?.capabilities.join() ?? '';

  useEffect(() => {
    let current = true;
    theHomey()
      .logs()
      .then((all) => {
        if (!current) return;
        const own = all.filter(({ ownerUri, id }) => `${ownerUri}:${id}`.includes(deviceId));
        setLogs(own);
        setChosen((before) => before ?? defaultChoice(own));
      })
      .catch((error: unknown) => current && setProblem(sentence(error)));
    return () => {
      current = false;
    };
  }, [deviceId, capabilities]);

  useEffect(() => {
    const timer = setInterval(() => setTick((count) => count + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  const colours = useMemo(() => {
    const idsOf = (type: InsightsLog['type']): string[] =>
      (logs ?? []).filter((log) => log.type === type).map(({ id }) => id);
    return new Map([...coloursFor(idsOf('number')), ...coloursFor(idsOf('boolean'))]);
  }, [logs]);
  const shown = useMemo(() => (logs ?? []).filter(({ id }) => chosen?.includes(id)), [logs, chosen]);

  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      try {
        const answers = await Promise.all(
          shown.map(async ({ id }) => [id, await theHomey().entries(id, resolution)] as const),
        );
        if (!current) return;
        const to = now.peek();
        setPlot(toPlot(shown, new Map(answers), colours, to - spanOf(resolution), to));
        setProblem('');
      } catch (error) {
        if (current) setProblem(sentence(error));
      }
    };
    const timer = setTimeout(() => void load(), plot === null ? 0 : AFTER_CHANGE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [shown, resolution, heartbeat, tick, hello.value]);

  const toggle = (id: string): void =>
    setChosen((before) =>
      before?.includes(id) === true ? before.filter((other) => other !== id) : [...(before ?? []), id],
    );

  return (
    <Panel
      title={title}
      testId="insights"
      aside={
        <select
          class="select small"
          aria-label="Period"
          value={resolution}
          data-testid="insights-resolution"
          onChange={({ currentTarget }) => {
            const wanted = RESOLUTIONS.find(({ id }) => id === currentTarget.value);
            if (wanted !== undefined) setResolution(wanted.id);
          }}
        >
          {RESOLUTIONS.map(({ id, title: name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      }
    >
      {problem !== '' && <Notice tone="bad">{problem}</Notice>}
      {logs === null && problem === '' && <Spinner />}
      {logs?.length === 0 && <Empty>This device keeps no Insights.</Empty>}
      {plot !== null && shown.length > 0 && (
        <Plot data={plot} label={`${title}: ${shown.map((log) => log.title).join(', ')}`} />
      )}
      {logs !== null && logs.length > 0 && (
        <div class="chips" role="group" aria-label="Logs to show">
          {logs
            .filter(({ id }) => all || chosen?.includes(id) === true)
            .map((log) => (
              <button
                key={log.id}
                type="button"
                class="chip"
                aria-pressed={chosen?.includes(log.id) === true}
                onClick={() => toggle(log.id)}
                data-testid="insights-log"
                data-log={capabilityOf(log)}
              >
                <i style={{ background: colours.get(log.id) ?? '#888' }} />
                {log.title}
              </button>
            ))}
          {logs.length > shown.length && (
            <button
              type="button"
              class="chip more"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              data-testid="insights-more"
            >
              {all ? 'Fewer' : `${logs.length - shown.length} more`}
            </button>
          )}
        </div>
      )}
    </Panel>
  );
};
