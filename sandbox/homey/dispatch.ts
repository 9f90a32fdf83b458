import { badRequest, HomeyError, missingScopes, notImplemented } from './errors.js';
import { isRecord, typeName, type Args } from './json.js';
import type { Session } from './sessions.js';
import type { ApiSpec, OperationSpec } from './spec.js';

/** What an operation of a manager does. The arguments have the types the specification demands. */
type Operation = (args: Args, session: Session) => unknown;
export type ManagerOperations = Readonly<Record<string, Operation>>;
export type Managers = Readonly<Record<string, ManagerOperations>>;

export type Dispatch = (
  manager: string,
  operation: string,
  args: Args,
  session: Session | null,
) => Promise<unknown>;

/** A client asks these before it has a token. */
const OPEN = new Set(['system.ping', 'users.login']);

const matchesType = (type: string, value: unknown): boolean => {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    default:
      return typeof value === type;
  }
};

const checkArguments = (spec: OperationSpec, args: Args): void => {
  for (const [name, parameter] of Object.entries(spec.parameters)) {
    const value = args[name];
    if (value === undefined) {
      if (parameter.required === true) throw badRequest(`Missing Parameter: ${name}`);
      continue;
    }
    if (parameter.type === undefined || (value === null && parameter.required !== true)) continue;
    const types = typeof parameter.type === 'string' ? [parameter.type] : parameter.type;
    // The specification lists what setCapabilityValue takes and leaves null out; the capability has the say there.
    if (types.length === 1 && !types.some((type) => matchesType(type, value))) {
      throw badRequest(
        `Invalid Parameter Type: ${name}. Got: ${typeName(value)}. Expected: ${types.join(', ')}`,
      );
    }
  }
};

/** The one way in, for HTTP and for the socket. */
export const createDispatch = (spec: ApiSpec, managers: Managers): Dispatch => {
  return async (manager, operation, args, session) => {
    const call = spec.find(manager, operation);
    if (call === null) throw new HomeyError(404, `Not Found: ${manager}.${operation}`);
    const name = `${manager}.${operation}`;
    if (session === null && !OPEN.has(name)) throw new HomeyError(401, 'Missing Session ID in Token');
    if (session !== null && !session.allows(call.spec.scopes)) throw missingScopes();
    checkArguments(call.spec, args);
    const run = managers[manager]?.[operation];
    if (run === undefined) throw notImplemented(name);
    return await run(args, session ?? ANONYMOUS);
  };
};

const ANONYMOUS: Session = { id: '', type: 'OAUTH', scopes: [], token: '', allows: () => false };

/** Readers for arguments that `checkArguments` has passed. */
export const text = (args: Args, name: string): string => {
  const value = args[name];
  if (typeof value !== 'string') throw badRequest(`Missing Parameter: ${name}`);
  return value;
};

export const record = (args: Args, name: string): Record<string, unknown> => {
  const value = args[name];
  if (!isRecord(value)) throw badRequest(`Missing Parameter: ${name}`);
  return value;
};

export const optionalRecord = (args: Args, name: string): Record<string, unknown> => {
  const value = args[name];
  return isRecord(value) ? value : {};
};
