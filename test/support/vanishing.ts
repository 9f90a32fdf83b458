import { call } from '../../sandbox/client.js';
import { flowRigs, Timeline, type FlowRig } from './flow-rig.js';
import { eventually, type Sandboxes } from './sandbox.js';
import { WHOLE_PUMP } from './whole-pump.js';

/** An hour in a second. */
const SPEED = 3600;
const AT_MOST_MS = 100_000;

export interface Vanishing {
  readonly rig: FlowRig;
  readonly deviceId: string;
  readonly timeline: Timeline;
  /** Hours from when the pump lost the register until its capability had no value, and until it was gone. */
  readonly gone: Promise<{ readonly unknownAfterH: number; readonly goneAfterH: number }>;
}

/** Starts a sandbox in which a pump loses a register, and watches what becomes of its capability over days. */
export const vanishing = async (
  sandboxes: Sandboxes,
  pumpFile: string,
  register: string,
  capability: string,
): Promise<Vanishing> => {
  const running = await sandboxes.start([
    ...['--capture', pumpFile],
    ...['--language', 'sv'],
    ...['--speed', String(SPEED)],
  ]);
  const rig = (await flowRigs(running, [WHOLE_PUMP]))[0]!;
  const timeline = new Timeline(rig.client);
  const { id } = await rig.device();
  // Fewer reads; at this speed every three minutes would be every 50 ms.
  await call(rig.client, 'devices', 'setDeviceSettings', { id, settings: { interval: 30 } });
  await eventually(
    () => rig.device(),
    ({ capabilitiesObj }) => capabilitiesObj[capability]?.value === false,
  );
  await rig.watch(`${capability}_true`, {}, []);
  await rig.pump('DELETE', `/registers/${register}`);

  const from = Date.now();
  const hours = (): number => ((Date.now() - from) * SPEED) / 3_600_000;
  const watch = async (): Promise<{ unknownAfterH: number; goneAfterH: number }> => {
    await eventually(
      () => rig.device(),
      ({ capabilitiesObj }) => capabilitiesObj[capability]?.value !== false,
      AT_MOST_MS,
    );
    const unknownAfterH = hours();
    await eventually(
      () => rig.device(),
      ({ capabilities }) => !capabilities.includes(capability),
      AT_MOST_MS,
    );
    return { unknownAfterH, goneAfterH: hours() };
  };
  return { rig, deviceId: id, timeline, gone: watch() };
};
