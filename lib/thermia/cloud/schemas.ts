import * as z from 'zod';
import { secondKey } from './second-key.js';

/**
 * What the service answers, read loosely: unknown fields are left out, a missing or odd one becomes null. Only what an
 * item cannot be without is required; an item that lacks it is broken.
 */
const number = z
  .preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
    z.number().nullable(),
  )
  .catch(null);
const text = z.string().nullable().catch(null);
const flag = z.boolean().nullable().catch(null);
const numbers = z.array(number).catch([]);
const texts = z.array(z.string()).catch([]);
const id = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  z.int().nonnegative(),
);

/** Keeps the items that can be read; `report` hears of the first one that cannot. */
export const tolerantArray = <T>(
  items: readonly unknown[],
  item: z.ZodType<T>,
  report: (error: z.ZodError) => void,
): T[] => {
  let reported = false;
  return items.flatMap((each) => {
    const parsed = item.safeParse(each);
    if (parsed.success) return [parsed.data];
    if (!reported) report(parsed.error);
    reported = true;
    return [];
  });
};

export const valueNameSchema = z.object({
  value: z.number(),
  name: z.string(),
  visible: flag,
  isReadonly: flag,
  confirmation: text,
});

export const registerSchema = z.object({
  registerId: id,
  registerName: z.string().min(1),
  registerValue: number,
  stringRegisterValue: text,
  /** The installation's own time, without a zone. */
  timeStamp: text,
  isComputedRegister: flag,
  presentation: text,
  isReadOnly: flag,
  minValue: number,
  maxValue: number,
  step: number,
  valueNames: z
    .array(z.unknown())
    .transform((all) => tolerantArray(all, valueNameSchema, () => undefined))
    .nullable()
    .catch(null),
  isInvisible: flag,
  canBeShownInHistory: flag,
});

export const registerGroupSchema = z.object({ id: number, name: z.string().min(1), visibility: number });

const alarmCountersSchema = z.object({ activeAlarms: number, activeCriticalAlarms: number });
const profileSchema = z.object({ id: number, name: text, thermiaName: text });

export const installationSchema = z
  .object({
    id,
    name: text,
    deviceId: number,
    macAddress: text,
    isOnline: flag,
    /** UTC without a zone. */
    lastOnline: text,
    model: text,
    firmwareVersion: text,
    profile: profileSchema.nullable().catch(null),
    status: alarmCountersSchema.nullable().catch(null),
  })
  .transform(({ deviceId, macAddress, ...installation }) => ({
    ...installation,
    key: secondKey({ deviceId, macAddress }),
  }));

export const installationDetailSchema = z.object({
  id,
  name: text,
  installationProfileId: number,
  isOnline: flag,
  model: text,
  profile: profileSchema.nullable().catch(null),
  /** A Windows zone's name. */
  timeZoneId: text,
  status: alarmCountersSchema.nullable().catch(null),
});

export const installationStatusSchema = z
  .object({
    programVersion: text,
    dcmVersion: text,
    hasIndoorTempSensor: flag,
    indoorTemperature: number,
    isOutdoorTempSensorFunctioning: flag,
    outdoorTemperature: number,
    hotWaterTemperature: number,
    isHotWaterActive: flag,
    isHotwaterActive: flag,
    heatingEffect: number,
    heatingEffectRegisters: numbers,
    reducedHeatingEffect: number,
    reducedHeatingEffectRegisters: numbers,
    roomFactor: number,
  })
  .transform(({ isHotwaterActive, ...status }) => ({
    ...status,
    isHotWaterActive: status.isHotWaterActive ?? isHotwaterActive,
  }));

export const eventSchema = z
  .object({
    id: z.union([z.number(), z.string()]).nullable().catch(null),
    eventTitle: text,
    severity: text,
    occurredWhen: text,
    clearedWhen: text,
    isActiveAlarm: flag,
    isActive: flag,
  })
  .transform(({ isActive, ...event }) => ({ ...event, isActiveAlarm: event.isActiveAlarm ?? isActive }));

export const eventCountersSchema = z.object({
  activeAlarms: number,
  activeCriticalAlarms: number,
  unreadErrors: number,
  unreadWarnings: number,
  unreadInfo: number,
});

export const historyRegisterSchema = z.object({
  registerId: id,
  registerName: z.string().min(1),
  groupNames: texts,
  isComputed: flag,
});

export const historySeriesSchema = z.object({
  resolution: text,
  hasMore: flag,
  data: z.array(z.unknown()),
});
export const historyPointSchema = z.object({ at: z.string().min(1), val: z.number() });

/** The shape of the answer has never been seen; each item is handed on as it is. */
export const connectionHistoryItemSchema = z.record(z.string(), z.unknown());

export const currentUserSchema = z.object({
  id: z.union([z.number(), z.string()]).nullable().catch(null),
  userName: text,
  email: text,
  firstName: text,
  lastName: text,
  culture: text,
  timeZone: text,
  hasAcceptedEula: flag,
});

export const installationUserSchema = z.object({
  firstName: text,
  lastName: text,
  email: text,
  isInvitePending: flag,
});

export const localizationEntrySchema = z.object({ key: z.string(), value: z.string() });

export const scheduleSchema = z.object({
  id,
  installationId: number,
  functionId: number,
  /** The installation's own time, without a zone. */
  start: text,
  end: text,
  recurringType: number,
  recurringOccurrence: number,
  value: number,
  isRunning: flag,
  isFaulty: flag,
  isPaused: flag,
});
