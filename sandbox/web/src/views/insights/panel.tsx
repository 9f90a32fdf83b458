import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { InsightsLog } from '../../client/schemas.js';
import { RESOLUTIONS, spanOf, type Resolution } from '../../pure/series.js';
import { Empty, Notice, Panel, Spinner } from '../../ui/controls.js';
import { isEmpty } from '../../ui/plot-option.js';
import { Plot } from '../../ui/plot.js';
import { capabilityOf, logColours, useLogs, usePlot } from './plot-data.js';

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

interface ChipsProps {
  readonly logs: readonly InsightsLog[];
  readonly chosen: readonly string[];
  readonly colours: ReadonlyMap<string, string>;
  readonly onToggle: (id: string) => void;
}

const Chips = ({ logs, chosen, colours, onToggle }: ChipsProps): JSX.Element => {
  const [all, setAll] = useState(false);
  const hidden = logs.filter(({ id }) => !chosen.includes(id)).length;
  return (
    <div class="chips" role="group" aria-label="Logs to show">
      {logs
        .filter(({ id }) => all || chosen.includes(id))
        .map((log) => (
          <button
            key={log.id}
            type="button"
            class="chip"
            aria-pressed={chosen.includes(log.id)}
            onClick={() => onToggle(log.id)}
            data-testid="insights-log"
            data-log={capabilityOf(log)}
          >
            <i style={{ background: colours.get(log.id) }} />
            {log.title}
          </button>
        ))}
      {(hidden > 0 || all) && (
        <button
          type="button"
          class="chip more"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          data-testid="insights-more"
        >
          {all ? 'Fewer' : `${hidden} more`}
        </button>
      )}
    </div>
  );
};

interface Props {
  readonly deviceId: string;
  readonly title: string;
  readonly initial?: Resolution;
}

export const InsightsPanel = ({ deviceId, title, initial = 'last6Hours' }: Props): JSX.Element => {
  const { logs, problem: logsProblem } = useLogs(deviceId);
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const [resolution, setResolution] = useState<Resolution>(initial);
  const chosen = useMemo(() => picked ?? defaultChoice(logs ?? []), [picked, logs]);
  const colours = useMemo(() => logColours(logs ?? []), [logs]);
  const shown = useMemo(() => (logs ?? []).filter(({ id }) => chosen.includes(id)), [logs, chosen]);
  const { plot, problem } = usePlot(deviceId, shown, colours, {
    resolution,
    spanMs: spanOf(resolution),
  });

  const toggle = (id: string): void =>
    setPicked(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const trouble = logsProblem === '' ? problem : logsProblem;
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
      {trouble !== '' && <Notice tone="bad">{trouble}</Notice>}
      {logs === null && trouble === '' && <Spinner />}
      {logs?.length === 0 && <Empty>This device keeps no Insights.</Empty>}
      {plot !== null && shown.length > 0 && !isEmpty(plot) && (
        <Plot data={plot} label={`${title}: ${shown.map((log) => log.title).join(', ')}`} />
      )}
      {plot !== null && shown.length > 0 && isEmpty(plot) && (
        <Empty>Nothing has been recorded in this time.</Empty>
      )}
      {logs !== null && logs.length > 0 && (
        <Chips logs={logs} chosen={chosen} colours={colours} onToggle={toggle} />
      )}
    </Panel>
  );
};
