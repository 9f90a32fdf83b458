import { Temporal } from 'temporal-polyfill';

/** A stretch of time cut into buckets, as one resolution of Insights asks for it. Times are milliseconds since 1970. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Windows that end now. */
const LIVE: Readonly<Record<string, { readonly span: number; readonly step: number }>> = {
  lastHour: { span: HOUR, step: 5 * SECOND },
  last6Hours: { span: 6 * HOUR, step: 30 * SECOND },
  last24Hours: { span: DAY, step: 5 * MINUTE },
  last7Days: { span: 7 * DAY, step: HOUR },
  last14Days: { span: 14 * DAY, step: 2 * HOUR },
  last31Days: { span: 31 * DAY, step: 4 * HOUR },
  last2Years: { span: 730 * DAY, step: DAY },
};

type Zoned = Temporal.ZonedDateTime;

interface Calendar {
  readonly step: number;
  readonly start: (day: Zoned) => Zoned;
  readonly end: (start: Zoned) => Zoned;
}

const monday = (day: Zoned): Zoned => day.subtract({ days: day.dayOfWeek - 1 });

/** Windows of the calendar, in the time zone of the Homey. */
const CALENDAR: Readonly<Record<string, Calendar>> = {
  today: { step: 5 * MINUTE, start: (day) => day, end: (start) => start.add({ days: 1 }) },
  yesterday: {
    step: 5 * MINUTE,
    start: (day) => day.subtract({ days: 1 }),
    end: (start) => start.add({ days: 1 }),
  },
  thisWeek: { step: HOUR, start: monday, end: (start) => start.add({ weeks: 1 }) },
  lastWeek: {
    step: HOUR,
    start: (day) => monday(day).subtract({ weeks: 1 }),
    end: (start) => start.add({ weeks: 1 }),
  },
  thisMonth: {
    step: 4 * HOUR,
    start: (day) => day.with({ day: 1 }),
    end: (start) => start.add({ months: 1 }),
  },
  lastMonth: {
    step: 4 * HOUR,
    start: (day) => day.with({ day: 1 }).subtract({ months: 1 }),
    end: (start) => start.add({ months: 1 }),
  },
  thisYear: {
    step: DAY,
    start: (day) => day.with({ month: 1, day: 1 }),
    end: (start) => start.add({ years: 1 }),
  },
  lastYear: {
    step: DAY,
    start: (day) => day.with({ month: 1, day: 1 }).subtract({ years: 1 }),
    end: (start) => start.add({ years: 1 }),
  },
};

/** What a Homey answers for a resolution that it does not know. */
const DEFAULT = 'last24Hours';

export const windowOf = (resolution: string | undefined, now: number, timezone: string): Window => {
  const calendar = CALENDAR[resolution ?? ''];
  if (calendar !== undefined) {
    const day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).startOfDay();
    const start = calendar.start(day);
    return {
      start: start.epochMilliseconds,
      end: calendar.end(start).epochMilliseconds,
      step: calendar.step,
    };
  }
  const { span, step } = LIVE[resolution ?? ''] ?? LIVE[DEFAULT] ?? { span: DAY, step: 5 * MINUTE };
  const end = (Math.floor(now / step) + 1) * step;
  return { start: end - span, end, step };
};
