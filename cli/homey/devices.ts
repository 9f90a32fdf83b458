import * as z from 'zod';
import { Problem } from '../problem.js';
import { shown } from '../terminal/format.js';
import type { Homey } from './client.js';

const APP_URI = 'homey:app:com.thermia.online';

const Capability = z.object({
  id: z.string(),
  title: z.string(),
  type: z.string(),
  value: z.json().optional().default(null),
  units: z.string().nullish(),
  decimals: z.number().nullish(),
  min: z.number().nullish(),
  max: z.number().nullish(),
  step: z.number().nullish(),
  setable: z.boolean().default(false),
  getable: z.boolean().default(true),
  // The client makes dates of some texts.
  lastUpdated: z.union([z.string(), z.date().transform((date) => date.toISOString())]).nullish(),
  values: z
    .array(z.object({ id: z.string(), title: z.string().nullish() }))
    .nullish()
    .catch(null),
});
export type Capability = z.output<typeof Capability>;

const Device = z.object({
  id: z.string(),
  name: z.string(),
  class: z.string(),
  driverId: z.string().default(''),
  zone: z.string().nullish(),
  available: z.boolean().default(true),
  unavailableMessage: z.string().nullish(),
  warningMessage: z.string().nullish(),
  capabilities: z.array(z.string()),
  // A capability of another app that cannot be read is no reason to show none.
  capabilitiesObj: z.record(z.string(), z.unknown()).nullable().default({}),
  settings: z.record(z.string(), z.unknown()).default({}),
});

export type Device = Omit<z.output<typeof Device>, 'capabilities' | 'capabilitiesObj'> & {
  /** In the order of the device. */
  readonly capabilities: readonly Capability[];
};

/** None where it cannot be read. */
export const readDevice = (raw: unknown): Device[] => {
  const parsed = Device.safeParse(raw);
  if (!parsed.success) return [];
  const { capabilities, capabilitiesObj, ...device } = parsed.data;
  return [
    {
      ...device,
      capabilities: capabilities.flatMap((id) => {
        const capability = Capability.safeParse(capabilitiesObj?.[id]);
        return capability.success ? [capability.data] : [];
      }),
    },
  ];
};

const Items = z.record(z.string(), z.unknown());

/** The devices of this Homey as they are now, not as a client once read them. */
export const allDevices = async (homey: Homey): Promise<Device[]> =>
  Object.values(Items.parse(await homey.call('devices', 'getDevices', { $cache: false }))).flatMap(
    readDevice,
  );

export const isHeatPump = ({ driverId }: Device): boolean => driverId.startsWith(`${APP_URI}:`);

export const heatPumps = async (homey: Homey): Promise<Device[]> => {
  const pumps = (await allDevices(homey)).filter(isHeatPump);
  if (pumps.length === 0) {
    throw new Problem(
      'not_found',
      'There is no heat pump of the Thermia app on this Homey: add one in the Homey app first.',
    );
  }
  return pumps;
};

const names = (devices: readonly Device[]): string => devices.map(({ name }) => `"${name}"`).join(', ');

/** By id or name; case does not matter. */
export const findDevice = (devices: readonly Device[], wanted: string): Device => {
  const named = devices.filter(
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase(),
  );
  const [only] = named;
  if (only === undefined) {
    throw new Problem('not_found', `There is no device "${wanted}"; there are ${names(devices)}.`);
  }
  if (named.length > 1) {
    throw new Problem(
      'usage',
      `Several devices are called "${wanted}": name one by its id, see \`thermia homey devices\`.`,
    );
  }
  return only;
};

/** The device that was named, of any app; without a name the only heat pump. */
export const chooseDevice = async (homey: Homey, wanted: string | undefined): Promise<Device> => {
  if (wanted !== undefined) return findDevice(await allDevices(homey), wanted);
  const pumps = await heatPumps(homey);
  const [only] = pumps;
  if (only !== undefined && pumps.length === 1) return only;
  throw new Problem(
    'usage',
    `There are several heat pumps: name one with --device; there are ${names(pumps)}.`,
  );
};

export const findCapability = (device: Device, id: string): Capability => {
  const found = device.capabilities.find((capability) => capability.id === id);
  if (found !== undefined) return found;
  const ids = device.capabilities.map((capability) => capability.id).join(', ');
  throw new Problem('not_found', `"${device.name}" has no capability ${id}; it has ${ids}.`);
};

/** Not every heat pump can be told to make hot water or not. */
export const hasHotWaterSwitch = ({ capabilities }: Device): boolean =>
  capabilities.some(({ id }) => id === 'onoff');

/** The switch for hot water. */
export const hotWaterSwitch = (device: Device): Capability => {
  if (hasHotWaterSwitch(device)) return findCapability(device, 'onoff');
  throw new Problem('not_found', `"${device.name}" has no switch for hot water.`);
};

/** A value in words; an alarm that is on should be seen. */
export const wordsFor = (
  { id, values, units, decimals }: Omit<Capability, 'value'>,
  value: unknown,
): string => {
  if (typeof value === 'boolean' && id.startsWith('alarm_')) return value ? 'ALARM' : 'ok';
  return values?.find((one) => one.id === value)?.title ?? shown(value, units, decimals);
};
