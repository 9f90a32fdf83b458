import { sameJson } from '../json.js';
import { claim } from './context.js';
import type { Device } from './device.js';
import type { DeviceBox } from './device-box.js';
import { missing } from './missing.js';
import type { HomeyInstance } from './homey.js';
import type { PairSession } from './pair-session.js';
import { setScope, SimpleClass } from './simple-class.js';

export class Driver extends SimpleClass {
  readonly homey: HomeyInstance;
  readonly manifest: unknown;
  readonly id: string;
  readonly #devices: () => readonly DeviceBox[];
  readonly #ready: Promise<void>;
  #markReady: () => void = () => undefined;

  constructor() {
    super();
    const { homey, manifest, id, devices } = claim('driver');
    this.homey = homey;
    this.manifest = manifest;
    this.id = id;
    this.#devices = devices;
    this.#ready = new Promise((resolve) => (this.#markReady = resolve));
    this.once('__ready', () => this.#markReady());
    setScope(this, `[ManagerDrivers] [Driver:${id}]`);
  }

  ready(): Promise<void> {
    return this.#ready;
  }

  getDevices(): Device[] {
    return this.#devices().flatMap(({ instance }) => (instance === null ? [] : [instance]));
  }

  getDevice(data: unknown): Device {
    const found = this.#devices().find((box) => sameJson(box.state.data, data))?.instance;
    if (found === null || found === undefined) throw new Error('Could not get device by device data');
    return found;
  }

  onInit(): unknown {
    return undefined;
  }

  onUninit(): unknown {
    return undefined;
  }

  onPair(session: PairSession): unknown {
    session.setHandler('list_devices', () => this.onPairListDevices());
    return undefined;
  }

  onPairListDevices(): unknown {
    throw new Error('Driver.onPairListDevices or Driver.onPair must be overridden');
  }

  onRepair(): unknown {
    return undefined;
  }

  onUnpair(): unknown {
    throw missing('Driver.onUnpair');
  }

  onMapDeviceClass(): unknown {
    throw missing('Driver.onMapDeviceClass');
  }
}
