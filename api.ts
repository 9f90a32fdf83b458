import { hotWaterDay } from './lib/homey/hot-water-plan/day-report.js';
import { servicesOf } from './lib/homey/services.js';
import { status } from './lib/homey/status-report.js';

interface Call {
  readonly homey: {
    readonly app: object;
    readonly drivers: { getDriver(id: string): { getDevices(): readonly unknown[] } };
  };
  readonly query: Readonly<Record<string, unknown>>;
}

export default {
  /** What the app knows of itself, for a report of a problem: no names, no tokens. */
  getStatus({ homey }: Call): Promise<unknown> {
    return Promise.resolve(status(homey.app, homey.drivers.getDriver('heat-pump').getDevices()));
  },

  /** The hot water plan of one heat pump, yesterday to tomorrow: `?device=` is the installation's id. */
  getHotWaterPlan({ homey, query }: Call): Promise<unknown> {
    const devices = homey.drivers.getDriver('heat-pump').getDevices();
    return Promise.resolve().then(() => hotWaterDay(devices, query['device'], servicesOf(homey.app).texts));
  },
};
