import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Capability, Device } from '../../client/schemas.js';
import { plainValue } from '../../pure/format.js';
import { Panel } from '../../ui/controls.js';
import { Plot } from '../../ui/plot.js';
import { capabilityOf, logColours, useLogs, usePlot } from '../insights/plot-data.js';

/** The capability in which the device says in words what its plan for the hot water does, if it has one. */
const planOf = (device: Device): Capability | undefined =>
  device.capabilities.flatMap((id) =>
    id.startsWith('hot_water_plan') ? (device.capabilitiesObj[id] ?? []) : [],
  )[0];

const SHOWN = /^measure_temperature$|^onoff$|rescue/;

const Day = ({ device, plan }: { device: Device; plan: Capability }): JSX.Element => {
  const { logs } = useLogs(device.id);
  const shown = useMemo(() => (logs ?? []).filter((log) => SHOWN.test(capabilityOf(log))), [logs]);
  const colours = useMemo(() => logColours(shown), [shown]);
  const { plot } = usePlot(device.id, shown, colours, { resolution: 'today', spanMs: null });
  return (
    <Panel title="Hot water today" testId="day-view">
      <p class="plan-words" data-testid="plan-words">
        {plainValue(plan)}
      </p>
      {plot !== null && shown.length > 0 && <Plot data={plot} label="Hot water today" />}
    </Panel>
  );
};

/** The day of the hot water, for devices that plan it. */
export const DayView = ({ device }: { device: Device }): JSX.Element | null => {
  const plan = planOf(device);
  return plan === undefined ? null : <Day device={device} plan={plan} />;
};
