import type { Activity, PumpSnapshot } from '../thermia/pump/model.js';
import type { ValueChange } from './plan.js';
import type { FlowState, FlowTokens } from './ports.js';

/** A trigger card to be started. */
export interface News {
  readonly card: string;
  readonly tokens: FlowTokens;
  readonly state?: FlowState;
}

/** Which temperatures rose or fell. Each Flow then looks whether its own limit was passed. */
export const temperatureNews = (
  changes: readonly ValueChange[],
  title: (capability: string) => string,
): News[] =>
  changes.flatMap(({ capability, before, value }): News[] => {
    if (!capability.startsWith('measure_temperature')) return [];
    if (typeof before !== 'number' || typeof value !== 'number') return [];
    return [
      {
        card: value > before ? 'temperature_warmer' : 'temperature_colder',
        tokens: { temperature: value, sensor: title(capability) },
        state: { sensor: capability, before, after: value },
      },
    ];
  });

/** Null for `before` or `now`: not known, and so no news. */
export const activityNews = (
  before: readonly Activity[] | null,
  now: readonly Activity[] | null,
  title: (activity: Activity) => string,
): News[] => {
  if (before === null || now === null) return [];
  const news = (card: string, from: readonly Activity[], to: readonly Activity[]): News[] =>
    to
      .filter((activity) => activity !== 'unknown' && !from.includes(activity))
      .map((activity) => ({ card, tokens: { activity: title(activity) }, state: { activity } }));
  return [...news('activity_stopped', now, before), ...news('activity_started', before, now)];
};

/** An alarm without a text stands for any: that its text became known later is no second alarm. */
export const alarmNews = (before: readonly string[] | null, now: readonly string[] | null): News[] => {
  if (before === null || now === null) return [];
  if ((before.includes('') && now.length > 0) || (now.includes('') && before.length > 0)) return [];
  const news = (card: string, from: readonly string[], to: readonly string[]): News[] =>
    to.filter((text) => !from.includes(text)).map((text) => ({ card, tokens: { text } }));
  return [...news('alarm_cleared', now, before), ...news('alarm_raised', before, now)];
};

/** The number of alarms is known before their texts; after this long without texts the number has to do. */
export const UNNAMED_MS = 10 * 60 * 1000;

/** Whether there are alarms whose texts have not come yet. */
export const hasUnnamedAlarms = ({ readings: { alarms, alarm_texts: texts } }: PumpSnapshot): boolean =>
  alarms !== undefined && alarms.value > 0 && (texts === undefined || texts.value.length === 0);

/** The texts of the active alarms; null while they are not known, and one empty text if they do not come. */
export const activeAlarms = (snapshot: PumpSnapshot, unnamedForMs: number): readonly string[] | null => {
  const { alarms, alarm_texts: texts } = snapshot.readings;
  if (alarms?.value === 0) return [];
  if (hasUnnamedAlarms(snapshot)) return unnamedForMs >= UNNAMED_MS ? [''] : null;
  return texts === undefined ? null : [...new Set(texts.value)];
};

/** Of a list that was stored. */
export const asTexts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
