import { Card, Device, type LogEntries } from '../../../sandbox/web/src/client/schemas.js';

type Raw = Readonly<Record<string, unknown>>;

/** A device as the API answers it, read the way the page reads it. */
export const device = (capabilities: readonly Raw[], fields: Raw = {}): Device =>
  Device.parse({
    id: 'c0ffee00-0000-4000-8000-000000000001',
    name: 'Heat pump',
    class: 'heatpump',
    driverId: 'homey:app:com.example:heat-pump',
    capabilities: capabilities.map((capability) => capability['id']),
    capabilitiesObj: Object.fromEntries(
      capabilities.map((capability) => [
        String(capability['id']),
        { type: 'number', title: String(capability['id']), value: null, lastUpdated: null, ...capability },
      ]),
    ),
    ...fields,
  });

export const card = (fields: Raw): Card =>
  Card.parse({
    id: 'homey:app:com.example:card',
    ownerUri: 'homey:app:com.example',
    title: 'Card',
    ...fields,
  });

export const entries = (
  values: readonly LogEntries['values'][number]['v'][],
  step = 60_000,
): LogEntries['values'] => values.map((v, index) => ({ t: index * step, v }));
