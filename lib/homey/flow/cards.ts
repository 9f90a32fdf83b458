import * as z from 'zod';
import type { Pump } from '../pump-device.js';

/** One line of an autocomplete list. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}
export type Complete = Readonly<Record<string, (pump: Pump) => readonly Choice[]>>;

export interface ActionRow {
  run(pump: Pump, args: unknown): Promise<void>;
  readonly complete?: Complete;
}
export interface ConditionRow {
  run(pump: Pump, args: unknown): boolean;
  readonly complete?: Complete;
}
export interface TriggerRow {
  /** Whether a Flow with these arguments starts; without it every Flow does. */
  readonly matches?: (args: unknown, state: unknown) => boolean;
  readonly complete?: Complete;
}

/** What was picked from an autocomplete list. */
export const Picked = z.looseObject({ id: z.string() });

/** Sensors that this device has. */
export const sensors = (pump: Pump): Choice[] =>
  pump
    .capabilities()
    .filter((id) => id.startsWith('measure_temperature'))
    .map((id) => ({ id, name: pump.texts.capability(id) }));

export const modes = (pump: Pump): Choice[] => {
  const control = pump.snapshot()?.controls.get('operation_mode');
  const present = pump.snapshot()?.readings.operation_mode?.value;
  const ids =
    control?.kind === 'choice'
      ? control.options.map(({ value }) => value)
      : present === undefined
        ? []
        : [present];
  return ids.map((id) => ({ id, name: pump.texts.value('heat_pump_mode', id) }));
};

export const matching = (choices: readonly Choice[], query: string): Choice[] => {
  const wanted = query.trim().toLowerCase();
  return choices.filter(({ name }) => name.toLowerCase().includes(wanted));
};
