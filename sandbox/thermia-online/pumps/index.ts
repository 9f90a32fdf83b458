import type { PumpData } from '../pump-data.js';
import { airPump } from './air.js';
import { diplomatClassic } from './diplomat-classic.js';
import { diplomatInverter } from './diplomat-inverter.js';
import { itecPump } from './itec.js';
import { legendPump } from './legend.js';
import { unknownPump } from './unknown.js';

/** What is shown when nothing else is asked for. */
export const demoPumps: readonly PumpData[] = [diplomatInverter];

/** One pump of each family that is known, and one of a family that nobody knows. */
export const builtInPumps: readonly PumpData[] = [
  diplomatInverter,
  diplomatClassic,
  airPump,
  itecPump,
  legendPump,
  unknownPump,
];
