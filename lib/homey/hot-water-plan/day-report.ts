import { isHeatPump } from '../heat-pump.js';
import { Sentence, type Texts } from '../texts.js';
import type { DayView } from './day-view.js';

/** The plan's days of one heat pump, by its installation's id. Throws a sentence where there is none. */
export const hotWaterDay = (devices: readonly unknown[], id: unknown, texts: Texts): DayView => {
  const pump = devices.filter(isHeatPump).find(({ pumpId }) => pumpId === id)?.pump ?? null;
  if (pump === null) throw new Sentence(texts.say('errors.not_found'));
  return pump.hotWater.day();
};
