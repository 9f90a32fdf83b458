import * as z from 'zod';
import type { Control } from '../../thermia/pump/model.js';
import type { Pump } from '../pump-device.js';
import { modes, Picked, type ActionRow, type Choice } from './cards.js';
import { describeControl, parseControlValue, withUnit } from './control-text.js';
import { Sentence } from '../texts.js';
import { PLAN_ACTIONS } from './plan-cards.js';

const controls =
  (wanted: (control: Control) => boolean) =>
  (pump: Pump): Choice[] =>
    [...(pump.snapshot()?.controls.values() ?? [])].filter(wanted).map((control) => ({
      id: control.id,
      name: pump.texts.control(control.id),
      description: describeControl(control, pump.texts),
    }));

const isCurve = ({ id }: Control): boolean => id.startsWith('curve.');

/** What is less than a step would be rounded: to nothing, or to twice as much. */
export const isWholeSteps = (change: number, step: number): boolean => {
  const steps = change / step;
  return Math.round(steps) !== 0 && Math.abs(steps - Math.round(steps)) < 1e-6;
};

export const ACTIONS: Readonly<Record<string, ActionRow>> = {
  hot_water_boost_on: { run: (pump) => pump.write('hot_water_boost', true) },
  hot_water_boost_off: { run: (pump) => pump.write('hot_water_boost', false) },
  set_mode: {
    run(pump, args) {
      const { mode } = z.looseObject({ mode: Picked }).parse(args);
      return pump.write('operation_mode', mode.id);
    },
    complete: { mode: modes },
  },
  set_heating_target: {
    run(pump, args) {
      const { temperature } = z.looseObject({ temperature: z.number() }).parse(args);
      return pump.write('heating_target', temperature);
    },
  },
  change_heating_target: {
    async run(pump, args) {
      const { direction, degrees } = z
        .looseObject({ direction: z.enum(['raise', 'lower']), degrees: z.number() })
        .parse(args);
      const now = pump.snapshot()?.controls.get('heating_target');
      if (now?.kind !== 'number' || now.value === null) {
        throw new Sentence(pump.texts.say('flow.value_unknown'));
      }
      if (!isWholeSteps(degrees, now.limits.step)) {
        const step = withUnit(now.limits.step, now.unit, pump.texts);
        throw new Sentence(pump.texts.say('flow.whole_steps', { step }));
      }
      await pump.write('heating_target', now.value + (direction === 'raise' ? degrees : -degrees));
    },
  },
  set_curve: {
    run(pump, args) {
      const { number, value } = z.looseObject({ number: Picked, value: z.number() }).parse(args);
      return pump.write(number.id, value);
    },
    complete: { number: controls(isCurve) },
  },
  set_register: {
    async run(pump, args) {
      const { register, value } = z.looseObject({ register: Picked, value: z.coerce.string() }).parse(args);
      const control = pump.snapshot()?.controls.get(register.id);
      if (control === undefined) throw new Sentence(pump.texts.say('errors.not_writable'));
      await pump.write(register.id, parseControlValue(control, value, pump.texts));
    },
    complete: { register: controls(() => true) },
  },
  ...PLAN_ACTIONS,
  read_now: { run: (pump) => pump.refresh() },
};
