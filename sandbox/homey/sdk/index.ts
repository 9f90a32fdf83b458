import { App } from './app.js';
import { Device } from './device.js';
import { Driver } from './driver.js';
import { strict } from './missing.js';
import { SimpleClass } from './simple-class.js';

/** What `import Homey from 'homey'` gives an app. */
export interface SdkModule {
  readonly App: typeof App;
  readonly Driver: typeof Driver;
  readonly Device: typeof Device;
  readonly SimpleClass: typeof SimpleClass;
  readonly env: Readonly<Record<string, string>>;
  readonly manifest: unknown;
}

export const createModule = (env: Readonly<Record<string, string>>, manifest: unknown): SdkModule =>
  strict({ App, Driver, Device, SimpleClass, env, manifest }, 'Homey');

export { App, Device, Driver, SimpleClass };

/** Outside a running app, as in unit tests, there is no environment and no manifest. */
const homey: SdkModule = createModule({}, {});
export default homey;
