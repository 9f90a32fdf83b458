import type { Logger } from '../../thermia/ports.js';
import { coalesced } from '../coalesced.js';
import { described } from '../logger.js';
import type { CapabilityValue, DevicePort } from '../ports.js';

export interface PlanValues {
  readonly hot_water_plan: string;
  readonly hot_water_rescue: boolean;
}

/** Shows what the plan does, on devices that can show it; only what differs is set. */
export const createShow = (device: DevicePort, logger: Logger): ((values: PlanValues) => void) => {
  const set = async (id: string, value: CapabilityValue): Promise<void> => {
    if (!device.hasCapability(id) || device.getCapabilityValue(id) === value) return;
    await device.setCapabilityValue(id, value);
  };
  const show = coalesced(async (values: PlanValues) => {
    for (const [id, value] of Object.entries<CapabilityValue>({ ...values })) {
      await set(id, value).catch((error: unknown) =>
        logger.error(`Could not set ${id}`, { error: described(error) }),
      );
    }
  });
  return (values) => void show(values);
};
