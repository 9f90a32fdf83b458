import { status } from './lib/homey/status-report.js';

interface Call {
  readonly homey: {
    readonly app: object;
    readonly drivers: { getDriver(id: string): { getDevices(): readonly unknown[] } };
  };
}

export default {
  /** What the app knows of itself, for a report of a problem: no names, no tokens. */
  getStatus({ homey }: Call): Promise<unknown> {
    return Promise.resolve(status(homey.app, homey.drivers.getDriver('heat-pump').getDevices()));
  },
};
