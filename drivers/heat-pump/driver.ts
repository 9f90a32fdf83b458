import Homey from 'homey';
import { registerCards } from '../../lib/homey/flow/register.js';
import { isHeatPump, pumpOfArgs, type HeatPump } from '../../lib/homey/heat-pump.js';
import { handlePairing, type Session } from '../../lib/homey/pair-session.js';
import { handleRepair } from '../../lib/homey/repair-session.js';
import { servicesOf } from '../../lib/homey/services.js';

export default class HeatPumpDriver extends Homey.Driver {
  override onInit(): Promise<void> {
    const { texts, logger } = servicesOf(this.homey.app);
    registerCards(this.homey.flow, pumpOfArgs, texts, logger);
    return Promise.resolve();
  }

  override onPair(session: Session): Promise<void> {
    const keepsPassword = (key: string): boolean | null => this.sharing(key)[0]?.keepsPassword ?? null;
    handlePairing(session, servicesOf(this.homey.app), this.id, keepsPassword);
    return Promise.resolve();
  }

  override onRepair(session: Session, device: Homey.Device): Promise<void> {
    if (!isHeatPump(device)) return Promise.reject(new Error('Not a heat pump'));
    handleRepair(session, servicesOf(this.homey.app), device, (key) => this.sharing(key));
    return Promise.resolve();
  }

  /** The devices of one account. */
  sharing(key: string): (Homey.Device & HeatPump)[] {
    return this.getDevices()
      .filter(isHeatPump)
      .filter(({ accountKey }) => accountKey === key);
  }
}
