import type * as z from 'zod';
import type * as schemas from './schemas.js';

/** What the service delivers once it was read: the service's own names, absent fields as null. */

export type ValueName = z.output<typeof schemas.valueNameSchema>;
export type Register = z.output<typeof schemas.registerSchema> & {
  /** `timeStamp` in milliseconds since 1970: when the value last changed. Null where it or the zone is not known. */
  readonly changedAt: number | null;
};
export type RegisterGroup = z.output<typeof schemas.registerGroupSchema>;
export type Installation = z.output<typeof schemas.installationSchema>;
export type InstallationDetail = z.output<typeof schemas.installationDetailSchema>;
export type InstallationStatus = z.output<typeof schemas.installationStatusSchema>;
export type InstallationEvent = z.output<typeof schemas.eventSchema> & {
  readonly occurredAt: number | null;
  readonly clearedAt: number | null;
};
export type EventCounters = z.output<typeof schemas.eventCountersSchema>;
export type HistoryRegister = z.output<typeof schemas.historyRegisterSchema>;
export type CurrentUser = z.output<typeof schemas.currentUserSchema>;
export type InstallationUser = z.output<typeof schemas.installationUserSchema>;
export type Schedule = z.output<typeof schemas.scheduleSchema>;
