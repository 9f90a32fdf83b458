import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Capability, CapabilityValue, Device } from '../../client/schemas.js';
import { clampToStep, stepsOf, type Control } from '../../pure/device-view.js';
import { formatNumber, plainValue } from '../../pure/format.js';
import { pendingOf, setValue, shownValue } from '../../state/values.js';
import { Button, Spinner, Switch } from '../../ui/controls.js';
import { CapabilityIcon } from '../../ui/icons.js';

interface Props {
  readonly device: Device;
  readonly control: Control;
}

const useValue = (device: Device, capability: Capability) => {
  const pending = pendingOf(device.id, capability.id);
  return {
    value: shownValue(device.id, capability),
    busy: pending?.state === 'waiting',
    failed: pending?.state === 'failed' ? pending.message : null,
    set: (value: CapabilityValue) => void setValue(device.id, capability, value),
  };
};

const Toggle = ({ device, control: { capability } }: Props): JSX.Element => {
  const { value, busy, set } = useValue(device, capability);
  return (
    <Switch
      on={typeof value === 'boolean' ? value : null}
      label={capability.title}
      busy={busy}
      disabled={!device.available}
      onToggle={set}
      warm={/^onoff$|boost/.test(capability.id)}
      testId={`control-${capability.id}`}
    />
  );
};

const Picker = ({ device, control: { capability } }: Props): JSX.Element => {
  const { value, busy, set } = useValue(device, capability);
  return (
    <span class="picker">
      {busy && <Spinner />}
      <select
        class="select"
        aria-label={capability.title}
        value={typeof value === 'string' ? value : ''}
        disabled={!device.available || busy}
        data-testid={`control-${capability.id}`}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      >
        {typeof value !== 'string' && <option value="">Unknown</option>}
        {capability.values.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </span>
  );
};

/** Minus, the wanted value, plus. Several presses count as one wish. */
const Stepper = ({ device, control: { capability, measured } }: Props): JSX.Element => {
  const { value, busy, set } = useValue(device, capability);
  const [draft, setDraft] = useState<number | null>(null);
  const limits = stepsOf(capability);
  const shown = draft ?? (typeof value === 'number' ? value : null);
  const move = (direction: 1 | -1): void =>
    setDraft(clampToStep((shown ?? limits.min) + direction * limits.step, limits));
  const wished = draft !== null && draft !== capability.value;
  return (
    <div class="stepper" data-testid={`control-${capability.id}`}>
      {measured !== null && <span class="measured">now {plainValue(measured)}</span>}
      <Button
        icon="minus"
        label={`Lower ${capability.title}`}
        onPress={() => move(-1)}
        disabled={!device.available || busy || (shown ?? limits.min) <= limits.min}
      />
      <output aria-label={capability.title}>
        {shown === null ? '–' : formatNumber(shown, capability.decimals)}
        <small>{capability.units ?? ''}</small>
      </output>
      <Button
        icon="plus"
        label={`Raise ${capability.title}`}
        onPress={() => move(1)}
        disabled={!device.available || busy || (shown ?? limits.max) >= limits.max}
      />
      {(wished || busy) && (
        <Button
          look="primary"
          busy={busy}
          onPress={() => {
            if (draft !== null) set(draft);
            setDraft(null);
          }}
          testId={`apply-${capability.id}`}
        >
          Set
        </Button>
      )}
    </div>
  );
};

const Slider = ({ device, control }: Props): JSX.Element => {
  const { capability } = control;
  const { value, busy, set } = useValue(device, capability);
  const { min, max, step } = stepsOf(capability);
  const [draft, setDraft] = useState<number | null>(null);
  if ((max - min) / step > 200 || (max - min) / step <= 12)
    return <Stepper device={device} control={control} />;
  const shown = draft ?? (typeof value === 'number' ? value : min);
  return (
    <div class="slider">
      <input
        type="range"
        aria-label={capability.title}
        min={min}
        max={max}
        step={step}
        value={shown}
        disabled={!device.available || busy}
        data-testid={`control-${capability.id}`}
        onInput={({ currentTarget }) => setDraft(Number(currentTarget.value))}
        onChange={({ currentTarget }) => {
          set(Number(currentTarget.value));
          setDraft(null);
        }}
      />
      <output>
        {formatNumber(shown, capability.decimals)}
        <small>{capability.units ?? ''}</small>
      </output>
    </div>
  );
};

const Press = ({ device, control: { capability } }: Props): JSX.Element => {
  const { busy, set } = useValue(device, capability);
  return (
    <Button
      busy={busy}
      disabled={!device.available}
      onPress={() => set(true)}
      testId={`control-${capability.id}`}
    >
      {capability.title}
    </Button>
  );
};

const WIDGETS = { toggle: Toggle, picker: Picker, thermostat: Stepper, slider: Slider, button: Press };

export const ControlRow = (props: Props): JSX.Element => {
  const { capability, kind } = props.control;
  const Widget = WIDGETS[kind];
  const { failed } = useValue(props.device, capability);
  return (
    <div class="control" data-testid="control" data-capability={capability.id}>
      <span class="control-icon">
        <CapabilityIcon capability={capability} />
      </span>
      <span class="control-title">
        {capability.title}
        {capability.desc !== null && <small>{capability.desc}</small>}
      </span>
      <Widget {...props} />
      {failed !== null && (
        <p class="control-failed" role="alert">
          {failed}
        </p>
      )}
    </div>
  );
};
