import type { JSX } from 'preact';
import { deviceList, devicesLoaded } from '../state/world.js';
import { Button, Panel, Spinner } from '../ui/controls.js';
import { Icon } from '../ui/icons.js';
import { InsightsPanel } from './insights/panel.js';
import { addDevice } from './pair/add-device.js';
import { DeviceTile } from './tile.js';
import { Timeline } from './timeline.js';

const NoDevices = (): JSX.Element => (
  <Panel className="welcome" testId="no-devices">
    <Icon name="pump" size={44} />
    <h2>No heat pump yet</h2>
    <p>Add one the way it is done on a Homey: sign in, choose the pumps of the account, done.</p>
    <Button look="primary" icon="plus" onPress={() => void addDevice()} testId="add-device">
      Add a device
    </Button>
  </Panel>
);

export const Home = (): JSX.Element => {
  const devices = deviceList.value;
  if (!devicesLoaded.value) {
    return (
      <div class="loading">
        <Spinner /> Asking the Homey for its devices…
      </div>
    );
  }
  if (devices.length === 0) return <NoDevices />;
  const first = devices.find(({ available }) => available) ?? devices[0];
  return (
    <div class="home">
      <div class="home-main">
        <div class="tiles">
          {devices.map((device) => (
            <DeviceTile key={device.id} device={device} />
          ))}
          <button type="button" class="tile add" onClick={() => void addDevice()} data-testid="add-device">
            <Icon name="plus" size={26} />
            Add a device
          </button>
        </div>
        {first !== undefined && (
          <InsightsPanel
            key={first.id}
            deviceId={first.id}
            title={devices.length > 1 ? first.name : 'Insights'}
          />
        )}
      </div>
      <Timeline limit={8} />
    </div>
  );
};
