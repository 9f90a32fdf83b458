import { signal } from '@preact/signals';

export interface Outcome {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

const SHOWN_MS = 6000;
let lastId = 0;

export const outcomes = signal<readonly Outcome[]>([]);

export const dismiss = (id: number): void => {
  outcomes.value = outcomes.value.filter((outcome) => outcome.id !== id);
};

/** Says how something ended, on the screen and to a screen reader. */
export const announce = (text: string, tone: Outcome['tone'] = 'good'): void => {
  lastId += 1;
  const id = lastId;
  outcomes.value = [...outcomes.value.slice(-2), { id, text, tone }];
  setTimeout(() => dismiss(id), tone === 'bad' ? SHOWN_MS * 2 : SHOWN_MS);
};
