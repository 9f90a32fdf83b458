import HomeyAPI, { type Api } from 'homey-api/lib/HomeyAPI/HomeyAPI';
import { z } from 'zod';
import { PairView, USUAL_VIEWS } from '../pure/pair-views.js';
import type { CardKind, Homey } from './port.js';
import * as shape from './schemas.js';

type Args = Readonly<Record<string, unknown>>;
type Operation = (args: Args) => Promise<unknown>;

/** Answers come fresh: the page keeps its own state and is told of every change. */
const FRESH = { $cache: false, $updateCache: false };
/** A device listener settles within seconds; a Flow action may wait for the pump. */
const WRITE = { $timeout: 30_000 };
const PATIENT = { $timeout: 120_000 };

const RUN = { trigger: null, condition: 'runFlowCardCondition', action: 'runFlowCardAction' } as const;
const LIST = {
  trigger: 'getFlowCardTriggers',
  condition: 'getFlowCardConditions',
  action: 'getFlowCardActions',
} as const;

/** A stand-in names the views of a session; where a Homey keeps them to itself, they are the usual ones. */
const PairSession = z.looseObject({ id: z.string(), views: z.array(PairView).default(USUAL_VIEWS) });

const Locales = z.record(z.string(), z.record(z.string(), z.unknown()));

const callOn =
  (api: Api) =>
  (manager: string, operation: string, args: Args = {}): Promise<unknown> => {
    // Athom's class makes its methods from a specification at run time; this is the one place that trusts their names.
    const managers = api as unknown as Readonly<
      Record<string, Readonly<Record<string, Operation>> | undefined>
    >;
    const run = managers[manager]?.[operation];
    if (run === undefined) return Promise.reject(new Error(`The client has no ${manager}.${operation}.`));
    return run.call(managers[manager], args);
  };

/** The Homey behind this page, spoken to with Athom's own client like any other Homey. */
export const connectHomey = async (address: string, token: string): Promise<Homey> => {
  const api = await HomeyAPI.createLocalAPI({ address, token });
  const call = callOn(api);
  return {
    version: api.version,
    connect: () => api.connect(),
    onConnection: (listener) => {
      api.on('connect', () => listener(true));
      api.on('reconnect', () => listener(true));
      api.on('disconnect', () => listener(false));
    },
    subscribe: async (uri, onEvent, onReconnect) => {
      const subscription = await api.subscribe(uri, { onEvent, ...(onReconnect && { onReconnect }) });
      return () => subscription.unsubscribe();
    },

    devices: async () => shape.listOf(shape.Device, await call('devices', 'getDevices', FRESH)),
    device: async (id) => shape.Device.parse(await call('devices', 'getDevice', { id, ...FRESH })),
    setCapability: async (deviceId, capabilityId, value) => {
      await call('devices', 'setCapabilityValue', { deviceId, capabilityId, value, ...WRITE });
    },
    settings: async (id) =>
      shape.listOf(shape.Setting, await call('devices', 'getDeviceSettingsObj', { id, ...FRESH })),
    saveSettings: async (id, settings) => {
      const answer = await call('devices', 'setDeviceSettings', { id, settings, ...WRITE });
      return typeof answer === 'string' && answer !== '' ? answer : null;
    },
    renameDevice: async (id, name) => {
      await call('devices', 'updateDevice', { id, device: { name }, ...FRESH });
    },
    deleteDevice: async (id) => {
      await call('devices', 'deleteDevice', { id, ...FRESH });
    },

    drivers: async () => shape.listOf(shape.Driver, await call('drivers', 'getDrivers', FRESH)),
    createPairSession: async (pairsession) => {
      const session = await call('drivers', 'createPairSession', { pairsession, ...FRESH });
      return PairSession.parse(session);
    },
    emitPairing: (id, event, data) =>
      call('drivers', 'emitPairingEvent', { id, event, ...(data !== undefined && { data }), ...PATIENT }),
    answerPairing: async (id, callbackId, data) => {
      await call('drivers', 'emitPairingCallback', { id, callbackId, ...(data !== undefined && { data }) });
    },
    keepPairing: async (id) => {
      await call('drivers', 'emitPairingHeartbeat', { id });
    },
    addPairedDevice: (id, device) => call('drivers', 'createPairSessionDevice', { id, device, ...PATIENT }),
    endPairing: async (id) => {
      await call('drivers', 'deletePairSession', { id, ...FRESH });
    },

    logs: async () => shape.listOf(shape.InsightsLog, await call('insights', 'getLogs', FRESH)),
    entries: async (id, resolution) =>
      shape.LogEntries.parse(await call('insights', 'getLogEntries', { id, resolution, ...FRESH })),

    cards: async (kind: CardKind) => shape.listOf(shape.Card, await call('flow', LIST[kind], FRESH)),
    runCard: (kind, id, args) => {
      const operation = RUN[kind];
      if (operation === null) return Promise.reject(new Error('A trigger cannot be run.'));
      return call('flow', operation, { id, args, tokens: {}, state: {}, ...PATIENT });
    },
    suggest: async (kind, id, name, query, args) =>
      shape.listOf(
        shape.Suggestion,
        await call('flow', 'getFlowCardAutocomplete', {
          type: `flowcard${kind}`,
          id,
          name,
          query,
          args,
          ...FRESH,
        }),
      ),
    appTexts: async (id, language) => {
      const locales = Locales.parse(await call('apps', 'getAppLocales', { id, ...FRESH }));
      return locales[language] ?? locales['en'] ?? {};
    },
    askApp: (id, path, query = {}) => {
      const asked = new URLSearchParams(query).toString();
      return api.call({
        method: 'GET',
        path: `/api/app/${encodeURIComponent(id)}${path}${asked === '' ? '' : `?${asked}`}`,
      });
    },
    flows: async () => shape.listOf(shape.Flow, await call('flow', 'getFlows', FRESH)),
    triggerFlow: async (id) => {
      await call('flow', 'triggerFlow', { id, ...PATIENT });
    },

    notifications: async () =>
      shape.listOf(shape.Notification, await call('notifications', 'getNotifications', FRESH)),
    deleteNotification: async (id) => {
      await call('notifications', 'deleteNotification', { id, ...FRESH });
    },
  };
};
