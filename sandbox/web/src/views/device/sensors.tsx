import type { JSX } from 'preact';
import type { Capability } from '../../client/schemas.js';
import { formatAge, formatSeconds, formatDay, formatValue } from '../../pure/format.js';
import { now } from '../../state/world.js';
import { CapabilityIcon } from '../../ui/icons.js';

const Sensor = ({ capability }: { capability: Capability }): JSX.Element => {
  const { text, unit } = formatValue(capability);
  const at = capability.lastUpdated;
  const state = capability.value === null ? 'absent' : capability.value === true ? 'active' : '';
  return (
    <li class={`sensor ${state}`} data-testid="sensor" data-capability={capability.id}>
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
        {capability.value === null ? 'not reported' : formatAge(at, now.value)}
      </time>
    </li>
  );
};

export const Sensors = ({ sensors }: { sensors: readonly Capability[] }): JSX.Element => (
  <ul class="sensors">
    {sensors.map((capability) => (
      <Sensor key={capability.id} capability={capability} />
    ))}
  </ul>
);
