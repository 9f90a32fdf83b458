import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { call, connectToHomey, type HomeyAddress } from './client.js';

const PairSession = z.looseObject({ id: z.string() });
const Device = z.looseObject({ name: z.string() });

/**
 * Pairs every pump of an account the way a person does: through a pair session with its system views.
 * Answers the names of what was added.
 */
export const pairAll = async (
  homey: HomeyAddress,
  driverId: string,
  credentials: { readonly username: string; readonly password: string },
): Promise<string[]> => {
  const api = await connectToHomey(homey);
  const drivers = (operation: string, args: Readonly<Record<string, unknown>>): Promise<unknown> =>
    call(api, 'drivers', operation, args);
  const { id } = PairSession.parse(
    await drivers('createPairSession', { pairsession: { type: 'pair', driverId } }),
  );
  try {
    const emit = (event: string, data: unknown): Promise<unknown> =>
      drivers('emitPairingEvent', { id, event, data });
    await emit('showView', 'login_credentials');
    if ((await emit('login', credentials)) !== true) throw new Error('The account was not accepted.');
    await emit('showView', 'list_devices');
    const found = z.array(Device).parse(await emit('list_devices', {}));
    await emit('list_devices_selection', found);
    for (const device of found) await drivers('createPairSessionDevice', { id, device });
    return found.map(({ name }) => name);
  } finally {
    await drivers('deletePairSession', { id });
    await api.destroy();
  }
};

const PATIENCE_MS = 5000;

/** Waits until the new devices show their temperatures, so that "ready" means that there is something to see. */
export const awaitReadings = async (homey: HomeyAddress): Promise<void> => {
  const api = await connectToHomey(homey);
  try {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const devices = Object.values(await api.devices.getDevices({ $cache: false }));
      const temperatures = devices
        .flatMap(({ capabilitiesObj }) => Object.values(capabilitiesObj))
        .filter(({ id }) => id.startsWith('measure_temperature'));
      if (temperatures.every(({ value }) => value !== null)) return;
      await sleep(50);
    }
  } finally {
    await api.destroy();
  }
};

/** How many devices the Homey has already. */
export const countDevices = async (homey: HomeyAddress): Promise<number> => {
  const api = await connectToHomey(homey);
  try {
    return Object.keys(await api.devices.getDevices({ $cache: false })).length;
  } finally {
    await api.destroy();
  }
};
