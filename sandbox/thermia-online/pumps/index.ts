import type { PumpData } from '../pump-data.js';
import { diplomatInverter } from './diplomat-inverter.js';

/** What `npm start` shows. */
export const demoPumps: readonly PumpData[] = [diplomatInverter];

/** One pump of each family that is known, and one of a family that nobody knows. */
export const builtInPumps: readonly PumpData[] = [diplomatInverter];
