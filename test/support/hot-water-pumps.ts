import { demoPumps, type PumpData } from '../../sandbox/thermia-online/index.js';

/** A pump as it is shipped: it heats its tank from 45 to 52 °C. */
export const DEMO_PUMP: readonly PumpData[] = demoPumps.slice(0, 1);
/** A pump that keeps its tank above 50 °C by itself where it may. */
export const WARM_PUMP: readonly PumpData[] = DEMO_PUMP.map((pump) => {
  if (pump.plant === null) throw new Error('This pump has no plant.');
  return { ...pump, plant: { ...pump.plant, tank: { startAt: 53, stopAt: 58, boostTo: 62 } } };
});
