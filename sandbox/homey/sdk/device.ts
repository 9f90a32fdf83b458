import { jsonCopy, typeName } from '../json.js';
import { devicePart } from '../seam.js';
import { claim } from './context.js';
import { withValue, type CapabilityListener, type DeviceBox } from './device-box.js';
import type { Driver } from './driver.js';
import { groupListener, type GroupListener } from './group-listener.js';
import type { HomeyInstance } from './homey.js';
import { missing } from './missing.js';
import { setScope, SimpleClass } from './simple-class.js';

const GROUP_DEBOUNCE_MS = 250;

export class Device extends SimpleClass {
  readonly homey: HomeyInstance;
  readonly driver: Driver;
  readonly #box: DeviceBox;

  constructor() {
    super();
    const { homey, driver, box } = claim('device');
    this.homey = homey;
    this.driver = driver;
    this.#box = box;
    setScope(this, `[ManagerDrivers] [Driver:${driver.id}] [Device:${box.state.id}]`);
  }

  ready(): Promise<void> {
    return this.#box.ready;
  }

  getId(): string {
    return this.#box.state.id;
  }

  getAppId(): string {
    return this.homey.id;
  }

  getName(): string {
    return this.#box.state.name;
  }

  getData(): unknown {
    return jsonCopy(this.#box.state.data);
  }

  getClass(): string {
    return this.#box.state.class;
  }

  getEnergy(): unknown {
    return jsonCopy(this.#box.state.energy);
  }

  getState(): unknown {
    return jsonCopy(this.#box.state.values);
  }

  getAvailable(): boolean {
    return this.#box.available;
  }

  getCapabilities(): string[] {
    return [...this.#box.state.capabilities];
  }

  hasCapability(id: string): boolean {
    return this.#box.state.capabilities.includes(id);
  }

  getCapabilityValue(id: string): unknown {
    this.#mustHave(id);
    return jsonCopy(this.#box.state.values[id] ?? null);
  }

  getCapabilityOptions(id: string): unknown {
    this.#mustHave(id);
    return jsonCopy(this.#box.state.capabilitiesOptions[id] ?? {});
  }

  async setCapabilityValue(id: string, value: unknown): Promise<void> {
    const given = typeof value === 'number' && !Number.isFinite(value) ? String(value) : typeName(value);
    if (given === 'NaN' || given === 'undefined' || given.endsWith('Infinity')) {
      throw new Error(`Invalid capability (${id}) value: ${given}`);
    }
    const copy = jsonCopy(value);
    await this.#box.call('setCapabilityValue', { capabilityId: id, value: copy });
    this.#box.state = withValue(this.#box.state, id, copy);
  }

  async setCapabilityOptions(id: string, options: unknown): Promise<void> {
    const result = await this.#box.call('setCapabilityOptions', { capabilityId: id, options });
    this.#patch({ capabilitiesOptions: result });
  }

  async addCapability(id: string): Promise<void> {
    this.#patch(await this.#box.call('addCapability', { capabilityId: id }));
  }

  async removeCapability(id: string): Promise<void> {
    this.#patch(await this.#box.call('removeCapability', { capabilityId: id }));
  }

  registerCapabilityListener(id: string, listener: CapabilityListener): void {
    this.#mustHave(id);
    this.#box.listeners.set(id, listener);
  }

  registerMultipleCapabilityListener(
    ids: readonly string[],
    listener: GroupListener,
    timeout = GROUP_DEBOUNCE_MS,
  ): void {
    for (const id of ids) this.#mustHave(id);
    const join = groupListener(listener, timeout);
    for (const id of ids) {
      this.#box.listeners.set(id, (value, options) => join(id, value, options));
    }
  }

  async triggerCapabilityListener(id: string, value: unknown, options: unknown = {}): Promise<void> {
    await this.#box.call('triggerCapabilityListener', { capabilityId: id, value, options });
  }

  async setAvailable(): Promise<void> {
    await this.#box.call('setAvailable');
    this.#box.available = true;
  }

  async setUnavailable(message?: string | null): Promise<void> {
    await this.#box.call('setUnavailable', { message: message ?? null });
    this.#box.available = false;
  }

  async setWarning(message: string | null = null): Promise<void> {
    await this.#box.call('setWarning', { message });
  }

  unsetWarning(): Promise<void> {
    return this.setWarning(null);
  }

  async setLastSeenAt(): Promise<void> {
    await this.#box.call('setLastSeenAt');
  }

  getSettings(): unknown {
    return jsonCopy(this.#box.state.settings);
  }

  getSetting(id: string): unknown {
    return jsonCopy(this.#box.state.settings[id] ?? null);
  }

  async setSettings(settings: unknown): Promise<void> {
    this.#patch({ settings: await this.#box.call('setSettings', { settings }) });
  }

  getStore(): unknown {
    return jsonCopy(this.#box.state.store);
  }

  getStoreKeys(): string[] {
    return Object.keys(this.#box.state.store);
  }

  getStoreValue(key: string): unknown {
    return jsonCopy(this.#box.state.store[key] ?? null);
  }

  async setStoreValue(key: string, value: unknown): Promise<void> {
    const copy = jsonCopy(value);
    await this.#box.call('setStoreValue', { key, value: copy });
    this.#box.state = { ...this.#box.state, store: { ...this.#box.state.store, [key]: copy } };
  }

  async unsetStoreValue(key: string): Promise<void> {
    await this.#box.call('unsetStoreValue', { key });
    const store = Object.fromEntries(
      Object.entries(this.#box.state.store).filter(([known]) => known !== key),
    );
    this.#box.state = { ...this.#box.state, store };
  }

  async setClass(deviceClass: string): Promise<void> {
    await this.#box.call('setClass', { class: deviceClass });
    this.#box.state = { ...this.#box.state, class: deviceClass };
  }

  async setEnergy(energy: unknown): Promise<void> {
    this.#patch({ energy: await this.#box.call('setEnergy', { energy }) });
  }

  setAlbumArtImage(): never {
    throw missing('Device.setAlbumArtImage');
  }

  setCameraImage(): never {
    throw missing('Device.setCameraImage');
  }

  setCameraVideo(): never {
    throw missing('Device.setCameraVideo');
  }

  onInit(): unknown {
    return undefined;
  }

  onUninit(): unknown {
    return undefined;
  }

  onAdded(): unknown {
    return undefined;
  }

  onDeleted(): unknown {
    return undefined;
  }

  onRenamed(): unknown {
    return undefined;
  }

  onSettings(): unknown {
    return undefined;
  }

  onDiscoveryResult(): never {
    throw missing('Device.onDiscoveryResult');
  }

  #mustHave(id: string): void {
    if (!this.hasCapability(id)) throw new Error(`Invalid Capability: ${id}`);
  }

  #patch(part: unknown): void {
    this.#box.state = { ...this.#box.state, ...devicePart(part) };
  }
}
