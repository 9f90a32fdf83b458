import type { PlanReadings, TankTemperature, Timed } from '../../hot-water/types.js';
import type { Activity, PumpSnapshot, Reading } from '../../thermia/pump/model.js';

const timed = <T>({ value, at, freshness }: Reading<T>): Timed<T> => ({
  value,
  at,
  stale: freshness === 'stale',
});

/** What was written and not seen yet is not what the pump says. */
const seen = (reading: Reading<boolean> | undefined): Timed<boolean> | null =>
  reading === undefined || reading.pending === true ? null : timed(reading);

/** What the plan goes by. `last` is the temperature that this answered the time before. */
export const planReadings = ({ readings }: PumpSnapshot, last: TankTemperature | null): PlanReadings => {
  const { hot_water: hotWater, hot_water_boost: boost, activities } = readings;
  const temperature = readings['temperature.hot_water'];
  const doing = (tell: (all: readonly Activity[]) => boolean | null): Timed<boolean> | null => {
    const value = activities === undefined ? null : tell(activities.value);
    return activities === undefined || value === null ? null : timed({ ...activities, value });
  };
  return {
    temperature: temperature === undefined ? null : withTrend(timed(temperature), last),
    hotWater: seen(hotWater),
    boost: seen(boost),
    legionella: doing((all) => all.includes('legionella')),
    heating: doing((all) =>
      all.includes('unknown') ? null : all.includes('hot_water') || all.includes('legionella'),
    ),
  };
};

/** The reading before is kept until there is a newer one. */
const withTrend = (now: Timed<number>, last: TankTemperature | null): TankTemperature => {
  if (last === null) return now;
  const before = last.at === now.at ? last.before : { value: last.value, at: last.at };
  return before === undefined ? now : { ...now, before };
};
