import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAppHost, type AppHost } from './app/host.js';
import { createAppLog } from './app/log.js';
import { createAppSettings, type AppSettings } from './app/settings.js';
import { createDeviceRegistry } from './devices/registry.js';
import { createDeviceCalls, type SdkCalls } from './devices/sdk-calls.js';
import { createSettingsEditor } from './devices/settings-editor.js';
import { createCapabilityValues } from './devices/values.js';
import { createDispatch, type Managers } from './dispatch.js';
import { missingScopes, notImplemented } from './errors.js';
import { within, type Host } from './host.js';
import { createFlowParts, type FlowParts } from './flow/index.js';
import { createIcons } from './icons.js';
import { createInsights } from './insights/logs.js';
import { createLogic } from './logic.js';
import { createNotifications } from './notifications.js';
import { insightsCalls, insightsManager } from './managers/insights.js';
import { registerSandboxRoutes } from './server/sandbox-routes.js';
import { translated } from './text.js';
import type { HomeyHost, HomeyOptions } from './options.js';
import { isRecord, jsonCopy, type Args } from './json.js';
import { appsManager } from './managers/apps.js';
import { devicesManager } from './managers/devices.js';
import { driversManager } from './managers/drivers.js';
import { systemManagers } from './managers/system.js';
import { rootZone, zonesManager } from './managers/zones.js';
import { loadApp } from './manifest.js';
import { createPairing, type Pairing } from './pairing.js';
import { createRealtime } from './realtime.js';
import { createHttpServer } from './server/http.js';
import { attachSocket } from './server/socket.js';
import { createSessions } from './sessions.js';
import { loadSpec } from './spec.js';
import { openStore } from './store.js';

/** The firmware this Homey says it is. */
const VERSION = '12.9.0';
const LOG_LINES = 1000;
const START_MS = 20_000;
const LOCATION = { latitude: 59.33, longitude: 18.07 };

export const createHomey = async (options: HomeyOptions): Promise<HomeyHost> => {
  const { clock, language = 'en', timezone = 'Europe/Stockholm' } = options;
  const appManifest = loadApp(options.appDir);
  const store = openStore(options.stateDir);
  const kept = store.meta.get('homeyId');
  const homeyId = typeof kept === 'string' ? kept : randomBytes(12).toString('hex');
  store.meta.putSync('homeyId', homeyId);
  const host: Host = {
    store,
    clock,
    realtime: createRealtime(),
    app: appManifest,
    icons: createIcons(options.appDir),
    language,
    timezone,
  };
  rootZone(host);
  const sessions = createSessions(store);
  const log = createAppLog(LOG_LINES);
  if (options.onLog !== undefined) log.follow(options.onLog);
  let address = '';
  const readyDrivers = new Set<string>();
  const parts: Parts = { calls: {}, pairing: null, flow: null };

  const settings = createAppSettings(host);
  const devices = createDeviceRegistry(host);
  const app: AppHost = createAppHost({
    log,
    boot: () => ({
      appDir: options.appDir,
      manifest: jsonCopy(host.app.source),
      env: options.env,
      settings: settings.all(),
      language,
      timezone,
      units: 'metric',
      version: VERSION,
      homeyId,
      localAddress: address,
      location: LOCATION,
      clock: { speed: clock.speed, startAt: clock.now(), startedAt: Date.now() },
      devices: devices.all().map((device) => devices.state(device)),
    }),
    handle: (event, data) => {
      const call = parts.calls[event];
      if (call === undefined) throw notImplemented(event);
      return call(isRecord(data) ? data : {});
    },
    onState: (state) => {
      if (state === 'running') return;
      readyDrivers.clear();
      parts.pairing?.forgetAll();
      parts.flow?.appEnded();
      for (const { id } of devices.all()) {
        devices.setStatus(id, {
          ready: false,
          available: state === 'starting',
          unavailableMessage: state === 'starting' ? null : `App ${state}`,
          warningMessage: null,
        });
      }
    },
  });
  const values = createCapabilityValues(host, devices, app);
  const editor = createSettingsEditor(host, devices, app);
  const pairing = createPairing(host, devices, app, () => rootZone(host).id);
  parts.pairing = pairing;
  const logic = createLogic(host);
  const notifications = createNotifications(host);
  const insights = createInsights(host, devices, values);
  const flow = createFlowParts(host, app, devices, values, logic, notifications);
  parts.flow = flow;
  parts.calls = {
    ...settingsCalls(settings),
    ...createDeviceCalls(host, devices, values, editor),
    ...insightsCalls(insights),
    ...flow.calls,
    'notifications.create': ({ notification }) =>
      notifications.create(
        host.app.uri,
        translated(host.app.manifest.name, language) ?? host.app.manifest.id,
        isRecord(notification) ? notification['excerpt'] : null,
      ),
    'driver.initialised': (data) => void readyDrivers.add(String(data['driverId'])),
    'pair.toPage': (data) => pairing.toPage(data),
    'api.realtime': (data) => host.realtime.emit(host.app.uri, String(data['event']), data['data']),
    'api.ownerToken': () => {
      if (!host.app.manifest.permissions.includes('homey:manager:api')) throw missingScopes();
      return sessions.app.token;
    },
  };
  const managers: Managers = {
    ...systemManagers(
      host,
      { homeyId, version: VERSION, units: 'metric', location: LOCATION, address: () => address },
      sessions,
    ),
    ...flow.managers,
    zones: zonesManager(host),
    logic: logic.manager,
    notifications: notifications.manager,
    insights: insightsManager(insights),
    apps: appsManager(host, app, settings),
    devices: devicesManager(host, devices, values, editor, app),
    drivers: driversManager(host, pairing, (id) => readyDrivers.has(id)),
  };
  const spec = loadSpec();
  const dispatch = createDispatch(spec, managers);
  const server = await createHttpServer({
    host,
    spec,
    dispatch,
    sessions,
    app,
    homeyId,
    version: VERSION,
    pageDir: options.pageDir ?? null,
  });
  registerSandboxRoutes(server, {
    log,
    engine: flow.engine,
    hello: () => ({
      token: sessions.owner.token,
      homeyId,
      speed: clock.speed,
      now: clock.now(),
      language,
      timezone,
      ...options.hello,
    }),
  });
  const io = attachSocket(server.server, dispatch, sessions, host.realtime);
  const close = async (): Promise<void> => {
    flow.close();
    insights.close();
    io.disconnectSockets(true);
    await Promise.all([app.stop(), server.close()]);
    await store.close();
  };
  try {
    await server.listen({ host: '127.0.0.1', port: options.port });
  } catch (error) {
    await close();
    throw error;
  }
  address = `http://127.0.0.1:${String(portOf(server.server.address()))}`;
  insights.start();
  await within(clock, START_MS * clock.speed, 'The app took too long to start', app.start()).catch(
    (error: unknown) => log.add(String(error)),
  );
  return { address, token: sessions.owner.token, homeyId, close };
};

interface Parts {
  calls: SdkCalls;
  pairing: Pairing | null;
  flow: FlowParts | null;
}

const portOf = (bound: string | AddressInfo | null): number =>
  bound === null || typeof bound === 'string' ? 0 : bound.port;

const settingsCalls = (settings: AppSettings): SdkCalls => ({
  'settings.set': (data: Args) => settings.set(String(data['key']), data['value']),
  'settings.unset': (data: Args) => settings.unset(String(data['key'])),
});
