import { afterEach } from 'vitest';
import {
  startThermiaOnline,
  type ThermiaOnlineOptions,
  type ThermiaSimulator,
} from '../../../sandbox/thermia-online/index.js';

/** Starts simulators that end with the test. Chance always gives the middle. */
export const simulators = (): ((options?: ThermiaOnlineOptions) => Promise<ThermiaSimulator>) => {
  let running: ThermiaSimulator[] = [];
  afterEach(async () => {
    const ended = running;
    running = [];
    await Promise.all(ended.map((one) => one.close()));
  });
  return async (options = {}) => {
    const simulator = await startThermiaOnline({ random: () => 0.5, ...options });
    running.push(simulator);
    return simulator;
  };
};
