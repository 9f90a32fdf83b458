import type { JSX } from 'preact';
import { dismiss, outcomes } from '../state/outcomes.js';
import { Button } from './controls.js';
import { Icon } from './icons.js';

export const Outcomes = (): JSX.Element => (
  <div class="outcomes" role="status" aria-live="polite" data-testid="outcomes">
    {outcomes.value.map(({ id, text, tone }) => (
      <div key={id} class={`outcome ${tone}`}>
        <Icon name={tone === 'good' ? 'check' : 'warning'} size={18} />
        <span>{text}</span>
        <Button look="quiet" icon="close" label="Dismiss" onPress={() => dismiss(id)} />
      </div>
    ))}
  </div>
);
