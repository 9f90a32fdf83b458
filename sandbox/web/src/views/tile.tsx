import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { readAppStatus } from '../client/app-routes.js';
import type { Capability, Device } from '../client/schemas.js';
import { isSignInTrouble } from '../pure/app-status.js';
import {
  lastHeardOf,
  mainReadingOf,
  planSentenceOf,
  quickActionOf,
  raisedAlarmsOf,
  stateWordsOf,
} from '../pure/device-view.js';
import { formatAge, formatValue } from '../pure/format.js';
import { linkTo } from '../pure/routes.js';
import { forgetFailure, pendingOf, setValue, shownValue } from '../state/values.js';
import { now, theHomey } from '../state/world.js';
import { Button, Notice, Switch } from '../ui/controls.js';
import { Icon, MaskIcon } from '../ui/icons.js';
import { openRepair } from './pair/open.js';

export const DeviceIcon = ({ device, size }: { device: Device; size: number }): JSX.Element =>
  device.iconObj?.url === undefined ? (
    <Icon name="pump" size={size} />
  ) : (
    <MaskIcon url={device.iconObj.url} size={size} />
  );

const quickWords = (device: Device, action: Capability): string => {
  const pending = pendingOf(device.id, action.id);
  if (pending?.state === 'waiting') return pending.value === true ? 'turning on…' : 'turning off…';
  return action.value === null ? 'unknown' : action.value === true ? 'on' : 'off';
};

const QuickAction = ({ device, action }: { device: Device; action: Capability }): JSX.Element => {
  const pending = pendingOf(device.id, action.id);
  const value = shownValue(device.id, action);
  return (
    <Switch
      on={typeof value === 'boolean' ? value : null}
      label={action.title}
      busy={pending?.state === 'waiting'}
      disabled={!device.available}
      onToggle={(on) => void setValue(device.id, action, on)}
      warm
      testId="quick-action"
    />
  );
};

/** Whether a new sign-in would help a device that is not there. An outage passes without one. */
const useNeedsRepair = (device: Device): boolean => {
  const [needs, setNeeds] = useState(false);
  const message = device.available ? null : (device.unavailableMessage ?? '');
  useEffect(() => {
    let current = true;
    if (message === null || !device.repair) setNeeds(false);
    else {
      readAppStatus(theHomey(), device)
        .then((status) => current && setNeeds(isSignInTrouble(status)))
        // An app that says nothing of itself: offered rather than withheld.
        .catch(() => current && setNeeds(true));
    }
    return () => {
      current = false;
    };
  }, [device.id, device.repair, message]);
  return needs;
};

export const DeviceTrouble = ({ device }: { device: Device }): JSX.Element | null => {
  const repair = useNeedsRepair(device) && (
    <Button onPress={() => openRepair(device)} testId="repair">
      Repair
    </Button>
  );
  const action = quickActionOf(device);
  const failed = action === null ? null : pendingOf(device.id, action.id);
  const alarms = raisedAlarmsOf(device);
  return (
    <>
      {!device.available && (
        <Notice tone="bad" action={repair} testId="unavailable">
          {device.unavailableMessage ?? 'The device cannot be reached at the moment.'}
        </Notice>
      )}
      {device.available && device.warningMessage !== null && (
        <Notice tone="warn" testId="warning">
          {device.warningMessage}
        </Notice>
      )}
      {alarms.map(({ id, title }) => (
        <Notice key={id} tone="warn" testId="alarm">
          Alarm: {title}
        </Notice>
      ))}
      {failed?.state === 'failed' && action !== null && (
        <Notice
          tone="bad"
          testId="quick-action-failed"
          action={
            <Button
              look="quiet"
              icon="close"
              label="Dismiss"
              onPress={() => forgetFailure(device.id, action.id)}
            />
          }
        >
          {action.title} stays as it was. {failed.message}
        </Notice>
      )}
    </>
  );
};

export const DeviceTile = ({ device }: { device: Device }): JSX.Element => {
  const action = quickActionOf(device);
  const reading = mainReadingOf(device);
  const shown = reading === null ? null : formatValue(reading);
  const on = action !== null && shownValue(device.id, action) === true;
  // A tile that cannot be switched is never off.
  const look = !device.available ? 'off' : on ? 'on' : action === null ? '' : 'off';
  const plan = planSentenceOf(device);
  const words = [
    ...(action === null ? [] : [`${action.title} ${quickWords(device, action)}`]),
    ...stateWordsOf(device).slice(0, 1),
  ];
  return (
    <article
      class={`tile ${look} ${device.available ? '' : 'unavailable'}`}
      data-testid="device-tile"
      data-device={device.id}
    >
      <div class="tile-top">
        <span class="tile-icon">
          <DeviceIcon device={device} size={40} />
        </span>
        {action !== null && (
          <span class="tile-action">
            <span aria-hidden="true">{action.title}</span>
            <QuickAction device={device} action={action} />
          </span>
        )}
      </div>
      {shown !== null && (
        <p class="tile-number" data-testid="tile-reading">
          {shown.text}
          <small>{shown.unit}</small>
        </p>
      )}
      <h3>
        <a class="tile-link" href={linkTo({ page: 'device', deviceId: device.id })}>
          {device.name}
        </a>
      </h3>
      <p class="tile-words" data-testid="tile-state">
        {device.available ? words.join(' · ') : `Last heard ${formatAge(lastHeardOf(device), now.value)}`}
      </p>
      {device.available && plan !== null && (
        <p class="tile-plan" data-testid="tile-plan">
          <Icon name="clock" size={17} />
          {plan}
        </p>
      )}
      <DeviceTrouble device={device} />
    </article>
  );
};
