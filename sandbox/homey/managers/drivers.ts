import { record, text, type ManagerOperations } from '../dispatch.js';
import { notFound } from '../errors.js';
import type { Host } from '../host.js';
import type { DriverManifest } from '../manifest.js';
import type { Pairing } from '../pairing.js';
import { translated } from '../text.js';

export const driversManager = (
  host: Host,
  pairing: Pairing,
  isReady: (driverId: string) => boolean,
): ManagerOperations => {
  const { app, language, icons } = host;
  const ownerName = translated(app.manifest.name, language) ?? app.manifest.id;
  const idOf = ({ id }: DriverManifest): string => `${app.uri}:${id}`;
  const present = (driver: DriverManifest): Record<string, unknown> => ({
    id: idOf(driver),
    ownerUri: app.uri,
    ownerName,
    ownerIconObj: icons.of('assets/icon.svg') ?? {},
    name: translated(driver.name, language) ?? driver.id,
    color: app.manifest.brandColor,
    class: driver.class,
    ready: isReady(driver.id),
    pair: driver.pair !== undefined,
    repair: driver.repair !== undefined,
    unpair: driver.unpair !== undefined,
    userPath: null,
    deprecated: driver.deprecated,
    connectivity: driver.connectivity,
  });
  return {
    getDrivers: () =>
      Object.fromEntries(app.manifest.drivers.map((driver) => [idOf(driver), present(driver)])),
    getDriver: (args) => {
      const id = text(args, 'id');
      const driver = app.manifest.drivers.find((candidate) => idOf(candidate) === id);
      if (driver === undefined) throw notFound('Driver', id);
      return present(driver);
    },
    createPairSession: (args) => pairing.create(record(args, 'pairsession')),
    getPairSession: (args) => pairing.present(text(args, 'id')),
    deletePairSession: (args) => pairing.remove(text(args, 'id')),
    emitPairingHeartbeat: (args) => void pairing.present(text(args, 'id')),
    emitPairingEvent: (args) => pairing.emit(text(args, 'id'), text(args, 'event'), args['data']),
    emitPairingCallback: (args) => pairing.callback(text(args, 'id'), text(args, 'callbackId'), args['data']),
    createPairSessionDevice: (args) => pairing.createDevice(text(args, 'id'), args['device']),
  };
};
