import Module, { createRequire } from 'node:module';
import type NodeTimers from 'node:timers';
import type { Boot, DeviceState } from './wire.js';

/**
 * The one place of this room where a value gets a type by declaration: what the other half of this same program sent over
 * the border, classes that an app hands over, and Node's loader, which has no type for what is hooked here.
 */

export const devicePart = (value: unknown): Partial<DeviceState> => value as Partial<DeviceState>;
export const deviceState = (value: unknown): DeviceState => value as DeviceState;
export const bootOf = (value: unknown): Boot => value as Boot;

/** A class of the app that extends one of the SDK's. */
export const classOf = <T extends object>(value: unknown, base: new () => T): (new () => T) | null => {
  if (typeof value !== 'function') return null;
  const prototype: unknown = value.prototype;
  return value === base || prototype instanceof base ? (value as new () => T) : null;
};

/** What an app's own classes may do with more than the SDK's do: the arguments are for the one that overrides it. */
export interface DeviceHooks {
  onRenamed(name: string): unknown;
  onSettings(event: unknown): unknown;
}
export interface DriverHooks {
  onRepair(session: unknown, device: unknown): unknown;
}
export const deviceHooks = (device: object): DeviceHooks => device as DeviceHooks;
export const driverHooks = (driver: object): DriverHooks => driver as DriverHooks;

/** Node's timers as the object whose members can be replaced. */
export const realTimers = (): typeof NodeTimers =>
  createRequire(import.meta.url)('node:timers') as typeof NodeTimers;

interface Loader {
  _load: (this: unknown, request: string, ...rest: unknown[]) => unknown;
}

/** Answers `require('homey')` the way the runner on a Homey does; every app has a stub that ends there. */
export const hookRequire = (name: string, answer: () => unknown): void => {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  loader._load = function (this: unknown, request, ...rest): unknown {
    return request === name ? answer() : load.call(this, request, ...rest);
  };
};
