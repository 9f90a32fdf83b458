import { randomUUID } from 'node:crypto';
import type { AppHost } from './app/host.js';
import type { DeviceRegistry } from './devices/registry.js';
import { badRequest, HomeyError, notFound } from './errors.js';
import { within, type Host } from './host.js';
import { isJsonObject, isRecord, jsonCopy, type Args } from './json.js';
import { translateAll } from './text.js';

type PairType = 'pair' | 'repair';

interface PairSession {
  readonly id: string;
  readonly type: PairType;
  readonly driverId: string;
  readonly deviceId: string | null;
  readonly zoneId: string;
}

interface Callback {
  readonly sessionId: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Pair and repair sessions: the driver on one side, a page that shows its views on the other. */
export interface Pairing {
  readonly create: (wish: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;
  readonly present: (id: string) => Record<string, unknown>;
  readonly remove: (id: string) => Promise<void>;
  /** What a view says to the driver; answers what the driver's handler does. */
  readonly emit: (id: string, event: string, data: unknown) => Promise<unknown>;
  readonly callback: (id: string, callbackId: string, answer: unknown) => void;
  readonly createDevice: (id: string, description: unknown) => Promise<Record<string, unknown>>;
  /** What the driver says to the page. */
  readonly toPage: (data: Args) => Promise<unknown>;
  /** The app's process has gone, and with it the drivers' side of all sessions. */
  readonly forgetAll: () => void;
}

const PAGE_MS = 30_000;

export const createPairing = (
  host: Host,
  devices: DeviceRegistry,
  app: Pick<AppHost, 'call'>,
  defaultZone: () => string,
): Pairing => {
  const sessions = new Map<string, PairSession>();
  const callbacks = new Map<string, Callback>();
  const channel = (id: string): string => `homey:pairsession:${id}`;

  const get = (id: string): PairSession => {
    const session = sessions.get(id);
    if (session === undefined) throw notFound('PairSession', id);
    return session;
  };

  const present = (id: string): Record<string, unknown> => {
    const session = get(id);
    const driver = host.app.driver(session.driverId);
    return {
      id,
      type: session.type,
      driverId: `${host.app.uri}:${session.driverId}`,
      deviceId: session.deviceId,
      zoneId: session.zoneId,
      views: translateAll(driver?.[session.type] ?? [], host.language),
    };
  };

  const resolveWish = (wish: Readonly<Record<string, unknown>>): Omit<PairSession, 'id'> => {
    const { type, driverId, deviceId, zoneId } = wish;
    if (type !== 'pair' && type !== 'repair') throw badRequest(`Invalid Pair Session Type: ${String(type)}`);
    const zone = typeof zoneId === 'string' ? zoneId : defaultZone();
    if (host.store.zones.get(zone) === undefined) throw notFound('Zone', zone);
    if (type === 'repair') {
      const device = devices.get(String(deviceId));
      return { type, driverId: device.driverId, deviceId: device.id, zoneId: zone };
    }
    const uri = String(driverId);
    const prefix = `${host.app.uri}:`;
    const driver = uri.startsWith(prefix) ? host.app.driver(uri.slice(prefix.length)) : null;
    if (driver === null) throw notFound('Driver', uri);
    return { type, driverId: driver.id, deviceId: null, zoneId: zone };
  };

  const withoutPaired = (session: PairSession, found: unknown): unknown =>
    Array.isArray(found)
      ? found.filter(
          (candidate) => !isRecord(candidate) || devices.find(session.driverId, candidate['data']) === null,
        )
      : found;

  return {
    create: async (wish) => {
      const resolved = resolveWish(wish);
      if (host.app.driver(resolved.driverId)?.[resolved.type] === undefined) {
        throw badRequest(`Driver has no ${resolved.type} views`);
      }
      const session = { id: randomUUID(), ...resolved };
      sessions.set(session.id, session);
      try {
        await app.call('pair.start', { sessionId: session.id, ...resolved });
      } catch (error) {
        sessions.delete(session.id);
        throw error;
      }
      return present(session.id);
    },
    present,
    remove: async (id) => {
      get(id);
      sessions.delete(id);
      for (const [key, { sessionId, reject }] of callbacks) {
        if (sessionId !== id) continue;
        callbacks.delete(key);
        reject(new Error('The pair session has ended'));
      }
      await app.call('pair.end', { sessionId: id });
    },
    emit: async (id, event, data) => {
      const session = get(id);
      const answer = await app.call('pair.emit', { sessionId: id, event, data: jsonCopy(data) });
      return event === 'list_devices' && session.type === 'pair' ? withoutPaired(session, answer) : answer;
    },
    callback: (id, callbackId, answer) => {
      const waiting = callbacks.get(callbackId);
      if (waiting?.sessionId !== id) throw notFound('Pair Callback', callbackId);
      callbacks.delete(callbackId);
      waiting.resolve(answer);
    },
    createDevice: async (id, description) => {
      const session = get(id);
      if (session.type !== 'pair') throw new HomeyError(400, 'Cannot create a device while repairing');
      const copy = jsonCopy(description);
      if (!isJsonObject(copy)) throw badRequest('Invalid Device');
      const device = devices.create(session.driverId, copy, session.zoneId);
      await app.call('device.add', { state: devices.state(device) });
      return devices.present(devices.get(device.id));
    },
    toPage: async (data) => {
      const id = String(data['sessionId']);
      const session = get(id);
      const event = String(data['event']);
      const given = isRecord(data['data']) ? data['data'] : {};
      const payload =
        event === 'emit' && given['event'] === 'list_devices'
          ? { ...given, data: withoutPaired(session, given['data']) }
          : given;
      if (event !== 'emit' || !host.realtime.hasSubscribers(channel(id))) {
        host.realtime.emit(channel(id), event, payload);
        return undefined;
      }
      const callbackId = randomUUID();
      const answer = new Promise<unknown>((resolve, reject) =>
        callbacks.set(callbackId, { sessionId: id, resolve, reject }),
      );
      host.realtime.emit(channel(id), event, { ...payload, callbackId });
      return within(host.clock, PAGE_MS, `Timeout after ${PAGE_MS}ms`, answer);
    },
    forgetAll: () => {
      sessions.clear();
      for (const { reject } of callbacks.values()) reject(new Error('The pair session has ended'));
      callbacks.clear();
    },
  };
};
