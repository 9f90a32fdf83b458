import { computed, signal } from '@preact/signals';
import type { Homey } from '../client/port.js';
import type { Fired, FlowRun, Hello } from '../client/sandbox.js';
import type { Device, Notification } from '../client/schemas.js';
import type { LogLine } from '../pure/app-log.js';
import { parseRoute } from '../pure/routes.js';

/** `failed` means that the page never got as far as a Homey. */
export type Connection = 'connecting' | 'online' | 'offline' | 'failed';

export const hello = signal<Hello | null>(null);
export const homey = signal<Homey | null>(null);
export const connection = signal<Connection>('connecting');
export const failure = signal('');
export const devices = signal<ReadonlyMap<string, Device>>(new Map());
export const devicesLoaded = signal(false);
export const notifications = signal<readonly Notification[]>([]);
export const appLog = signal<readonly LogLine[]>([]);
/** When each trigger card last fired, and what it said, by card id. */
export const fired = signal<ReadonlyMap<string, Fired>>(new Map());
/** How each Flow last ended, by its id. */
export const flowRuns = signal<ReadonlyMap<string, FlowRun>>(new Map());
export const route = signal(parseRoute(location.hash));
/** Sandbox time, told often enough for ages to be right. */
export const now = signal(Date.now());

export const deviceList = computed(() => [...devices.value.values()]);
export const deviceNames = computed(
  () => new Map(deviceList.value.map(({ id, name }) => [`homey:device:${id}`, name])),
);

/** For what only runs once the page is connected. */
export const theHomey = (): Homey => {
  const connected = homey.value;
  if (connected === null) throw new Error('There is no connection yet.');
  return connected;
};

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash);
  scrollTo(0, 0);
});
