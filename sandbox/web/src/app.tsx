import type { JSX } from 'preact';
import { deviceList, homey, route } from './state/world.js';
import { Empty } from './ui/controls.js';
import { Outcomes } from './ui/outcomes.js';
import { AppLog } from './views/app-log.js';
import { DevicePage } from './views/device/page.js';
import { FlowPage } from './views/flow/page.js';
import { Home } from './views/home.js';
import { InsightsPanel } from './views/insights/panel.js';
import { PairDialog } from './views/pair/dialog.js';
import { pairing } from './views/pair/open.js';
import { PumpPage } from './views/pump/page.js';
import { Shell } from './views/shell.js';
import { Timeline } from './views/timeline.js';

const Insights = (): JSX.Element => (
  <div class="stack">
    {deviceList.value.length === 0 && <Empty>There is no device whose values could be drawn.</Empty>}
    {deviceList.value.map(({ id, name }) => (
      <InsightsPanel key={id} deviceId={id} title={name} initial="last24Hours" />
    ))}
  </div>
);

const Activity = (): JSX.Element => (
  <div class="activity">
    <Timeline />
    <AppLog />
  </div>
);

const Page = (): JSX.Element | null => {
  if (homey.value === null) return null;
  switch (route.value.page) {
    case 'home':
      return <Home />;
    case 'device':
      return <DevicePage key={route.value.deviceId} deviceId={route.value.deviceId} />;
    case 'flow':
      return <FlowPage />;
    case 'insights':
      return <Insights />;
    case 'activity':
      return <Activity />;
    case 'pump':
      return <PumpPage />;
  }
};

export const App = (): JSX.Element => (
  <>
    <Shell>
      <Page />
    </Shell>
    {pairing.value !== null && <PairDialog request={pairing.value} />}
    <Outcomes />
  </>
);
