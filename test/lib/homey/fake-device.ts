import type { CapabilityValue, DevicePort } from '../../../lib/homey/ports.js';

/** A device that refuses what a Homey refuses. */
export class FakeDevice implements DevicePort {
  readonly calls: string[] = [];
  readonly values = new Map<string, CapabilityValue | null>();
  readonly options = new Map<string, object>();
  readonly store = new Map<string, unknown>();
  readonly settings = new Map<string, unknown>([
    ['interval', 3],
    ['expert', false],
    ['keep_password', true],
  ]);
  readonly listeners = new Map<string, (value: unknown) => Promise<void>>();
  readonly fails = new Set<string>();
  /** Options that are set replace all there were. */
  forgetsOptions = false;
  available: true | string = true;
  warning: string | null = null;
  seen = 0;
  #capabilities: string[];

  constructor(capabilities: readonly string[] = []) {
    this.#capabilities = [...capabilities];
  }

  #need(id: string): void {
    if (this.fails.has(id)) throw new Error(`${id} fails`);
    if (!this.#capabilities.includes(id)) throw new Error(`Invalid Capability: ${id}`);
  }
  getName = (): string => 'Cellar';
  getCapabilities = (): string[] => [...this.#capabilities];
  hasCapability = (id: string): boolean => this.#capabilities.includes(id);
  addCapability = async (id: string): Promise<void> => {
    await Promise.resolve();
    if (this.#capabilities.includes(id)) throw new Error('capability_already_exists');
    this.#capabilities.push(id);
    this.calls.push(`add ${id}`);
  };
  removeCapability = async (id: string): Promise<void> => {
    await Promise.resolve();
    this.#need(id);
    this.#capabilities = this.#capabilities.filter((one) => one !== id);
    this.values.delete(id);
    this.calls.push(`remove ${id}`);
  };
  getCapabilityValue = (id: string): unknown => this.values.get(id) ?? null;
  setCapabilityValue = async (id: string, value: CapabilityValue | null): Promise<void> => {
    await Promise.resolve();
    this.#need(id);
    this.values.set(id, value);
    this.calls.push(`set ${id} ${String(value)}`);
  };
  getCapabilityOptions = (id: string): unknown => {
    this.#need(id);
    return this.options.get(id) ?? {};
  };
  setCapabilityOptions = async (id: string, options: object): Promise<void> => {
    await Promise.resolve();
    this.#need(id);
    this.options.set(id, this.forgetsOptions ? options : { ...this.options.get(id), ...options });
    this.calls.push(`options ${id}`);
  };
  registerCapabilityListener = (id: string, listener: (value: unknown) => Promise<void>): void => {
    this.#need(id);
    this.listeners.set(id, listener);
  };
  setAvailable = (): Promise<void> => {
    this.available = true;
    return Promise.resolve();
  };
  setUnavailable = (message: string): Promise<void> => {
    this.available = message;
    return Promise.resolve();
  };
  setWarning = (message: string): Promise<void> => {
    this.warning = message;
    return Promise.resolve();
  };
  unsetWarning = (): Promise<void> => {
    this.warning = null;
    return Promise.resolve();
  };
  getSetting = (key: string): unknown => this.settings.get(key) ?? null;
  setSettings = (settings: object): Promise<void> => {
    for (const [key, value] of Object.entries(settings)) this.settings.set(key, value);
    this.calls.push(`settings ${Object.keys(settings).join()}`);
    return Promise.resolve();
  };
  getStoreValue = (key: string): unknown => structuredClone(this.store.get(key) ?? null);
  setStoreValue = (key: string, value: unknown): Promise<void> => {
    this.store.set(key, structuredClone(value));
    this.calls.push(`store ${key}`);
    return Promise.resolve();
  };
  unsetStoreValue = (key: string): Promise<void> => {
    this.store.delete(key);
    return Promise.resolve();
  };
  setLastSeenAt = (): Promise<void> => {
    this.seen += 1;
    return Promise.resolve();
  };
}
