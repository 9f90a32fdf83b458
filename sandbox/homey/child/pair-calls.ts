import type { Link } from '../link.js';
import { driverHooks } from '../seam.js';
import type { Device } from '../sdk/device.js';
import type { Driver } from '../sdk/driver.js';
import { PairSession, type PairHandler } from '../sdk/pair-session.js';
import type { Calls } from './calls.js';

/** What a Homey tells every session by itself; a driver need not have a handler for it. */
const OPTIONAL = new Set(['showView', 'disconnect', 'list_devices_selection']);

export const createPairCalls = (
  driverOf: (id: string) => Driver | null,
  deviceOf: (id: string) => Device,
  link: Link,
): Calls => {
  const sessions = new Map<string, Map<string, PairHandler>>();
  return {
    'pair.start': async (data) => {
      const sessionId = String(data['sessionId']);
      const driver = driverOf(String(data['driverId']));
      if (driver === null) throw new Error(`Invalid Driver ID: ${String(data['driverId'])}`);
      const handlers = new Map<string, PairHandler>();
      const session = new PairSession(handlers, (event, payload) =>
        link.call('pair.toPage', { sessionId, event, data: payload }),
      );
      sessions.set(sessionId, handlers);
      if (data['type'] === 'repair')
        await driverHooks(driver).onRepair(session, deviceOf(String(data['deviceId'])));
      else await driver.onPair(session);
    },
    'pair.emit': (data) => {
      const event = String(data['event']);
      const handler = sessions.get(String(data['sessionId']))?.get(event);
      if (handler === undefined) {
        if (OPTIONAL.has(event)) return undefined;
        throw new Error(`Missing Pair Session Handler: ${event}`);
      }
      return handler(data['data']);
    },
    'pair.end': async (data) => {
      const sessionId = String(data['sessionId']);
      const handlers = sessions.get(sessionId);
      sessions.delete(sessionId);
      await handlers?.get('disconnect')?.(undefined);
    },
  };
};
