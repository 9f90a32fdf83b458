import { z } from 'zod';
import { connectHomey } from '../client/homey.js';
import { readHello, watchSandbox } from '../client/sandbox.js';
import { CapabilityValue, Device, Notification } from '../client/schemas.js';
import { keepNewest } from '../pure/app-log.js';
import { sentence, tellTimesIn } from '../pure/format.js';
import { takeValue } from './values.js';
import {
  appLog,
  connection,
  devices,
  devicesLoaded,
  failure,
  fired,
  flowRuns,
  hello,
  homey,
  notifications,
  now,
  theHomey,
} from './world.js';

const CapabilityEvent = z.object({
  capabilityId: z.string(),
  value: CapabilityValue,
  transactionTime: z.number().nullish(),
});
const HasId = z.looseObject({ id: z.string() });

const RELOAD_MS = 60_000;
const RETRY_MS = 3000;

const followed = new Map<string, () => void>();

/** Keeps the values of a device up to date for as long as it is there. */
const follow = async (deviceId: string): Promise<void> => {
  if (followed.has(deviceId)) return;
  followed.set(deviceId, () => undefined);
  const end = await theHomey().subscribe(`homey:device:${deviceId}`, (event, data) => {
    if (event !== 'capability') return;
    const read = CapabilityEvent.safeParse(data);
    if (!read.success) return;
    const { capabilityId, value, transactionTime } = read.data;
    takeValue(deviceId, capabilityId, value, transactionTime ?? now.peek());
  });
  followed.set(deviceId, end);
  // What changed before the subscription stood was not told.
  const device = await theHomey().device(deviceId);
  if (devices.peek().has(deviceId)) devices.value = new Map(devices.peek()).set(deviceId, device);
};

const putDevices = (list: readonly Device[]): void => {
  devices.value = new Map(list.map((device) => [device.id, device]));
  devicesLoaded.value = true;
  for (const [id, end] of followed) {
    if (devices.peek().has(id)) continue;
    end();
    followed.delete(id);
  }
  for (const { id } of list) void follow(id).catch(() => followed.delete(id));
};

const reloadDevices = async (): Promise<void> => putDevices(await theHomey().devices());

const reloadNotifications = async (): Promise<void> => {
  notifications.value = await theHomey().notifications();
};

const reload = async (): Promise<void> => {
  // Either may be refused without harm to the other; the next round comes anyway.
  await Promise.allSettled([reloadDevices(), reloadNotifications()]);
};

const onDeviceEvent = (event: string, data: unknown): void => {
  const id = HasId.safeParse(data);
  if (event === 'device.delete' && id.success) {
    putDevices([...devices.peek().values()].filter((device) => device.id !== id.data.id));
    return;
  }
  const device = Device.safeParse(data);
  if (device.success) {
    putDevices([...new Map(devices.peek()).set(device.data.id, device.data).values()]);
  } else void reload();
};

const onNotification = (event: string, data: unknown): void => {
  const read = Notification.safeParse(data);
  if (event === 'notification.create' && read.success) {
    notifications.value = [...notifications.peek().filter(({ id }) => id !== read.data.id), read.data];
  } else void reload();
};

const keepTime = (): void => {
  const { now: at, speed } = hello.peek() ?? { now: Date.now(), speed: 1 };
  const startedAt = performance.now();
  const tell = (): void => {
    now.value = at + (performance.now() - startedAt) * speed;
  };
  tell();
  setInterval(tell, speed === 1 ? 5000 : 1000);
};

const connect = async (): Promise<void> => {
  hello.value = await readHello();
  if (typeof hello.value.timezone === 'string') tellTimesIn(hello.value.timezone);
  keepTime();
  const client = await connectHomey(location.origin, hello.value.token);
  homey.value = client;
  client.onConnection((connected) => {
    connection.value = connected ? 'online' : 'offline';
  });
  await client.connect();
  connection.value = 'online';
  await client.subscribe('homey:manager:devices', onDeviceEvent, () => void reload());
  await client.subscribe('homey:manager:notifications', onNotification);
  await reload();
};

/** Connects the page, and goes on trying while the Homey is not there. */
export const start = (): void => {
  const attempt = (): void => {
    connect().catch((error: unknown) => {
      connection.value = 'failed';
      failure.value = `The Homey behind this page does not answer. ${sentence(error)}`;
      setTimeout(attempt, RETRY_MS);
    });
  };
  attempt();
  setInterval(() => {
    if (homey.peek() !== null && connection.peek() === 'online') void reload();
  }, RELOAD_MS);
  watchSandbox({
    onLines: (lines) => {
      appLog.value = keepNewest(appLog.peek(), lines);
    },
    onFired: (trigger) => {
      // Every minute passes; what matters is what a Flow makes of it.
      if (trigger.id.startsWith('homey:manager:cron:')) return;
      fired.value = new Map(fired.peek()).set(trigger.id, trigger);
    },
    onRuns: (runs) => {
      flowRuns.value = new Map([...flowRuns.peek(), ...runs.map((run) => [run.flowId, run] as const)]);
    },
  });
};
