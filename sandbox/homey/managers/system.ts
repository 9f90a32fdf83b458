import { hostname } from 'node:os';
import { text, type Managers } from '../dispatch.js';
import { badRequest, notFound } from '../errors.js';
import { isoNow, type Host } from '../host.js';

import type { Sessions } from '../sessions.js';

export interface SystemFacts {
  readonly homeyId: string;
  readonly version: string;
  readonly units: string;
  readonly location: { readonly latitude: number; readonly longitude: number };
  readonly address: () => string;
}

/** Who and where this Homey is: system, sessions, users, i18n, geolocation. */
export const systemManagers = (host: Host, facts: SystemFacts, sessions: Sessions): Managers => {
  const { store } = host;
  const name = (): string => {
    const kept = store.meta.get('name');
    return typeof kept === 'string' ? kept : 'Local Homey';
  };
  const user = {
    id: sessions.owner.id,
    name: 'Owner',
    role: 'owner',
    properties: {},
    athomId: null,
    enabled: true,
    enabledUntil: null,
    present: true,
    asleep: false,
    avatar: null,
    verified: true,
    inviteUrl: null,
    localUsername: null,
  };
  const started = host.clock.now();
  return {
    system: {
      ping: () => 'pong',
      getInfo: () => ({
        homeyId: facts.homeyId,
        cloudId: facts.homeyId,
        hostname: hostname(),
        homeyVersion: facts.version,
        homeyPlatform: 'local',
        homeyPlatformVersion: 2,
        homeyModelId: 'sandbox',
        homeyModelName: 'Local Homey (a stand-in)',
        nodeVersion: process.version,
        address: facts.address(),
        date: isoNow(host),
        uptime: Math.floor((host.clock.now() - started) / 1000),
        timezone: host.timezone,
      }),
      getSystemName: name,
      setSystemName: (args) => {
        const wanted = text(args, 'name').trim();
        if (wanted === '') throw badRequest('Invalid Name');
        store.meta.putSync('name', wanted);
        host.realtime.emit('homey:manager:system', 'name.update', { name: wanted });
      },
    },
    sessions: {
      getSessionMe: (_args, { id, type, scopes }) => ({ id, type, scopes, intersectedScopes: scopes }),
    },
    users: {
      login: (args) => sessions.fromToken(text(args, 'token')).token,
      getUserMe: () => user,
      getUsers: () => ({ [user.id]: user }),
      getUser: (args) => {
        if (args['id'] !== user.id) throw notFound('User', text(args, 'id'));
        return user;
      },
    },
    i18n: {
      getOptionLanguage: () => ({ value: host.language }),
      getOptionUnits: () => ({ value: facts.units }),
    },
    geolocation: {
      getOptionLocation: () => ({ value: { ...facts.location, accuracy: 1 } }),
      getOptionAddress: () => ({ value: null }),
    },
  };
};
