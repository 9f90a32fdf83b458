import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icons.js';

interface ButtonProps {
  readonly children?: ComponentChildren;
  readonly onPress?: () => void;
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly label?: string;
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly submit?: boolean;
  readonly testId?: string;
}

export const Button = ({
  children,
  onPress,
  look = 'plain',
  icon,
  label,
  disabled = false,
  busy = false,
  submit = false,
  testId,
}: ButtonProps): JSX.Element => (
  <button
    type={submit ? 'submit' : 'button'}
    class={`button ${look} ${children === undefined ? 'round' : ''}`}
    onClick={onPress}
    disabled={disabled || busy}
    aria-label={label}
    aria-busy={busy}
    title={children === undefined ? label : undefined}
    data-testid={testId}
  >
    {busy ? <Spinner /> : icon !== undefined && <Icon name={icon} size={18} />}
    {children}
  </button>
);

export const Spinner = (): JSX.Element => <span class="spinner" aria-hidden="true" />;

interface SwitchProps {
  readonly on: boolean | null;
  readonly label: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onToggle: (on: boolean) => void;
  /** For what warms. */
  readonly warm?: boolean;
  readonly testId?: string;
}

/** A switch whose value may be unknown: then it stands in the middle and turns on when pressed. */
export const Switch = ({
  on,
  label,
  busy = false,
  disabled = false,
  onToggle,
  warm = false,
  testId,
}: SwitchProps): JSX.Element => (
  <button
    type="button"
    role="switch"
    class={`switch ${warm ? 'warm' : ''} ${on === null ? 'unknown' : on ? 'on' : 'off'}`}
    aria-checked={on ?? 'mixed'}
    aria-label={label}
    aria-busy={busy}
    disabled={disabled || busy}
    onClick={() => onToggle(on !== true)}
    data-testid={testId}
  >
    <span class="knob">{busy && <Spinner />}</span>
  </button>
);

interface FieldProps {
  readonly label: string;
  readonly hint?: string | null;
  readonly children: ComponentChildren;
  readonly inline?: boolean;
}

export const Field = ({ label, hint = null, children, inline = false }: FieldProps): JSX.Element => (
  <label class={`field ${inline ? 'inline' : ''}`}>
    <span class="field-label">{label}</span>
    {children}
    {hint !== null && <span class="field-hint">{hint}</span>}
  </label>
);

interface CardProps {
  readonly title?: ComponentChildren;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly className?: string;
  readonly testId?: string;
}

export const Panel = ({ title, aside, children, className = '', testId }: CardProps): JSX.Element => (
  <section class={`panel ${className}`} data-testid={testId}>
    {(title !== undefined || aside !== undefined) && (
      <header class="panel-head">
        {title !== undefined && <h2>{title}</h2>}
        {aside !== undefined && <div class="panel-aside">{aside}</div>}
      </header>
    )}
    {children}
  </section>
);

export const Notice = ({
  tone,
  children,
  action,
  testId,
}: {
  tone: 'warn' | 'bad' | 'info' | 'good';
  children: ComponentChildren;
  action?: ComponentChildren;
  testId?: string;
}): JSX.Element => (
  <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'} data-testid={testId}>
    <Icon name={tone === 'info' ? 'info' : tone === 'good' ? 'check' : 'warning'} size={18} />
    <div class="notice-text">{children}</div>
    {action}
  </div>
);

export const Empty = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <p class="empty">{children}</p>
);
