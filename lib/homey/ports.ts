/** What this folder needs of a Homey, as narrow as it is used, so that everything here runs without one. */

export interface Timers {
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** `homey.settings`. Reading answers null or undefined for what was never set. */
export interface Settings {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  unset(key: string): unknown;
}

export interface LogSink {
  log(...message: readonly unknown[]): void;
  error(...message: readonly unknown[]): void;
}

export type CapabilityValue = boolean | number | string;
export type CapabilityOptions = Readonly<Record<string, unknown>>;

/** The part of a Homey device that is used here. `setLastSeenAt` is missing on older firmware. */
export interface DevicePort {
  getName(): string;
  getCapabilities(): string[];
  hasCapability(id: string): boolean;
  addCapability(id: string): Promise<void>;
  removeCapability(id: string): Promise<void>;
  getCapabilityValue(id: string): unknown;
  setCapabilityValue(id: string, value: CapabilityValue | null): Promise<void>;
  getCapabilityOptions(id: string): unknown;
  setCapabilityOptions(id: string, options: object): Promise<void>;
  registerCapabilityListener(id: string, listener: (value: unknown) => Promise<void>): void;
  setAvailable(): Promise<unknown>;
  setUnavailable(message: string): Promise<unknown>;
  setWarning(message: string): Promise<unknown>;
  unsetWarning(): Promise<unknown>;
  getSetting(key: string): unknown;
  setSettings(settings: object): Promise<void>;
  getStoreValue(key: string): unknown;
  setStoreValue(key: string, value: unknown): Promise<void>;
  unsetStoreValue(key: string): Promise<void>;
  setLastSeenAt?(): Promise<unknown>;
}

export type FlowTokens = Readonly<Record<string, string | number | boolean>>;
export type FlowState = Readonly<Record<string, unknown>>;
/** Starts the Flows of a device trigger card. */
export type Fire = (card: string, tokens: FlowTokens, state?: FlowState) => void;
