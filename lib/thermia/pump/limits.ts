import { ThermiaError } from '../errors.js';
import type { Control, ControlValue, NumberLimits } from './model.js';

/** The nearest value the pump can hold, counted from the lower limit; a whole step from a whole limit gives integers. */
const onStep = (value: number, { min, max, step }: NumberLimits): number => {
  const steps = Math.round((value - min) / step);
  return Math.min(max, Number((min + steps * step).toFixed(6)));
};

const refuse = (control: Control, message: string, limits?: NumberLimits): never => {
  throw new ThermiaError('out_of_range', `${control.id}: ${message}`, {
    during: control.id,
    ...(limits === undefined ? {} : { limits: { min: limits.min, max: limits.max } }),
  });
};

/**
 * The value as it will be written: numbers are put on the control's step.
 * Throws `out_of_range` for what the control does not take, whether by size, by name or by type.
 */
export const checkValue = (control: Control, value: ControlValue): ControlValue => {
  switch (control.kind) {
    case 'switch':
      return typeof value === 'boolean' ? value : refuse(control, 'takes true or false');
    case 'number': {
      const { limits } = control;
      return typeof value === 'number' && value >= limits.min && value <= limits.max
        ? onStep(value, limits)
        : refuse(control, `takes ${limits.min} to ${limits.max}`, limits);
    }
    case 'choice':
      return control.options.some((option) => option.value === value)
        ? value
        : refuse(control, `takes ${control.options.map((option) => option.value).join(', ')}`);
  }
};

/** Whether a control stands at a value; numbers within half a step, for what floating point makes of them. */
export const standsAt = (control: Control, value: ControlValue): boolean =>
  control.kind === 'number' && typeof value === 'number' && control.value !== null
    ? Math.abs(control.value - value) < control.limits.step / 2
    : control.value === value;
