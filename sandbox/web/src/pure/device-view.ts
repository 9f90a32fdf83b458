import type { Capability, Device } from '../client/schemas.js';

type ControlKind = 'toggle' | 'picker' | 'thermostat' | 'slider' | 'button';

export interface Control {
  readonly kind: ControlKind;
  readonly capability: Capability;
  /** What is measured of that which is set here. */
  readonly measured: Capability | null;
}

export interface DeviceView {
  readonly controls: readonly Control[];
  readonly sensors: readonly Capability[];
  readonly alarms: readonly Capability[];
  /** Buttons that belong to the settings, not to daily use. */
  readonly maintenance: readonly Capability[];
}

const baseId = (capabilityId: string): string => capabilityId.split('.', 1)[0] ?? capabilityId;

const isMaintenance = ({ options }: Capability): boolean => options['maintenanceAction'] === true;

const CONTROLS: Readonly<Record<string, ControlKind>> = {
  toggle: 'toggle',
  picker: 'picker',
  ternary: 'picker',
  thermostat: 'thermostat',
  slider: 'slider',
  button: 'button',
};

/** How a capability is operated: as its user interface component says, else as its type suggests. */
const controlKind = (capability: Capability, component: string | null): ControlKind | null => {
  if (!capability.setable) return null;
  const named = CONTROLS[component ?? capability.uiComponent ?? ''];
  if (named !== undefined) return named;
  if (baseId(capability.id) === 'button') return 'button';
  if (capability.type === 'boolean') return capability.getable ? 'toggle' : 'button';
  if (capability.type === 'enum') return 'picker';
  if (capability.type === 'number') return 'slider';
  return null;
};

const capabilitiesOf = (device: Device): Capability[] =>
  device.capabilities.flatMap((id) => device.capabilitiesObj[id] ?? []);

export const viewOf = (device: Device): DeviceView => {
  const componentOf = new Map<string, string>();
  for (const { id, capabilities } of device.ui?.components ?? []) {
    for (const capability of capabilities ?? []) componentOf.set(capability, id);
  }
  // What no component shows is not for people; a Homey that names no components leaves it to the types.
  const isShown = (capability: Capability): boolean =>
    componentOf.size === 0 || componentOf.has(capability.id) || isMaintenance(capability);
  const all = capabilitiesOf(device).filter(isShown);
  const controls: Control[] = [];
  const sensors: Capability[] = [];
  const alarms: Capability[] = [];
  const maintenance: Capability[] = [];
  for (const capability of all) {
    if (isMaintenance(capability)) {
      maintenance.push(capability);
      continue;
    }
    const kind = controlKind(capability, componentOf.get(capability.id) ?? null);
    if (kind !== null) {
      const measures = `measure_${capability.id.replace(/^target_/, '')}`;
      const measured = capability.id.startsWith('target_')
        ? (all.find(({ id }) => id === measures) ?? null)
        : null;
      controls.push({ kind, capability, measured });
    } else if (baseId(capability.id).startsWith('alarm_')) alarms.push(capability);
    else if (capability.getable) sensors.push(capability);
  }
  return { controls, sensors, alarms, maintenance };
};

export const quickActionOf = (device: Device): Capability | null => {
  const id = device.ui?.quickAction ?? 'onoff';
  const capability = device.capabilitiesObj[id];
  return capability?.type === 'boolean' && capability.setable ? capability : null;
};

/** The one number worth reading from across the room. */
export const mainReadingOf = (device: Device): Capability | null => {
  const all = capabilitiesOf(device);
  return (
    all.find(({ id }) => id === 'measure_temperature') ??
    all.find(({ id, type }) => id.startsWith('measure_') && type === 'number') ??
    null
  );
};

/** What the device says of itself in words: enums that only the device sets. */
export const stateWordsOf = (device: Device): string[] => {
  const all = capabilitiesOf(device);
  const isActivity = ({ id }: Capability): boolean => id.includes('activity');
  // What it does says more than what it is set to.
  return [...all.filter(isActivity), ...all.filter((one) => !isActivity(one))].flatMap(
    ({ type, setable, value, values }) => {
      if (type !== 'enum' || setable || typeof value !== 'string') return [];
      const title = values.find(({ id }) => id === value)?.title ?? value;
      return [title];
    },
  );
};

/** Alarms that are raised now. */
export const raisedAlarmsOf = (device: Device): Capability[] =>
  capabilitiesOf(device).filter(({ id, value }) => baseId(id).startsWith('alarm_') && value === true);

/** When the device last said anything. */
export const lastHeardOf = (device: Device): number | null => {
  const times = [device.lastSeenAt, ...capabilitiesOf(device).map(({ lastUpdated }) => lastUpdated)].flatMap(
    (time) => time ?? [],
  );
  return times.length === 0 ? null : Math.max(...times);
};

const QUIET_MS = 45 * 60_000;
const QUIET_WHEN_WARNED_MS = 10 * 60_000;

/** Whether the values must be told with their age: the device is not there, or has not been heard for long. */
export const isOld = (device: Device, now: number): boolean => {
  const heard = lastHeardOf(device);
  if (!device.available || heard === null) return true;
  return now - heard > (device.warningMessage === null ? QUIET_MS : QUIET_WHEN_WARNED_MS);
};

/** What the plan for the hot water says of itself, where there is one. */
export const planSentenceOf = ({ settings, capabilitiesObj }: Device): string | null => {
  const mode = settings['plan_mode'];
  const said = capabilitiesObj['hot_water_plan']?.value;
  return typeof mode === 'string' && mode !== 'none' && typeof said === 'string' && said !== '' ? said : null;
};

/** Allowed values of a number that is set in steps. */
export const stepsOf = ({
  min,
  max,
  step,
  units,
}: Capability): { min: number; max: number; step: number } => ({
  min: min ?? 0,
  max: max ?? (units === '%' ? 100 : 40),
  step: step !== null && step > 0 ? step : 1,
});

/** The nearest allowed value; half steps of a tenth must not become 20.400000000000002. */
export const clampToStep = (value: number, limits: { min: number; max: number; step: number }): number => {
  const { min, max, step } = limits;
  const steps = Math.round((Math.min(max, Math.max(min, value)) - min) / step);
  return Number(Math.min(max, min + steps * step).toFixed(6));
};
