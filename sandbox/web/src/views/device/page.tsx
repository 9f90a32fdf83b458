import type { JSX } from 'preact';
import { lastHeardOf, mainReadingOf, stateWordsOf, viewOf } from '../../pure/device-view.js';
import { formatAge, formatValue } from '../../pure/format.js';
import { linkTo } from '../../pure/routes.js';
import { devices, devicesLoaded, now } from '../../state/world.js';
import { Empty, Panel, Spinner } from '../../ui/controls.js';
import { Icon } from '../../ui/icons.js';
import { InsightsPanel } from '../insights/panel.js';
import { DeviceIcon, DeviceTrouble } from '../tile.js';
import { ControlRow } from './controls.js';
import { DayView } from './day.js';
import { Maintenance } from './maintenance.js';
import { Sensors } from './sensors.js';
import { DeviceSettings } from './settings.js';

export const DevicePage = ({ deviceId }: { deviceId: string }): JSX.Element => {
  const device = devices.value.get(deviceId);
  if (device === undefined) {
    return devicesLoaded.value ? <Empty>There is no such device.</Empty> : <Spinner />;
  }
  const { controls, sensors, alarms, maintenance } = viewOf(device);
  const reading = mainReadingOf(device);
  const shown = reading === null ? null : formatValue(reading);
  return (
    <div class="device" data-testid="device-page">
      <header class="device-head">
        <a class="back" href={linkTo({ page: 'home' })} aria-label="Back to Home">
          <Icon name="back" />
        </a>
        <span class="device-icon">
          <DeviceIcon device={device} size={44} />
        </span>
        <div class="device-title">
          <h1>{device.name}</h1>
          <p>{[...stateWordsOf(device), `heard ${formatAge(lastHeardOf(device), now.value)}`].join(' · ')}</p>
        </div>
        {shown !== null && (
          <p class="device-number">
            {shown.text}
            <small>{shown.unit}</small>
          </p>
        )}
      </header>
      <DeviceTrouble device={device} />
      <DayView device={device} />
      <div class="device-body">
        <div class="device-side">
          {controls.length > 0 && (
            <Panel title="Controls" testId="controls">
              {controls.map((control) => (
                <ControlRow key={control.capability.id} device={device} control={control} />
              ))}
            </Panel>
          )}
          <Panel title="Readings" testId="sensors">
            <Sensors device={device} sensors={[...sensors, ...alarms]} />
          </Panel>
        </div>
        <div class="device-side">
          <InsightsPanel deviceId={device.id} title="Insights" />
          <DeviceSettings device={device} />
          <Maintenance device={device} actions={maintenance} />
        </div>
      </div>
    </div>
  );
};
