import type { Clock } from '../thermia/ports.js';
import type { Lease } from './accounts.js';
import { oldCapabilities } from './capabilities.js';
import { coalesced } from './coalesced.js';
import { CONNECTION_EPISODE, isEpisode } from './episodes.js';
import type { DevicePort } from './ports.js';
import { deviceStatus, type DeviceStatus, type FailedWrite } from './status.js';
import type { Texts } from './texts.js';

/** Shows on the device how it is now; what is shown already is not shown again. */
export const createStatusDisplay = (dependencies: {
  readonly device: DevicePort;
  readonly pumpId: string;
  readonly lease: Pick<Lease, 'account' | 'online'>;
  readonly texts: Texts;
  readonly clock: Clock;
  /** Does something that may fail, and logs that. */
  readonly careful: (what: string, act: () => Promise<unknown>) => Promise<void>;
}): ((failed: FailedWrite | null) => void) => {
  const { device, pumpId, lease, texts, clock, careful } = dependencies;
  const { account, online } = lease;
  let shown = '';
  const show = coalesced((status: DeviceStatus): Promise<void> => {
    const text = JSON.stringify(status);
    if (text === shown) return Promise.resolve();
    shown = text;
    return careful('show the status', async () => {
      if (!status.available) return device.setUnavailable(status.message);
      await device.setAvailable();
      return status.warning === null ? device.unsetWarning() : device.setWarning(status.warning);
    });
  });
  return (failed) => {
    const snapshot = account.snapshot(pumpId);
    const old = snapshot === null ? [] : oldCapabilities(snapshot, device.getCapabilities());
    const connection = device.getStoreValue(CONNECTION_EPISODE);
    const status = deviceStatus(
      {
        session: online.session(),
        availability: account.availability(pumpId),
        lostSince: isEpisode(connection) && connection.broken ? connection.since : null,
        failed,
        old: [...new Set(old.map((id) => texts.capability(id)))],
        now: clock.now(),
      },
      texts,
    );
    if (status !== null) void show(status);
  };
};
