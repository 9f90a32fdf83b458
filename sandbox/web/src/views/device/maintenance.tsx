import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Capability, Device } from '../../client/schemas.js';
import { sentence } from '../../pure/format.js';
import { announce } from '../../state/outcomes.js';
import { pendingOf, setValue } from '../../state/values.js';
import { devices, theHomey } from '../../state/world.js';
import { Button, Panel } from '../../ui/controls.js';
import { Confirm, Dialog } from '../../ui/dialog.js';
import { openRepair } from '../pair/open.js';

const Action = ({ device, capability }: { device: Device; capability: Capability }): JSX.Element => (
  <div class="action">
    <div>
      <b>{capability.title}</b>
      {capability.desc !== null && <small>{capability.desc}</small>}
    </div>
    <Button
      busy={pendingOf(device.id, capability.id)?.state === 'waiting'}
      onPress={() => void setValue(device.id, capability, true)}
      testId={`maintenance-${capability.id}`}
      label={`Run: ${capability.title}`}
    >
      Run
    </Button>
  </div>
);

const Rename = ({ device, onDone }: { device: Device; onDone: () => void }): JSX.Element => {
  const [name, setName] = useState(device.name);
  const save = async (): Promise<void> => {
    try {
      await theHomey().renameDevice(device.id, name.trim());
      onDone();
    } catch (error) {
      announce(sentence(error), 'bad');
    }
  };
  return (
    <Dialog title="Rename" onClose={onDone}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <input
          class="input"
          aria-label="Name"
          value={name}
          required
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <div class="dialog-actions">
          <Button onPress={onDone}>Cancel</Button>
          <Button look="primary" submit>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const Delete = ({ device, onDone }: { device: Device; onDone: () => void }): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await theHomey().deleteDevice(device.id);
      const rest = new Map(devices.value);
      rest.delete(device.id);
      devices.value = rest;
      announce(`${device.name} was removed.`);
      location.hash = '#/home';
    } catch (error) {
      announce(sentence(error), 'bad');
      onDone();
    }
  };
  return (
    <Confirm
      title={`Remove ${device.name}?`}
      text="Its Insights and the cards of its Flows go with it. The pump itself is not touched."
      yes="Remove"
      busy={busy}
      onYes={() => void remove()}
      onNo={onDone}
    />
  );
};

/** What is done to a device now and then. */
export const Maintenance = ({
  device,
  actions,
}: {
  device: Device;
  actions: readonly Capability[];
}): JSX.Element => {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Panel title="Maintenance" testId="maintenance">
      {actions.map((capability) => (
        <Action key={capability.id} device={device} capability={capability} />
      ))}
      {device.repair && (
        <div class="action">
          <div>
            <b>Repair</b>
            <small>Sign in again. Device, Flows and Insights stay.</small>
          </div>
          <Button icon="wrench" onPress={() => openRepair(device)} testId="maintenance-repair">
            Repair
          </Button>
        </div>
      )}
      <div class="action">
        <div>
          <b>Name</b>
          <small>{device.name}</small>
        </div>
        <Button onPress={() => setOpen('rename')} testId="rename">
          Rename
        </Button>
      </div>
      <div class="action">
        <div>
          <b>Remove this device</b>
          <small>From this Homey only.</small>
        </div>
        <Button look="danger" icon="trash" onPress={() => setOpen('delete')} testId="delete-device">
          Remove
        </Button>
      </div>
      {open === 'rename' && <Rename device={device} onDone={close} />}
      {open === 'delete' && <Delete device={device} onDone={close} />}
    </Panel>
  );
};
