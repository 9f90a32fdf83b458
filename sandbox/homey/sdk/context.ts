import type { Link } from '../link.js';
import type { DeviceBox } from './device-box.js';
import type { Driver } from './driver.js';
import type { HomeyInstance } from './homey.js';

/** What an App, Driver or Device has before its own fields are set. Its constructor takes no arguments. */
interface AppContext {
  readonly homey: HomeyInstance;
  readonly manifest: unknown;
  readonly id: string;
}

interface DriverContext extends AppContext {
  readonly devices: () => readonly DeviceBox[];
}

interface DeviceContext {
  readonly homey: HomeyInstance;
  readonly driver: Driver;
  readonly box: DeviceBox;
  readonly link: Link;
}

interface Contexts {
  app: AppContext | null;
  driver: DriverContext | null;
  device: DeviceContext | null;
}

const current: Contexts = { app: null, driver: null, device: null };

/** Makes an instance of a class of the app with its context in place. */
export const build = <K extends keyof Contexts, T>(
  kind: K,
  context: NonNullable<Contexts[K]>,
  make: () => T,
): T => {
  const before = current[kind];
  current[kind] = context;
  try {
    return make();
  } finally {
    current[kind] = before;
  }
};

export const claim = <K extends keyof Contexts>(kind: K): NonNullable<Contexts[K]> => {
  const context = current[kind];
  if (context === null) throw new Error(`A ${kind} is made by Homey, not by the app`);
  return context;
};
