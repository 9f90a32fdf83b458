import type { CapabilityDefinition } from '../capability.js';
import type { Host } from '../host.js';
import type { CapabilityValue, DeviceRecord } from '../store.js';

/** What a device is at the moment; not kept over a restart. */
export interface DeviceStatus {
  readonly ready: boolean;
  readonly available: boolean;
  readonly unavailableMessage: string | null;
  readonly warningMessage: string | null;
}

export interface PresentedCapability {
  readonly definition: CapabilityDefinition;
  readonly value: CapabilityValue | null;
}

const capabilityObj = (
  host: Host,
  device: DeviceRecord,
  { definition, value }: PresentedCapability,
): Record<string, unknown> => ({
  id: definition.id,
  type: definition.type,
  title: definition.title,
  desc: definition.desc,
  getable: definition.getable,
  setable: definition.setable,
  value: value?.value ?? null,
  lastUpdated: value === null ? null : new Date(value.lastUpdated).toISOString(),
  units: definition.units,
  decimals: definition.decimals,
  ...(definition.min === null ? {} : { min: definition.min }),
  ...(definition.max === null ? {} : { max: definition.max }),
  ...(definition.step === null ? {} : { step: definition.step }),
  ...(definition.values === null ? {} : { values: definition.values }),
  chartType: definition.chartType,
  iconObj: definition.icon === null ? null : host.icons.of(definition.icon),
  options: device.capabilitiesOptions[definition.id] ?? {},
});

interface UiComponent {
  readonly id: string;
  readonly capabilities: string[];
}

const suffixOf = (id: string): string => id.split('.').slice(1).join('.');

/** How the tile and the controls are laid out: one component for all sensors, a thermostat with its measurement. */
const componentsOf = (definitions: readonly CapabilityDefinition[]): UiComponent[] => {
  const components: UiComponent[] = [];
  const targets = new Set(
    definitions.filter(({ baseId }) => baseId === 'target_temperature').map(({ id }) => suffixOf(id)),
  );
  for (const definition of definitions) {
    const { uiComponent, baseId, id } = definition;
    if (uiComponent === null || definition.maintenanceAction) continue;
    const isPaired = baseId === 'measure_temperature' && targets.has(suffixOf(id));
    if (isPaired) continue;
    if (uiComponent === 'thermostat') {
      const measurement = definitions.find(
        (other) => other.baseId === 'measure_temperature' && suffixOf(other.id) === suffixOf(id),
      );
      components.push({
        id: 'thermostat',
        capabilities: [id, ...(measurement === undefined ? [] : [measurement.id])],
      });
      continue;
    }
    const sensors = components.find((component) => component.id === 'sensor');
    if (uiComponent === 'sensor' && sensors !== undefined) sensors.capabilities.push(id);
    else components.push({ id: uiComponent, capabilities: [id] });
  }
  return components;
};

/** A device as a Homey answers it. */
export const presentDevice = (
  host: Host,
  device: DeviceRecord,
  status: DeviceStatus,
  capabilityOf: (id: string) => PresentedCapability,
): Record<string, unknown> => {
  const { app, icons } = host;
  const driver = app.driver(device.driverId);
  const assets = `drivers/${device.driverId}/assets`;
  const capabilities = device.capabilities.map(capabilityOf);
  const definitions = capabilities.map(({ definition }) => definition);
  return {
    id: device.id,
    driverId: `${app.uri}:${device.driverId}`,
    ownerUri: app.uri,
    name: device.name,
    note: device.note,
    zone: device.zone,
    data: device.data,
    icon: device.icon,
    iconOverride: null,
    iconObj:
      (device.icon === null ? null : icons.of(`${assets}/${device.icon}`)) ?? icons.of(`${assets}/icon.svg`),
    class: device.class,
    virtualClass: device.virtualClass,
    capabilities: device.capabilities,
    capabilitiesObj: Object.fromEntries(
      capabilities.map((capability) => [capability.definition.id, capabilityObj(host, device, capability)]),
    ),
    settings: Object.fromEntries(Object.entries(device.settings).filter(([, value]) => value !== null)),
    settingsObj: (driver?.settings.length ?? 0) > 0,
    flags: [],
    energy: device.energy,
    energyObj: null,
    ui: {
      quickAction:
        definitions.find(({ uiQuickAction, maintenanceAction }) => uiQuickAction && !maintenanceAction)?.id ??
        null,
      components: componentsOf(definitions),
      componentsStartAt: 0,
    },
    uiIndicator: null,
    available: status.available,
    unavailableMessage: status.unavailableMessage,
    warningMessage: status.warningMessage,
    ready: status.ready,
    repair: driver?.repair !== undefined,
    unpair: driver?.unpair !== undefined,
    images: [],
    color: app.manifest.brandColor,
    lastSeenAt: device.lastSeenAt,
  };
};
