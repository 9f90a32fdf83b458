import type { ChoiceControl, Control, ControlValue, SwitchControl } from '../../thermia/pump/model.js';
import { capabilityOfControl } from '../capabilities.js';
import { Sentence, type Texts } from '../texts.js';

export const withUnit = (value: number | null, unit: string | null, texts: Texts): string =>
  value === null
    ? texts.value('', null)
    : unit === null
      ? texts.number(value)
      : `${texts.number(value)} ${unit}`;

interface Option {
  /** As the person sees it. */
  readonly name: string;
  /** Whatever else it may be called, in small letters. */
  readonly ids: readonly string[];
  readonly value: ControlValue;
}

/** What a switch or a choice can be set to. */
const options = (control: SwitchControl | ChoiceControl, texts: Texts): readonly Option[] => {
  const capability = capabilityOfControl(control.id) ?? '';
  return control.kind === 'switch'
    ? [
        { name: texts.value(capability, true), ids: ['on', 'true', '1'], value: true },
        { name: texts.value(capability, false), ids: ['off', 'false', '0'], value: false },
      ]
    : control.options.map(({ value }) => ({
        name: texts.value(capability, value),
        ids: [value.toLowerCase()],
        value,
      }));
};

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
      return `${texts.value(capability, control.value)} (${options(control, texts)
        .map(({ name }) => name)
        .join(', ')})`;
  }
};

/** What a person or a tag wrote into a card, as a value for this control. Throws a sentence. */
export const parseControlValue = (control: Control, text: string, texts: Texts): ControlValue => {
  const wanted = text.trim().toLowerCase();
  if (control.kind === 'number') {
    const number = wanted === '' ? NaN : Number(wanted.replace(',', '.'));
    if (Number.isFinite(number)) return number;
    throw new Sentence(texts.say('flow.not_a_number', { value: text }));
  }
  const all = options(control, texts);
  const found = all.find(({ name, ids }) => name.toLowerCase() === wanted || ids.includes(wanted));
  if (found !== undefined) return found.value;
  const names = all.map(({ name }) => name).join(', ');
  throw new Sentence(texts.say('flow.not_an_option', { value: text, options: names }));
};
