import { z } from 'zod';
import type { Homey } from './port.js';
import type { Device } from './schemas.js';

const Segment = z.object({
  start: z.number(),
  end: z.number(),
  on: z.boolean().nullable(),
  by: z.string(),
  text: z.string(),
  price: z.number().nullable(),
});
export type Segment = z.infer<typeof Segment>;

const HotWaterPlan = z.object({
  zone: z.string(),
  now: z.number(),
  mode: z.string(),
  sentence: z.string(),
  rescue: z.boolean(),
  segments: z.array(Segment),
  switches: z.array(z.object({ at: z.number(), on: z.boolean(), by: z.string(), text: z.string() })),
});
export type HotWaterPlan = z.infer<typeof HotWaterPlan>;

const Status = z.object({
  accounts: z.array(
    z.looseObject({
      session: z.string(),
      pumps: z.array(
        z.looseObject({ availability: z.looseObject({ reason: z.string().optional() }).optional() }),
      ),
    }),
  ),
});
export type AppStatus = z.infer<typeof Status>;

/** A driver's address is `homey:app:<app>:<driver>`. */
const appOf = ({ driverId }: Device): string => driverId.split(':')[2] ?? '';

/** Yesterday to tomorrow of the device's hot water. */
export const readHotWaterPlan = async (homey: Homey, device: Device): Promise<HotWaterPlan> => {
  const id = device.data['id'];
  const query = { device: typeof id === 'string' || typeof id === 'number' ? String(id) : '' };
  return HotWaterPlan.parse(await homey.askApp(appOf(device), '/hot-water-plan', query));
};

export const readAppStatus = async (homey: Homey, device: Device): Promise<AppStatus> =>
  Status.parse(await homey.askApp(appOf(device), '/status'));
