import Homey from 'homey';
import type { Lease } from '../../lib/homey/accounts.js';
import { applySettings, type SettingsChange } from '../../lib/homey/device-settings.js';
import { isHeatPump } from '../../lib/homey/heat-pump.js';
import { described } from '../../lib/homey/logger.js';
import { ACCOUNT, CREDENTIALS } from '../../lib/homey/pairing.js';
import type { FlowState, FlowTokens } from '../../lib/homey/ports.js';
import { startPump, type Pump } from '../../lib/homey/pump-device.js';
import { servicesOf, type Services } from '../../lib/homey/services.js';

export default class HeatPumpDevice extends Homey.Device {
  pump: Pump | null = null;
  #lease: Lease | null = null;
  #detach: (() => void) | null = null;
  #leaving: Promise<void> | null = null;

  get pumpId(): string {
    const data: unknown = this.getData();
    return typeof data === 'object' && data !== null && 'id' in data ? String(data.id) : '';
  }

  get accountKey(): string {
    const key: unknown = this.getStoreValue(ACCOUNT);
    return typeof key === 'string' ? key : '';
  }

  get keepsPassword(): boolean {
    return this.getSetting('keep_password') !== false;
  }

  override onInit(): Promise<void> {
    return this.#connect();
  }

  override onSettings(change: SettingsChange): Promise<string | undefined> {
    return applySettings(change, {
      pump: this.pump,
      texts: this.#services.texts,
      forgetPassword: async () => this.#lease?.online.forgetPassword(),
      tellOthers: (keep) => this.#tellOthers(keep),
    });
  }

  override onDeleted(): void {
    this.#leaving = this.#leave().catch((error: unknown) => this.error(described(error)));
  }

  override onUninit(): Promise<void> {
    // A Homey ends a device also when it was deleted; what that takes goes on meanwhile.
    return this.#leaving ?? this.#disconnect(false);
  }

  async moveTo(key: string, keepsPassword: boolean): Promise<void> {
    await this.setSettings({ keep_password: keepsPassword });
    await this.setStoreValue(ACCOUNT, key);
    await this.#disconnect(true);
    await this.unsetStoreValue(CREDENTIALS);
    await this.#connect();
  }

  async refresh(): Promise<void> {
    await this.pump?.refresh();
  }

  get #services(): Services {
    return servicesOf(this.homey.app);
  }

  async #connect(): Promise<void> {
    const { accounts, manifest, texts, clock, logger, prices, notify } = this.#services;
    const lease = await accounts.lease(this.accountKey);
    this.#lease = lease;
    this.#detach = await lease.credentials.attach({
      load: (): unknown => this.getStoreValue(CREDENTIALS),
      save: (credentials) => this.setStoreValue(CREDENTIALS, credentials),
      erase: () => this.unsetStoreValue(CREDENTIALS),
    });
    const interval: unknown = this.getSetting('interval');
    if (typeof interval === 'number') lease.setInterval(interval);
    this.pump = startPump({
      device: this,
      pumpId: this.pumpId,
      lease,
      manifest,
      texts,
      clock,
      logger,
      prices,
      notify,
      fire: (card, tokens, state) => this.#fire(card, tokens, state),
    });
  }

  async #leave(): Promise<void> {
    await this.pump?.hotWater.leaveOn();
    await this.#disconnect(true);
  }

  async #disconnect(forget: boolean): Promise<void> {
    const [pump, lease, detach] = [this.pump, this.#lease, this.#detach];
    this.pump = null;
    this.#lease = null;
    this.#detach = null;
    pump?.stop();
    detach?.();
    await lease?.release({ forget });
  }

  #fire(card: string, tokens: FlowTokens, state?: FlowState): void {
    this.homey.flow
      .getDeviceTriggerCard(card)
      .trigger(this, tokens, state)
      .catch((error: unknown) => this.error(described(error)));
  }

  /** The password belongs to the account, so all of its devices show the same. */
  async #tellOthers(keep: boolean): Promise<void> {
    const others = this.driver
      .getDevices()
      .filter((device) => device !== this && isHeatPump(device) && device.accountKey === this.accountKey);
    await Promise.all(others.map((device) => device.setSettings({ keep_password: keep })));
  }
}
