import type { Control, ControlValue } from '../../thermia/pump/model.js';
import { capabilityOfControl } from '../capabilities.js';
import { Sentence, type Texts } from '../texts.js';

export const withUnit = (value: number | null, unit: string | null, texts: Texts): string =>
  value === null
    ? texts.value('', null)
    : unit === null
      ? texts.number(value)
      : `${texts.number(value)} ${unit}`;

/** The present value and the limits of what can be written. */
export const describeControl = (control: Control, texts: Texts): string => {
  const capability = capabilityOfControl(control.id) ?? '';
  switch (control.kind) {
    case 'number':
      return texts.say('flow.limits', {
        value: withUnit(control.value, control.unit, texts),
        min: control.limits.min,
        max: control.limits.max,
      });
    case 'switch':
      return texts.value(capability, control.value);
    case 'choice':
      return `${texts.value(capability, control.value)} (${control.options
        .map(({ value }) => value)
        .join(', ')})`;
  }
};

const SWITCH: Readonly<Record<string, boolean>> = {
  on: true,
  true: true,
  '1': true,
  off: false,
  false: false,
  '0': false,
};

/** What a person or a tag wrote into a card, as a value for this control. Throws a sentence. */
export const parseControlValue = (control: Control, text: string, texts: Texts): ControlValue => {
  const wanted = text.trim().toLowerCase();
  const noOption = (options: readonly string[]): Sentence =>
    new Sentence(texts.say('flow.not_an_option', { value: text, options: options.join(', ') }));
  switch (control.kind) {
    case 'number': {
      const number = wanted === '' ? NaN : Number(wanted.replace(',', '.'));
      if (Number.isFinite(number)) return number;
      throw new Sentence(texts.say('flow.not_a_number', { value: text }));
    }
    case 'switch': {
      const value = SWITCH[wanted];
      if (value === undefined) throw noOption(['on', 'off']);
      return value;
    }
    case 'choice': {
      const capability = capabilityOfControl(control.id) ?? '';
      const found = control.options.find(
        ({ value }) =>
          value.toLowerCase() === wanted || texts.value(capability, value).toLowerCase() === wanted,
      );
      if (found === undefined) throw noOption(control.options.map(({ value }) => value));
      return found.value;
    }
  }
};
