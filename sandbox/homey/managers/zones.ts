import { randomUUID } from 'node:crypto';
import { record, text, type ManagerOperations } from '../dispatch.js';
import { badRequest, notFound } from '../errors.js';
import type { Host } from '../host.js';
import { valuesOf, type ZoneRecord } from '../store.js';

/** The zone that holds all others; made at the first start. */
export const rootZone = ({ store }: Host): ZoneRecord => {
  const known = valuesOf(store.zones).find(({ parent }) => parent === null);
  if (known !== undefined) return known;
  const zone: ZoneRecord = { id: randomUUID(), name: 'Home', parent: null, icon: 'home' };
  store.zones.putSync(zone.id, zone);
  return zone;
};

export const zonesManager = (host: Host): ManagerOperations => {
  const { store, realtime } = host;
  const get = (id: string): ZoneRecord => {
    const zone = store.zones.get(id);
    if (zone === undefined) throw notFound('Zone', id);
    return zone;
  };
  const present = (zone: ZoneRecord): Record<string, unknown> => ({
    ...zone,
    active: false,
    activeOrigins: [],
    activeLastUpdated: null,
  });
  const keep = (zone: ZoneRecord, event: 'create' | 'update'): Record<string, unknown> => {
    store.zones.putSync(zone.id, zone);
    realtime.emit('homey:manager:zones', `zone.${event}`, present(zone));
    return present(zone);
  };
  const merged = (zone: ZoneRecord, wish: Record<string, unknown>): ZoneRecord => {
    const { name = zone.name, parent = zone.parent, icon = zone.icon } = wish;
    if (typeof name !== 'string' || name === '') throw badRequest('Invalid Zone: missing name');
    if (typeof icon !== 'string') throw badRequest('Invalid Zone: icon');
    if (parent !== null && (typeof parent !== 'string' || store.zones.get(parent) === undefined)) {
      throw notFound('Zone', JSON.stringify(parent));
    }
    return { id: zone.id, name, parent, icon };
  };
  return {
    getZones: () => Object.fromEntries(valuesOf(store.zones).map((zone) => [zone.id, present(zone)])),
    getZone: (args) => present(get(text(args, 'id'))),
    createZone: (args) => {
      const fresh = { id: randomUUID(), name: '', parent: rootZone(host).id, icon: 'default' };
      return keep(merged(fresh, record(args, 'zone')), 'create');
    },
    updateZone: (args) => keep(merged(get(text(args, 'id')), record(args, 'zone')), 'update'),
    deleteZone: (args) => {
      const zone = get(text(args, 'id'));
      if (zone.parent === null) throw badRequest('Cannot delete the root zone');
      if (valuesOf(store.devices).some((device) => device.zone === zone.id)) {
        throw badRequest('Zone is not empty');
      }
      store.zones.removeSync(zone.id);
      realtime.emit('homey:manager:zones', 'zone.delete', { id: zone.id });
    },
  };
};
