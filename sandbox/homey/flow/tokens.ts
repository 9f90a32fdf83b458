import type { DeviceRegistry } from '../devices/registry.js';
import type { SdkCalls } from '../devices/sdk-calls.js';
import { text, type ManagerOperations } from '../dispatch.js';
import { badRequest, conflict, notFound } from '../errors.js';
import type { Host } from '../host.js';
import { isRecord, typeName } from '../json.js';
import type { Logic } from '../logic.js';
import { translated } from '../text.js';

interface FlowToken {
  readonly id: string;
  readonly ownerUri: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly type: string;
  readonly title: string;
  readonly example: string | null;
  readonly value: () => unknown;
}

interface OwnToken {
  readonly type: string;
  readonly title: string;
  value: unknown;
}

/** The tags of the whole Homey: capabilities, variables, and what the app made. */
export interface FlowTokens {
  /** The value of `owner|token`; throws where there is none. */
  readonly value: (reference: string) => unknown;
  /** The app's process has ended, and its own tags with it. */
  readonly forgetOwn: () => void;
  readonly manager: ManagerOperations;
  readonly calls: SdkCalls;
}

const TYPES = { boolean: 'boolean', number: 'number', string: 'string', enum: 'string' } as const;

export const createFlowTokens = (host: Host, devices: DeviceRegistry, logic: Logic): FlowTokens => {
  const { app, language, realtime } = host;
  const own = new Map<string, OwnToken>();
  const appName = translated(app.manifest.name, language) ?? app.manifest.id;

  const all = (): FlowToken[] => [
    ...devices.all().flatMap((device) =>
      device.capabilities
        .map((id) => devices.define(device, id))
        .filter(({ hasTag }) => hasTag)
        .map(({ id, type, title }) => ({
          id: `${devices.uriOf(device.id)}:${id}`,
          ownerUri: devices.uriOf(device.id),
          ownerId: id,
          ownerName: device.name,
          type: TYPES[type],
          title,
          example: null,
          value: () => devices.value(device.id, id)?.value ?? null,
        })),
    ),
    ...logic.all().map(({ id, name, type }) => ({
      id: `homey:manager:logic:${id}`,
      ownerUri: 'homey:manager:logic',
      ownerId: id,
      ownerName: 'Logic',
      type,
      title: name,
      example: null,
      value: () => logic.get(id).value,
    })),
    ...[...own].map(([id, { type, title }]) => ({
      id: `${app.uri}:${id}`,
      ownerUri: app.uri,
      ownerId: id,
      ownerName: appName,
      type,
      title,
      example: null,
      value: () => own.get(id)?.value ?? null,
    })),
  ];
  const find = (id: string): FlowToken => {
    const token = all().find((candidate) => candidate.id === id);
    if (token === undefined) throw notFound('FlowToken', id);
    return token;
  };
  const present = (token: FlowToken): Record<string, unknown> =>
    Object.fromEntries(Object.entries(token).filter(([key]) => key !== 'value'));
  const mine = (id: unknown): OwnToken => {
    const token = own.get(String(id));
    if (token === undefined) throw badRequest(`Invalid Flow Token ID: ${String(id)}`);
    return token;
  };
  const checked = (token: OwnToken, value: unknown): unknown => {
    if (value !== null && typeof value !== token.type) {
      throw badRequest(
        `Invalid value for token ${token.title}. Expected ${token.type} but got ${typeName(value)}`,
      );
    }
    return value;
  };

  return {
    value: (reference) => find(reference.replace('|', ':')).value(),
    forgetOwn: () => own.clear(),
    manager: {
      getFlowTokens: () => Object.fromEntries(all().map((token) => [token.id, present(token)])),
      getFlowToken: (args) => present(find(text(args, 'id'))),
      getFlowTokenValue: (args) => find(text(args, 'id')).value(),
    },
    calls: {
      'tokens.create': (data) => {
        const id = String(data['id']);
        if (own.has(id)) throw conflict(`Flow Token already exists: ${id}`);
        const { type, title, value = null } = isRecord(data['options']) ? data['options'] : {};
        if (type !== 'string' && type !== 'number' && type !== 'boolean') {
          throw badRequest(`Invalid Flow Token Type: ${String(type)}`);
        }
        const name = translated(title, language);
        if (name === null) throw badRequest('Missing Flow Token Title');
        const token: OwnToken = { type, title: name, value: null };
        token.value = checked(token, value);
        own.set(id, token);
        realtime.emit('homey:manager:flowtoken', 'flowtoken.create', present(find(`${app.uri}:${id}`)));
      },
      'tokens.setValue': (data) => {
        const token = mine(data['id']);
        token.value = checked(token, data['value']);
      },
      'tokens.unregister': (data) => {
        mine(data['id']);
        own.delete(String(data['id']));
        realtime.emit('homey:manager:flowtoken', 'flowtoken.delete', {
          id: `${app.uri}:${String(data['id'])}`,
        });
      },
    },
  };
};
