import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { ageOf, timeOf } from '../../terminal/format.js';
import { allDevices, chooseDevice, heatPumps, wordsFor, type Capability, type Device } from '../devices.js';
import { withHomey } from '../sign-in.js';
import { zoneNames } from '../zones.js';

const brief = ({ title, value, units, lastUpdated }: Capability): Record<string, unknown> => ({
  title,
  value,
  units: units ?? null,
  lastUpdated: lastUpdated ?? null,
});

const described = (device: Device): Record<string, unknown> => ({
  id: device.id,
  name: device.name,
  class: device.class,
  driverId: device.driverId,
  available: device.available,
  message: device.unavailableMessage ?? device.warningMessage ?? null,
  capabilities: Object.fromEntries(
    device.capabilities.map((capability) => [capability.id, brief(capability)]),
  ),
});

export const devices: Leaf<object> = {
  usage: 'devices',
  summary: 'list all devices of the Homey',
  schema: z.object({}),
  run: (shell) =>
    withHomey(shell, async (homey) => {
      const all = await allDevices(homey);
      if (shell.out.json) {
        shell.out.data(all.map(described));
        return;
      }
      const zones = await zoneNames(homey);
      shell.out.print(
        shell.out.table(
          ['Name', 'Class', 'Zone', 'State', 'Id'],
          all.map(({ name, class: kind, zone, available, id }) => [
            name,
            kind,
            zones.get(zone ?? '') ?? '–',
            available ? pc.green('available') : pc.red('not available'),
            pc.dim(id),
          ]),
        ),
      );
    }),
};

const state = (device: Device): string => {
  if (!device.available) return pc.red(`not available: ${device.unavailableMessage ?? 'no reason given'}`);
  const { warningMessage: warning } = device;
  return warning === null || warning === undefined ? pc.green('available') : pc.yellow(warning);
};

const StatusOptions = z.object({ device: z.string().optional() });

export const status: Leaf<z.output<typeof StatusOptions>> = {
  usage: 'status',
  summary: 'show the heat pumps, every reading with its age',
  details:
    'The age is the time since the value last changed on the Homey. A dash is a value that is not known.',
  examples: [
    'thermia homey status',
    "thermia homey status --json | jq '.[0].capabilities.measure_temperature.value'",
  ],
  options: [{ flags: '--device <name>', means: 'one device only, by name or id; of any app' }],
  schema: StatusOptions,
  run: (shell, { device: wanted }) =>
    withHomey(shell, async (homey) => {
      const chosen = wanted === undefined ? await heatPumps(homey) : [await chooseDevice(homey, wanted)];
      if (shell.out.json) {
        shell.out.data(chosen.map(described));
        return;
      }
      const now = shell.now();
      const blocks = chosen.map((device) => {
        const readings = device.capabilities.filter(({ getable, id }) => getable && !id.startsWith('button'));
        return [
          `${pc.bold(device.name)}  ${state(device)}`,
          '',
          shell.out.table(
            ['Reading', 'Value', 'Age', 'Capability'],
            readings.map((capability) => [
              capability.title,
              wordsFor(capability, capability.value),
              ageOf(timeOf(capability.lastUpdated), now),
              pc.dim(capability.id),
            ]),
            { right: [1, 2] },
          ),
        ].join('\n');
      });
      shell.out.print(blocks.join('\n\n'));
    }),
};
