import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import type { Shell } from '../../shell.js';
import { clockTime, shown } from '../../terminal/format.js';
import type { Homey } from '../client.js';
import {
  allDevices,
  findDevice,
  heatPumps,
  readDevice,
  wordsFor,
  type Capability,
  type Device,
} from '../devices.js';
import { withHomey } from '../sign-in.js';

const CapabilityEvent = z.object({ capabilityId: z.string(), value: z.json() });

interface Watched {
  device: Device;
  readonly values: Map<string, Capability['value']>;
}

/** The state of some devices as it was last seen, and the words for each change of it. */
const createWatcher = (shell: Shell, devices: readonly Device[]) => {
  const { out } = shell;
  const all = new Map<string, Watched>(
    devices.map((device) => [
      device.id,
      { device, values: new Map(device.capabilities.map(({ id, value }) => [id, value])) },
    ]),
  );
  const tell = (device: Device, id: string, title: string, now: string, was: string, data: object): void => {
    const at = shell.now();
    if (out.json) {
      const { id: deviceId, name } = device;
      out.data(
        { at: new Date(at).toISOString(), device: deviceId, name, capability: id, ...data },
        { line: true },
      );
    } else {
      out.print(
        `${pc.dim(clockTime(at))}  ${device.name}  ${title}: ${pc.bold(now)} ${pc.dim(`(was ${was})`)}`,
      );
    }
  };
  const seen = (watched: Watched, id: string, value: Capability['value']): void => {
    const was = watched.values.get(id) ?? null;
    if (JSON.stringify(was) === JSON.stringify(value)) return;
    watched.values.set(id, value);
    const capability = watched.device.capabilities.find((each) => each.id === id);
    const say = (each: unknown): string =>
      capability === undefined ? shown(each) : wordsFor(capability, each);
    tell(watched.device, id, capability?.title ?? id, say(value), say(was), { value, was });
  };
  return {
    value: (deviceId: string, data: unknown): void => {
      const watched = all.get(deviceId);
      const parsed = CapabilityEvent.safeParse(data);
      if (watched !== undefined && parsed.success) seen(watched, parsed.data.capabilityId, parsed.data.value);
    },
    /** The devices as they are now: what changed unseen is told as well. */
    compare: (present: readonly Device[]): void => {
      for (const device of present) {
        const watched = all.get(device.id);
        if (watched === undefined) continue;
        const { available: was } = watched.device;
        watched.device = device;
        if (was !== device.available) {
          const say = (is: boolean): string => (is ? 'available' : 'not available');
          const message = device.unavailableMessage ?? null;
          tell(device, 'available', message ?? 'State', say(device.available), say(was), {
            value: device.available,
            was,
          });
        }
        for (const { id, value } of device.capabilities) seen(watched, id, value);
      }
    },
  };
};

const follow = async (
  homey: Homey,
  devices: readonly Device[],
  watcher: ReturnType<typeof createWatcher>,
  { out }: Shell,
  fail: (error: unknown) => void,
): Promise<void> => {
  const read = (): void => {
    allDevices(homey).then(watcher.compare, fail);
  };
  let isLost = false;
  const lost = (): void => {
    if (!isLost) out.note(pc.yellow('The connection is lost; waiting for it to come back.'));
    isLost = true;
  };
  const back = (): void => {
    if (isLost) out.note(pc.green('The connection is back.'));
    isLost = false;
    read();
  };
  for (const [index, { id }] of devices.entries()) {
    await homey.subscribe(`homey:device:${id}`, {
      onEvent: (event, data) => {
        if (event === 'capability') watcher.value(id, data);
        // Whether a device is available comes with the whole device.
        else if (event === 'update') watcher.compare(readDevice(data));
      },
      // There is one connection for all.
      ...(index === 0 ? { onDisconnect: lost, onReconnect: back } : {}),
    });
  }
  // What changed between the first reading and the subscription.
  read();
};

const WatchOptions = z.object({
  device: z.string().optional(),
  all: z.boolean().default(false),
  for: z.coerce.number().positive().optional(),
});

export const watch: Leaf<z.output<typeof WatchOptions>> = {
  usage: 'watch',
  summary: 'print changes as they happen, until Ctrl-C',
  details:
    'A dropped connection is waited for, and what changed meanwhile is told. With --json: one object a line, with at, device, name, capability, value and was.',
  examples: [
    'thermia homey watch',
    'thermia homey watch --json | tee changes.jsonl',
    'thermia homey watch --all --for 60',
  ],
  options: [
    { flags: '--device <name>', means: 'one device only, by name or id; of any app' },
    { flags: '--all', means: 'all devices of the Homey and not only heat pumps' },
    { flags: '--for <seconds>', means: 'end after so long' },
  ],
  schema: WatchOptions,
  run: (shell, { device: wanted, all, for: seconds }) =>
    withHomey(shell, async (homey) => {
      const devices =
        wanted !== undefined
          ? [findDevice(await allDevices(homey), wanted)]
          : all
            ? await allDevices(homey)
            : await heatPumps(homey);
      const watcher = createWatcher(shell, devices);
      await follow(homey, devices, watcher, shell, (error) =>
        shell.out.detail(
          `Reading the devices failed: ${error instanceof Error ? error.message : 'no reason'}`,
        ),
      );
      shell.out.note(`Watching ${devices.map(({ name }) => name).join(', ')}; Ctrl-C ends.`);
      await shell.untilInterrupted(seconds === undefined ? undefined : seconds * 1000);
    }),
};
