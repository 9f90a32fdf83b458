import * as homeyApi from 'homey-api';

/**
 * The part of Athom's client that is used here, typed. Its own declarations answer `any` for every call, so this file is
 * the one place where they are told apart; answers are `unknown` and are read with a schema or a guard.
 */
export interface CapabilityInstance {
  readonly value: unknown;
  setValue(value: unknown): Promise<void>;
  destroy(): void;
}

export interface ClientDevice {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly driverId: string;
  readonly available: boolean;
  readonly unavailableMessage: string | null;
  readonly warningMessage: string | null;
  readonly capabilities: readonly string[];
  readonly capabilitiesObj: Readonly<Record<string, ClientCapability>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ui: { readonly quickAction: string | null };
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  makeCapabilityInstance(capabilityId: string, listener: (value: unknown) => void): CapabilityInstance;
  on(event: string, listener: (...args: readonly unknown[]) => void): void;
}

export interface ClientCapability {
  readonly id: string;
  readonly value: unknown;
  readonly title: string;
  readonly units?: string | null;
  readonly lastUpdated: string | null;
}

export type ManagerName =
  | 'app'
  | 'apps'
  | 'devices'
  | 'drivers'
  | 'flow'
  | 'flowtoken'
  | 'i18n'
  | 'insights'
  | 'logic'
  | 'notifications'
  | 'sessions'
  | 'system'
  | 'users'
  | 'zones';

type Operation = (args: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface HomeyClient {
  readonly devices: {
    getDevices(args?: { readonly $cache?: boolean }): Promise<Readonly<Record<string, ClientDevice>>>;
    getDevice(args: { readonly id: string; readonly $cache?: boolean }): Promise<ClientDevice>;
    setCapabilityValue(args: {
      readonly deviceId: string;
      readonly capabilityId: string;
      readonly value: unknown;
    }): Promise<void>;
    connect(): Promise<void>;
  };
  destroy(): void | Promise<void>;
}

export interface HomeyAddress {
  readonly address: string;
  readonly token: string;
}

interface Factory {
  createLocalAPI(options: HomeyAddress): Promise<HomeyClient>;
}

const { HomeyAPI } = homeyApi as unknown as { HomeyAPI: Factory };

/** Signs in to a Homey on the local network with a token. */
export const connectToHomey = ({ address, token }: HomeyAddress): Promise<HomeyClient> =>
  HomeyAPI.createLocalAPI({ address, token });

/** Calls any operation of any manager; what comes back is to be read with a schema or a guard. */
export const call = (
  client: HomeyClient,
  manager: ManagerName,
  operation: string,
  args: Readonly<Record<string, unknown>> = {},
): Promise<unknown> => {
  const managers = client as unknown as Readonly<
    Record<ManagerName, Readonly<Record<string, Operation | undefined>>>
  >;
  const run = managers[manager][operation];
  if (run === undefined) throw new Error(`The client has no ${manager}.${operation}.`);
  return run.call(managers[manager], args);
};
