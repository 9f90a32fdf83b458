import type { JSX } from 'preact';
import type { Capability, Device } from '../../client/schemas.js';
import { isOld, lastHeardOf } from '../../pure/device-view.js';
import { formatAge, formatDay, formatSeconds, formatSince, formatValue } from '../../pure/format.js';
import { now } from '../../state/world.js';
import { CapabilityIcon } from '../../ui/icons.js';

interface Props {
  readonly capability: Capability;
  readonly heard: number | null;
  readonly old: boolean;
}

/** A current value says since when it is so, an old one how long ago it was read. */
const ageOf = ({ capability: { value, lastUpdated }, heard, old }: Props): string => {
  if (value === null) return 'not reported';
  if (old) return `read ${formatAge(heard, now.value)}`;
  return lastUpdated === null ? '' : formatSince(lastUpdated, now.value);
};

const Sensor = (props: Props): JSX.Element => {
  const { capability, old } = props;
  const { text, unit } = formatValue(capability);
  const at = capability.lastUpdated;
  const state = capability.value === null ? 'absent' : capability.value === true ? 'active' : '';
  return (
    <li class={`sensor ${state} ${old ? 'old' : ''}`} data-testid="sensor" data-capability={capability.id}>
      <span class="sensor-icon">
        <CapabilityIcon capability={capability} size={20} />
      </span>
      <span class="sensor-title">{capability.title}</span>
      <span class={`sensor-value ${typeof capability.value === 'number' ? 'number' : ''}`}>
        {text}
        {unit !== '' && <small>{unit}</small>}
      </span>
      <time
        class="sensor-age"
        title={at === null ? undefined : `Changed ${formatDay(at)}, ${formatSeconds(at)}`}
      >
        {ageOf(props)}
      </time>
    </li>
  );
};

export const Sensors = ({
  device,
  sensors,
}: {
  device: Device;
  sensors: readonly Capability[];
}): JSX.Element => {
  const heard = lastHeardOf(device);
  const old = isOld(device, now.value);
  return (
    <ul class="sensors">
      {sensors.map((capability) => (
        <Sensor key={capability.id} capability={capability} heard={heard} old={old} />
      ))}
    </ul>
  );
};
