import { randomUUID } from 'node:crypto';
import type { ManagerOperations } from './dispatch.js';
import { text } from './dispatch.js';
import { badRequest, notFound } from './errors.js';
import { isoNow, type Host } from './host.js';
import { isRecord } from './json.js';
import { valuesOf, type NotificationRecord } from './store.js';

/** The timeline. */
export interface Notifications {
  /** `excerpt` may have **bold** parts. */
  readonly create: (ownerUri: string, ownerName: string, excerpt: unknown) => void;
  readonly manager: ManagerOperations;
}

interface Owner {
  readonly enabled: boolean;
  readonly push: boolean;
}

export const createNotifications = ({ store, realtime, ...host }: Host): Notifications => {
  const owner = (uri: string): Owner => {
    const kept = store.meta.get(`notificationOwner/${uri}`);
    return {
      enabled: !isRecord(kept) || kept['enabled'] !== false,
      push: isRecord(kept) && kept['push'] === true,
    };
  };
  const uris = (): ReadonlySet<string> =>
    new Set([host.app.uri, ...valuesOf(store.notifications).map(({ ownerUri }) => ownerUri)]);
  const setOwner = (uri: string, part: Partial<Owner>): void => {
    if (!uris().has(uri)) throw notFound('Owner', uri);
    store.meta.putSync(`notificationOwner/${uri}`, { ...owner(uri), ...part });
  };
  const remove = (id: string): void => {
    store.notifications.removeSync(id);
    realtime.emit('homey:manager:notifications', 'notification.delete', { id });
  };
  return {
    create: (ownerUri, ownerName, excerpt) => {
      if (typeof excerpt !== 'string' || excerpt === '') throw badRequest('Missing Excerpt');
      if (!owner(ownerUri).enabled) return;
      const notification: NotificationRecord = {
        id: randomUUID(),
        ownerUri,
        ownerName,
        dateCreated: isoNow({ store, realtime, ...host }),
        excerpt,
        meta: {},
      };
      store.notifications.putSync(notification.id, notification);
      realtime.emit('homey:manager:notifications', 'notification.create', notification);
    },
    manager: {
      getNotifications: () =>
        Object.fromEntries(valuesOf(store.notifications).map((entry) => [entry.id, entry])),
      deleteNotification: (args) => {
        const id = text(args, 'id');
        if (store.notifications.get(id) === undefined) throw notFound('Notification', id);
        remove(id);
      },
      deleteNotifications: (args) => {
        for (const { id, ownerUri } of valuesOf(store.notifications)) {
          if (args['ownerUri'] === undefined || args['ownerUri'] === ownerUri) remove(id);
        }
      },
      getOwners: () => Object.fromEntries([...uris()].map((uri) => [uri, { uri, ...owner(uri) }])),
      setOwnerEnabled: (args) => setOwner(text(args, 'uri'), { enabled: args['enabled'] === true }),
      setOwnerPush: (args) => setOwner(text(args, 'uri'), { push: args['push'] === true }),
    },
  };
};
