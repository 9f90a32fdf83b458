import {
  COMPONENTS,
  HOURS,
  OPERATION_MODES,
  TEMPERATURES,
  type PumpSnapshot,
  type ReadingId,
  type TemperatureId,
  type Unit,
} from '../thermia/pump/model.js';
import type { EnumValues } from './manifest.js';
import { readableName } from './names.js';
import { lastOwnRead } from './own-readings.js';
import type { CapabilityOptions, CapabilityValue } from './ports.js';

/** One reading or control as a capability of the Homey device. */
export interface CapabilityRow {
  readonly capability: string;
  /** The value now; undefined where this pump does not have it. */
  value(snapshot: PumpSnapshot): CapabilityValue | undefined;
  /** The readings that the value is made of now; without it the value is none of the pump's own. */
  from?(snapshot: PumpSnapshot): readonly ReadingId[];
  /** What the person changes through this capability. */
  readonly control?: string;
  /** Without this control the capability does not exist here. */
  readonly needsControl?: boolean;
  /** The other way to show the same: never both on one device. */
  readonly insteadOf?: string;
  /** And with it this one does not. */
  readonly unlessControl?: string;
  /** Appears with its first true: for what only shows itself while it is on. */
  readonly bornTrue?: boolean;
  /** Only for those who asked for it. */
  readonly expert?: boolean;
  /** The hot water plan says what it is; `value` only says whether there can be one. */
  readonly byPlan?: boolean;
  /** Options that depend on the pump, over those of the manifest. */
  options?(snapshot: PumpSnapshot, values: EnumValues): CapabilityOptions | undefined;
}

/** A reading as it is. */
const shows = (id: ReadingId): Required<Pick<CapabilityRow, 'value' | 'from'>> => ({
  value(snapshot) {
    const value = snapshot.readings[id]?.value;
    return typeof value === 'object' ? undefined : value;
  },
  from: () => [id],
});

const limits =
  (control: string) =>
  (snapshot: PumpSnapshot): CapabilityOptions | undefined => {
    const found = snapshot.controls.get(control);
    return found?.kind === 'number' ? { ...found.limits } : undefined;
  };

/** Units that are not called the same everywhere; where a language is missing, a Homey takes the English. */
export const UNITS: Readonly<Partial<Record<Unit, Readonly<Record<string, string>>>>> = {
  h: { en: 'h', no: 't', da: 't', nl: 'u' },
};

const unit =
  (id: ReadingId) =>
  (snapshot: PumpSnapshot): CapabilityOptions | undefined => {
    const found = snapshot.readings[id]?.unit;
    return found === undefined || found === null ? undefined : { units: UNITS[found] ?? { en: found } };
  };

/** The modes that can be picked, or those that are known by name and the present one. */
const modes = (snapshot: PumpSnapshot, values: EnumValues): CapabilityOptions => {
  const control = snapshot.controls.get('operation_mode');
  const present = snapshot.readings.operation_mode?.value;
  const ids = new Set<string>(
    control?.kind === 'choice' ? control.options.map(({ value }) => value) : OPERATION_MODES,
  );
  if (present !== undefined) ids.add(present);
  return {
    values: [...ids].map((id) => ({
      id,
      title: values.find((one) => one.id === id)?.title ?? { en: readableName(id) },
    })),
  };
};

/** A plan needs the pump's own switch. */
export const canPlanHotWater = (snapshot: PumpSnapshot): boolean =>
  snapshot.controls.get('hot_water')?.kind === 'switch';
const planned = (snapshot: PumpSnapshot): CapabilityValue | undefined =>
  canPlanHotWater(snapshot) ? true : undefined;

const EXPERT_TEMPERATURES: readonly TemperatureId[] = ['desired_buffer_tank'];
const AUX_HEATER_STEPS = ['3kw', '6kw', '9kw', '12kw', '15kw'] as const;

const EXPERT_READINGS: readonly (readonly [string, ReadingId])[] = [
  ['measure_integral', 'integral'],
  ['measure_pid', 'pid'],
  ['measure_current', 'current'],
  ['meter_defrosts', 'defrosts'],
  ['measure_defrost_interval', 'defrost_interval'],
  ['measure_last_defrost', 'last_defrost'],
];

const NO_ALARM = '–';
const alarms = (snapshot: PumpSnapshot): boolean | undefined => {
  const { alarms: count, alarm_texts: texts } = snapshot.readings;
  if (count !== undefined) return count.value > 0;
  return texts === undefined ? undefined : texts.value.length > 0;
};

/** Everything a heat pump can show, in the order in which people see it. */
export const CAPABILITIES: readonly CapabilityRow[] = [
  { capability: 'onoff', ...shows('hot_water'), control: 'hot_water' },
  { capability: 'measure_temperature', ...shows('temperature.hot_water') },
  ...TEMPERATURES.filter((id) => id !== 'hot_water').map((id) => ({
    capability: `measure_temperature.${id}`,
    ...shows(`temperature.${id}`),
    expert: EXPERT_TEMPERATURES.includes(id),
  })),
  {
    capability: 'target_temperature.indoor',
    ...shows('heating_target'),
    control: 'heating_target',
    options: limits('heating_target'),
  },
  {
    capability: 'target_temperature.reduced',
    ...shows('reduced_heating_target'),
    control: 'reduced_heating_target',
    options: limits('reduced_heating_target'),
    expert: true,
  },
  {
    capability: 'heat_pump_mode',
    ...shows('operation_mode'),
    control: 'operation_mode',
    needsControl: true,
    insteadOf: 'heat_pump_mode_status',
    options: (snapshot, values) =>
      snapshot.controls.has('operation_mode') ? modes(snapshot, values) : undefined,
  },
  {
    capability: 'heat_pump_mode_status',
    ...shows('operation_mode'),
    unlessControl: 'operation_mode',
    insteadOf: 'heat_pump_mode',
    options: modes,
  },
  {
    capability: 'hot_water_boost',
    ...shows('hot_water_boost'),
    control: 'hot_water_boost',
  },
  { capability: 'hot_water_plan', value: planned, byPlan: true },
  { capability: 'hot_water_rescue', value: planned, byPlan: true },
  {
    capability: 'cooling_allowed',
    ...shows('cooling'),
    control: 'cooling',
  },
  { capability: 'heat_pump_activity', ...shows('activity') },
  ...COMPONENTS.map((id) => ({ capability: `${id}_running`, ...shows(`component.${id}`) })),
  ...AUX_HEATER_STEPS.map((step) => ({
    capability: `aux_heater_step.${step}`,
    value: (snapshot: PumpSnapshot) => snapshot.readings.aux_heater_steps?.value.includes(step),
    from: () => ['aux_heater_steps'] as const,
    bornTrue: true,
  })),
  {
    capability: 'alarm_problem',
    value: alarms,
    from: ({ readings }) => [readings.alarms === undefined ? 'alarm_texts' : 'alarms'],
  },
  {
    capability: 'problem_text',
    // Without alarms nobody asks for their texts.
    from: ({ readings }) => [readings.alarms?.value === 0 ? 'alarms' : 'alarm_texts'],
    value(snapshot) {
      const { alarms: count, alarm_texts: texts } = snapshot.readings;
      if (count?.value === 0) return NO_ALARM;
      return texts === undefined ? undefined : texts.value.join('; ') || NO_ALARM;
    },
  },
  {
    capability: 'alarm_connectivity',
    value: (snapshot) => (snapshot.online === null ? undefined : !snapshot.online),
  },
  ...HOURS.map((id) => ({ capability: `meter_operating_hours.${id}`, ...shows(`hours.${id}`) })),
  ...EXPERT_READINGS.map(([capability, id]) => ({
    capability,
    ...shows(id),
    options: unit(id),
    expert: true,
  })),
];

/** Buttons in the device's settings; every device has them. */
export const MAINTENANCE = ['button.read_now', 'button.forget_account'] as const;

const byCapability = new Map(CAPABILITIES.map((row) => [row.capability, row]));
export const rowOf = (capability: string): CapabilityRow | undefined => byCapability.get(capability);

/** The capability that shows what a control writes, or null where there is none. */
export const capabilityOfControl = (control: string): string | null =>
  CAPABILITIES.find((row) => row.control === control)?.capability ?? null;

/** What one look at the pump brings arrives within this time. */
const ONE_LOOK_MS = 5 * 60_000;

/**
 * Of these capabilities those whose values are old while others are new, in the order in which people see them. Where all
 * of them grow old together, that is said of the pump and not of each.
 */
export const oldCapabilities = (snapshot: PumpSnapshot, present: readonly string[]): string[] => {
  const last = lastOwnRead(snapshot);
  const isOld = (id: ReadingId): boolean => {
    const reading = snapshot.readings[id];
    return reading?.freshness === 'stale' && last - reading.at > ONE_LOOK_MS;
  };
  return CAPABILITIES.filter(
    (row) => present.includes(row.capability) && row.from?.(snapshot).some(isOld) === true,
  ).map(({ capability }) => capability);
};

/** Whether this pump has it at all, whatever the person wants to see. */
export const isOffered = (row: CapabilityRow, snapshot: PumpSnapshot): boolean =>
  row.value(snapshot) !== undefined &&
  (row.needsControl !== true || (row.control !== undefined && snapshot.controls.has(row.control))) &&
  (row.unlessControl === undefined || !snapshot.controls.has(row.unlessControl));
