import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Device, Setting, SettingField } from '../../client/schemas.js';
import { sentence } from '../../pure/format.js';
import { changedSettings, groupSettings, readSetting } from '../../pure/settings-form.js';
import { announce } from '../../state/outcomes.js';
import { theHomey } from '../../state/world.js';
import { Button, Empty, Field, Notice, Panel, Spinner } from '../../ui/controls.js';

interface InputProps {
  readonly field: SettingField;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

const SettingInput = ({ field, value, onValue }: InputProps): JSX.Element => {
  const testId = `setting-${field.id ?? ''}`;
  const label = field.label ?? field.id ?? '';
  switch (field.type) {
    case 'label':
      return (
        <div class="setting-label">
          <span>{label}</span>
          <b data-testid={testId}>{asText(value) === '' ? '–' : asText(value)}</b>
        </div>
      );
    case 'checkbox':
      return (
        <Field label={label} hint={field.hint} inline>
          <input
            type="checkbox"
            checked={value === true}
            data-testid={testId}
            onChange={({ currentTarget }) => onValue(currentTarget.checked)}
          />
        </Field>
      );
    case 'dropdown':
    case 'radio':
      return (
        <Field label={label} hint={field.hint}>
          <select
            class="select"
            value={asText(value)}
            data-testid={testId}
            onChange={({ currentTarget }) => onValue(currentTarget.value)}
          >
            {field.values.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </Field>
      );
    case 'textarea':
      return (
        <Field label={label} hint={field.hint}>
          <textarea
            value={asText(value)}
            data-testid={testId}
            onInput={({ currentTarget }) => onValue(currentTarget.value)}
          />
        </Field>
      );
    default: {
      const numeric = field.type === 'number' || field.type === 'slider';
      return (
        <Field label={label} hint={field.hint}>
          <span class="with-unit">
            <input
              class="input"
              type={numeric ? 'number' : field.type === 'password' ? 'password' : 'text'}
              autocomplete="off"
              value={asText(value)}
              step="any"
              data-testid={testId}
              {...(field.min !== null && { min: field.min })}
              {...(field.max !== null && { max: field.max })}
              onInput={({ currentTarget }) => onValue(readSetting(field, currentTarget.value))}
            />
            {field.units !== null && <span class="unit">{field.units}</span>}
          </span>
        </Field>
      );
    }
  }
};

export const DeviceSettings = ({ device }: { device: Device }): JSX.Element => {
  const [settings, setSettings] = useState<readonly Setting[] | null>(null);
  const [draft, setDraft] = useState<Readonly<Record<string, unknown>>>({});
  const [problem, setProblem] = useState('');
  const [saving, setSaving] = useState(false);

  useEffect(() => {
    theHomey()
      .settings(device.id)
      .then(setSettings)
      .catch((error: unknown) => setProblem(sentence(error)));
  }, [device.id]);

  const changed = changedSettings(device.settings, draft);
  const dirty = Object.keys(changed).length > 0;
  const save = async (): Promise<void> => {
    if (Object.values(changed).includes(null)) {
      setProblem('One of the numbers is missing.');
      return;
    }
    setSaving(true);
    setProblem('');
    try {
      const said = await theHomey().saveSettings(device.id, changed);
      setDraft({});
      announce(said ?? 'Settings saved.');
    } catch (error) {
      setProblem(sentence(error));
    } finally {
      setSaving(false);
    }
  };

  return (
    <Panel title="Settings" testId="settings">
      {settings === null && problem === '' && <Spinner />}
      {settings?.length === 0 && <Empty>This device has no settings.</Empty>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {groupSettings(settings ?? []).map(({ title, fields }, index) => (
          <fieldset key={title ?? index}>
            {title !== null && <legend>{title}</legend>}
            {fields.map((field) => {
              const id = field.id ?? '';
              return (
                <SettingInput
                  key={id}
                  field={field}
                  value={id in draft ? draft[id] : device.settings[id]}
                  onValue={(value) => setDraft((before) => ({ ...before, [id]: value }))}
                />
              );
            })}
          </fieldset>
        ))}
        {problem !== '' && (
          <Notice tone="bad" testId="settings-problem">
            {problem}
          </Notice>
        )}
        {dirty && (
          <div class="form-actions">
            <Button onPress={() => setDraft({})}>Discard</Button>
            <Button look="primary" submit busy={saving} testId="settings-save">
              Save
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
};
