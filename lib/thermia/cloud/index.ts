export type { ThermiaApi } from './api.js';
export type { HistoryPoint, Period, Resolution } from './api/history.js';
export type { NewSchedule, ScheduleFunction } from './api/schedules.js';
export { createThermiaOnline } from './online.js';
export type * from './types.js';
export type * from './wire.js';
