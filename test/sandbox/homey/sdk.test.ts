import Homey, { Device } from 'homey';
import { expect, test } from 'vitest';

test('outside a Homey the SDK can be imported and extended, and makes nothing', () => {
  class Pump extends Homey.Device {}
  expect(Homey.Device).toBe(Device);
  expect(() => new Pump()).toThrow('made by Homey, not by the app');
  expect(() => Reflect.get(Homey, 'ZigBeeDevice') as unknown).toThrow('Not Implemented: Homey.ZigBeeDevice');
});
