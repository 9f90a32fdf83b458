import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { messageOf } from '../errors.js';
import { isRecord, jsonCopy, type Args } from '../json.js';
import type { Link } from '../link.js';
import { deviceHooks, devicePart, deviceState } from '../seam.js';
import { App } from '../sdk/app.js';
import { build } from '../sdk/context.js';
import { createDeviceBox, withValue, type DeviceBox } from '../sdk/device-box.js';
import { Device } from '../sdk/device.js';
import { Driver } from '../sdk/driver.js';
import type { SimpleClass } from '../sdk/simple-class.js';
import { createHomey } from '../sdk/homey.js';
import type { Boot, DeviceState } from '../wire.js';
import type { Calls } from './calls.js';
import { createFlowCalls } from './flow-calls.js';
import { loadClass, loadDefault, type Load } from './load-class.js';
import { createPairCalls } from './pair-calls.js';

interface LoadedDriver {
  readonly driver: Driver;
  readonly Device: new () => Device;
}

const text = (data: Args, name: string): string => String(data[name]);

/** Starts the app the way a Homey does: the app, then its drivers, then their devices. */
export const startApp = async (boot: Boot, link: Link, load: Load): Promise<Calls> => {
  const side = createHomey(boot, link);
  const homey = side.instance;
  const drivers = new Map<string, LoadedDriver>();
  const boxes = new Map<string, DeviceBox>();
  const boxOf = (id: string): DeviceBox => {
    const box = boxes.get(id);
    if (box === undefined) throw new Error(`Invalid Device: ${id}`);
    return box;
  };
  const instanceOf = (id: string): Device => {
    const { instance } = boxOf(id);
    if (instance === null) throw new Error(`Device is not ready: ${id}`);
    return instance;
  };

  const addDevice = (state: DeviceState): DeviceBox => {
    const box = createDeviceBox(state, link);
    boxes.set(state.id, box);
    return box;
  };

  const initDevice = async (box: DeviceBox): Promise<void> => {
    const loaded = drivers.get(box.state.driverId);
    if (loaded === undefined) throw new Error(`Invalid Driver ID: ${box.state.driverId}`);
    let fault: string | null = null;
    try {
      box.instance = build('device', { homey, driver: loaded.driver, box, link }, () => new loaded.Device());
      await box.instance.onInit();
    } catch (error) {
      fault = messageOf(error);
      box.available = false;
      const logger = box.instance ?? loaded.driver;
      logger.error(error);
    }
    box.markReady();
    await box.call('initialised', { fault });
  };

  const AppClass = await loadClass(boot.appDir, 'app', App, load);
  const app = build('app', { homey, manifest: homey.manifest, id: homey.id }, () => new AppClass());
  side.setApp(app);
  const api = await loadDefault(boot.appDir, 'api', load);
  await app.onInit();

  const manifest = isRecord(boot.manifest) ? boot.manifest : {};
  const manifests = Array.isArray(manifest['drivers']) ? manifest['drivers'].filter(isRecord) : [];
  for (const driverManifest of manifests) {
    const id = text(driverManifest, 'id');
    const dir = join(boot.appDir, 'drivers', id);
    const DriverClass = await loadClass(dir, 'driver', Driver, load);
    const driver = build(
      'driver',
      {
        homey,
        manifest: driverManifest,
        id,
        devices: () => [...boxes.values()].filter(({ state }) => state.driverId === id),
      },
      () => new DriverClass(),
    );
    if (Reflect.get(driver, 'onMapDeviceClass') !== Reflect.get(Driver.prototype, 'onMapDeviceClass'))
      driver.onMapDeviceClass();
    drivers.set(id, { driver, Device: await loadClass(dir, 'device', Device, load) });
  }
  side.setDrivers(new Map([...drivers].map(([id, { driver }]) => [id, driver])));
  for (const { driver } of drivers.values()) {
    await driver.onInit();
    driver.emit('__ready');
    await link.call('driver.initialised', { driverId: driver.id });
  }
  for (const state of boot.devices) addDevice(state);
  await Promise.all([...boxes.values()].map(initDevice));
  side.markReady();

  /** What the app does when nobody waits for it; a fault of it is for the log. */
  const attempt = async (owner: SimpleClass, step: () => unknown): Promise<void> => {
    try {
      await step();
    } catch (error) {
      owner.error(error);
    }
  };
  const removeDevice = async (id: string): Promise<void> => {
    const { instance } = boxOf(id);
    boxes.delete(id);
    if (instance === null) return;
    await attempt(instance, () => instance.onDeleted());
    await attempt(instance, () => instance.onUninit());
  };

  return {
    ...createFlowCalls(side.flow, instanceOf),
    ...createPairCalls((id) => drivers.get(id)?.driver ?? null, instanceOf, link),
    'settings.changed': (data) => {
      const value = data['value'];
      side.settings.changed(text(data, 'key'), value === undefined ? undefined : jsonCopy(value));
    },
    'device.add': async (data) => {
      const box = addDevice(deviceState(data['state']));
      await initDevice(box);
      const { instance } = box;
      if (instance !== null) await attempt(instance, () => instance.onAdded());
    },
    'device.set': (data) => {
      const { listeners } = boxOf(text(data, 'id'));
      const capability = text(data, 'capabilityId');
      const listener = listeners.get(capability);
      if (listener === undefined) throw new Error(`Missing Capability Listener: ${capability}`);
      return listener(data['value'], data['options'] ?? {});
    },
    'device.value': (data) => {
      const box = boxOf(text(data, 'id'));
      box.state = withValue(box.state, text(data, 'capabilityId'), jsonCopy(data['value']));
    },
    'device.onSettings': (data) =>
      deviceHooks(instanceOf(text(data, 'id'))).onSettings({
        oldSettings: data['oldSettings'],
        newSettings: data['newSettings'],
        changedKeys: data['changedKeys'],
      }),
    'device.patch': (data) => {
      const box = boxOf(text(data, 'id'));
      box.state = { ...box.state, ...devicePart(data['part']) };
    },
    'device.renamed': (data) => {
      const box = boxOf(text(data, 'id'));
      box.state = { ...box.state, name: text(data, 'name') };
      return box.instance === null ? undefined : deviceHooks(box.instance).onRenamed(box.state.name);
    },
    'device.remove': (data) => removeDevice(text(data, 'id')),
    'api.run': (data) => {
      const handler = isRecord(api) ? api[text(data, 'name')] : undefined;
      if (typeof handler !== 'function') throw new Error(`Missing API handler: ${text(data, 'name')}`);
      const { params, query, body } = data;
      return Reflect.apply(handler, api, [{ homey, params, query, body }]) as unknown;
    },
    'app.usage': () => ({ cpu: process.cpuUsage(), heap: getHeapStatistics().used_heap_size }),
    'app.stop': async () => {
      const instances = [...boxes.values()].flatMap(({ instance }) => (instance === null ? [] : [instance]));
      await Promise.all(instances.map((device) => attempt(device, () => device.onUninit())));
      for (const { driver } of drivers.values()) await attempt(driver, () => driver.onUninit());
      await attempt(app, () => app.onUninit());
      side.unload();
    },
  };
};
