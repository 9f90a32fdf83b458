import * as z from 'zod';
import { ThermiaError } from '../../errors.js';
import type { ApiClient } from '../client.js';
import {
  currentUserSchema,
  installationDetailSchema,
  installationSchema,
  installationStatusSchema,
  installationUserSchema,
  localizationEntrySchema,
} from '../schemas.js';
import type {
  CurrentUser,
  Installation,
  InstallationDetail,
  InstallationStatus,
  InstallationUser,
} from '../wire.js';

const PAGE = 50;
const MOST_PAGES = 20;

/** The list has come as a page of a longer one and as a bare array. */
const listSchema = z.union([
  z.array(z.unknown()).transform((items) => ({ items, totalCount: items.length })),
  z.object({ items: z.array(z.unknown()), totalCount: z.number().nullable().catch(null) }),
]);
const localizationSchema = z.object({ resources: z.array(z.unknown()) });

export interface InstallationsApi {
  /** All installations of the account. Throws rather than leave out a page; `incomplete` where an item was unreadable. */
  list(signal: AbortSignal): Promise<Installation[] & { readonly incomplete?: true }>;
  detail(id: string, signal: AbortSignal): Promise<InstallationDetail>;
  status(id: string, signal: AbortSignal): Promise<InstallationStatus>;
  isOnline(id: string, signal: AbortSignal): Promise<boolean>;
  /** Who else may use this installation. */
  users(id: string, signal: AbortSignal): Promise<InstallationUser[]>;
  currentUser(signal: AbortSignal): Promise<CurrentUser>;
  /** The service's own texts for its names, for instance `REG_VALUE_STATUS_ON`; `culture` as in `sv-SE`. */
  localization(culture: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

export const createInstallationsApi = (client: ApiClient): InstallationsApi => ({
  list: async (signal) => {
    const all: Installation[] = [];
    let seen = 0;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { items, totalCount } = await client.get(
        {
          endpoint: 'list',
          path: 'installationsInfo',
          query: { offset: String(seen), limit: String(PAGE) },
        },
        listSchema,
        signal,
      );
      seen += items.length;
      all.push(...client.items('list', items, installationSchema));
      if (seen >= (totalCount ?? seen)) {
        return all.length === seen ? all : Object.assign(all, { incomplete: true as const });
      }
      if (items.length === 0) break;
    }
    throw new ThermiaError('unexpected_answer', 'list: pages are missing', { during: 'list' });
  },
  detail: (id, signal) =>
    client.get({ endpoint: 'detail', path: `installations/${id}` }, installationDetailSchema, signal),
  status: (id, signal) =>
    client.get(
      { endpoint: 'status', path: `installationstatus/${id}/status` },
      installationStatusSchema,
      signal,
    ),
  isOnline: (id, signal) =>
    client.get({ endpoint: 'online', path: `installationstatus/${id}/isonline` }, z.boolean(), signal),
  users: (id, signal) =>
    client.getAll(
      { endpoint: 'users', path: `installationUsers/installation/${id}` },
      installationUserSchema,
      signal,
    ),
  currentUser: (signal) =>
    client.get({ endpoint: 'current user', path: 'users/current' }, currentUserSchema, signal),
  localization: async (culture, signal) => {
    const { resources } = await client.get(
      { endpoint: 'localization', path: `localization/${encodeURIComponent(culture)}` },
      localizationSchema,
      signal,
    );
    const entries = client.items('localization', resources, localizationEntrySchema);
    return new Map(entries.map(({ key, value }) => [key, value]));
  },
});
