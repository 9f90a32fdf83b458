import { useState } from 'preact/hooks';
import type { JSX, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import type { Segment } from '../../client/app-routes.js';
import { formatClock, formatNumber } from '../../pure/format.js';
import {
  piecesOf,
  rangeIn,
  runsOf,
  scaleOf,
  shareOf,
  textOf,
  toneOf,
  type Kind,
  type PlanDay,
  type Scale,
} from '../../pure/plan-days.js';
import type { Band, Point } from '../../pure/series.js';

export interface DayChartProps {
  readonly day: PlanDay;
  readonly now: number;
  /** When the plan was last asked: hours before are past, hours after are expected. */
  readonly askedAt: number;
  readonly temperatures: readonly Point[];
  readonly rescues: readonly Band[];
  /** The temperature below which the water is kept warm, if it is. */
  readonly rescueBelow: number | null;
}

const HOUR = 3_600_000;
const LEAST_DEGREES = 6;

/** Where a moment stands on the day's axis. */
const percent = ({ start, end }: PlanDay, at: number): number =>
  ((Math.min(end, Math.max(start, at)) - start) / (end - start)) * 100;
const place = (day: PlanDay, from: number, to: number): { left: string; width: string } => {
  const left = percent(day, from);
  return { left: `${left}%`, width: `${Math.max(0, percent(day, to) - left)}%` };
};

export const Swatch = ({ on, tone }: Pick<Kind, 'on' | 'tone'>): JSX.Element => (
  <i class={`day-swatch ${on === null ? 'unknown' : on ? 'on' : 'off'} tone-${tone}`} aria-hidden="true" />
);

const degrees = (range: Scale): string => {
  const [low, high] = [formatNumber(range.low, 1), formatNumber(range.high, 1)];
  return low === high ? `${low} °C` : `${low}–${high} °C`;
};

/** An hour in words: what, why, and the price and temperature if there are any. */
const wordsOf = (segment: Segment, { now, temperatures }: DayChartProps): string[] => {
  const { start, end, on, price } = segment;
  const range = rangeIn(temperatures, start, end);
  return [
    `${formatClock(start)}–${formatClock(end)}`,
    ...(on === null ? [] : [`${start > now ? 'will be ' : ''}${on ? 'on' : 'off'}`]),
    textOf(segment),
    ...(price === null ? [] : [`price ${formatNumber(price, null)}`]),
    ...(range === null ? [] : [degrees(range)]),
  ];
};

const Temperature = ({ day, temperatures, rescues, rescueBelow }: DayChartProps): JSX.Element | null => {
  const pieces = piecesOf(temperatures);
  const values = pieces.flatMap((piece) => piece.map(([, value]) => value));
  const scale = scaleOf(
    rescueBelow === null || values.length === 0 ? values : [...values, rescueBelow],
    LEAST_DEGREES,
  );
  if (scale === null) return null;
  const x = (at: number): number => percent(day, at) * 10;
  const y = (value: number): number => 100 - shareOf(value, scale) * 100;
  const height = (value: number): string => `${100 - y(value)}%`;
  const known = scaleOf(values, 0) ?? scale;
  const marks = [Math.max(...values), ...(known.high - known.low > 2 ? [Math.min(...values)] : [])];
  return (
    <div class="day-row day-temperature">
      <div class="day-marks" aria-hidden="true">
        {marks.map((value) => (
          <span key={value} style={{ bottom: height(value) }}>
            {formatNumber(value, 0)}°
          </span>
        ))}
      </div>
      <div class="day-field">
        {rescues
          .filter(({ on }) => on)
          .map(({ from, to }) => (
            <i key={from} class="day-rescue" style={place(day, from, to)} data-testid="day-rescue" />
          ))}
        {rescueBelow !== null && (
          <span class="day-limit" style={{ bottom: height(rescueBelow) }}>
            <b>rescue below {formatNumber(rescueBelow, null)}°</b>
          </span>
        )}
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
          {pieces.map((piece) => (
            <polyline
              key={piece[0]?.[0]}
              points={piece.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
            />
          ))}
        </svg>
      </div>
    </div>
  );
};

const Prices = ({ day }: { day: PlanDay }): JSX.Element | null => {
  const priced = day.segments.flatMap(({ price, ...rest }) => (price === null ? [] : [{ ...rest, price }]));
  if (priced.length === 0) return null;
  const high = Math.max(0, ...priced.map(({ price }) => price));
  const low = Math.min(0, ...priced.map(({ price }) => price));
  const scale = { low, high: high === low ? low + 1 : high };
  const zero = shareOf(0, scale) * 100;
  return (
    <div class="day-row day-prices">
      <div class="day-marks" aria-hidden="true">
        <span style={{ bottom: '100%' }}>{formatNumber(high, null)}</span>
        <span style={{ bottom: `${zero}%` }}>0</span>
      </div>
      <div class="day-field">
        {priced.map(({ start, end, on, price }) => {
          const top = shareOf(price, scale) * 100;
          return (
            <i
              key={start}
              class={on === true ? 'on' : ''}
              style={{
                ...place(day, start, end),
                bottom: `${Math.min(zero, top)}%`,
                height: `max(1px, ${Math.abs(top - zero)}%)`,
              }}
            />
          );
        })}
      </div>
    </div>
  );
};

const Axis = ({ day }: { day: PlanDay }): JSX.Element => {
  const hours = Array.from({ length: Math.floor((day.end - day.start) / HOUR) }, (_, index) => {
    const at = day.start + index * HOUR;
    return { at, hour: Number(formatClock(at).slice(0, 2)) };
  }).filter(({ hour }) => hour % 3 === 0);
  return (
    <div class="day-row day-axis" aria-hidden="true">
      <div class="day-marks" />
      <div class="day-field">
        {hours.map(({ at, hour }) => (
          <span key={at} class={hour % 6 === 0 ? '' : 'minor'} style={{ left: `${percent(day, at)}%` }}>
            {String(hour).padStart(2, '0')}
          </span>
        ))}
        <span style={{ left: '100%' }}>24</span>
      </div>
    </div>
  );
};

/** A day of hot water: temperature, prices and the switch over one axis; any hour tells itself in words. */
export const DayChart = (props: DayChartProps): JSX.Element => {
  const { day, now } = props;
  const { segments } = day;
  const [at, setAt] = useState<number | null>(null);
  const indexAt = (moment: number): number =>
    segments.findIndex(({ start, end }) => moment >= start && moment < end);
  const isToday = now >= day.start && now < day.end;
  const chosen = at === null ? -1 : indexAt(at);
  const shown = segments[chosen] ?? (isToday ? segments[indexAt(now)] : undefined);
  const reach = Math.max(0, chosen === -1 ? indexAt(isToday ? now : day.start) : chosen);

  const follow = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    const field = event.currentTarget.querySelector('.day-band .day-field')?.getBoundingClientRect();
    if (field === undefined) return;
    const share = (event.clientX - field.left) / field.width;
    setAt(share < 0 || share >= 1 ? null : day.start + share * (day.end - day.start));
  };
  const step = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: reach - 1,
      ArrowRight: reach + 1,
      Home: 0,
      End: segments.length - 1,
    };
    const index = moves[event.key];
    const next = index === undefined ? undefined : segments[index];
    if (index === undefined || next === undefined) return;
    event.preventDefault();
    setAt(next.start);
    const button = event.currentTarget.querySelectorAll('button')[index];
    button?.focus();
  };

  const [time, ...words] = shown === undefined ? [] : wordsOf(shown, props);
  return (
    <div
      class="day-chart"
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setAt(null)}
    >
      <div class="day-plot">
        <Temperature {...props} />
        <Prices day={day} />
        <div class="day-row day-band" role="group" aria-label="Hours of hot water" onKeyDown={step}>
          <div class="day-marks" />
          <div class="day-field">
            {runsOf(segments, props.askedAt).map(({ start, end, on, tone, future }) => (
              <i
                key={start}
                class={`run ${on === null ? 'unknown' : on ? 'on' : 'off'} tone-${tone} ${future ? 'future' : ''}`}
                style={place(day, start, end)}
              />
            ))}
            {segments.map((segment, index) => (
              <button
                key={segment.start}
                type="button"
                style={place(day, segment.start, segment.end)}
                tabIndex={index === reach ? 0 : -1}
                aria-label={wordsOf(segment, props).join(', ')}
                onFocus={() => setAt(segment.start)}
                onBlur={() => setAt(null)}
                data-testid="day-segment"
                data-by={segment.by}
              />
            ))}
          </div>
        </div>
        <Axis day={day} />
        <div class="day-row day-over" aria-hidden="true">
          <div class="day-marks" />
          <div class="day-field">
            {chosen !== -1 && shown !== undefined && (
              <i class="day-chosen" style={place(day, shown.start, shown.end)} />
            )}
            {isToday && <i class="day-now" style={{ left: `${percent(day, now)}%` }} data-testid="day-now" />}
          </div>
        </div>
      </div>
      <p class="day-words" data-testid="day-words">
        {shown !== undefined && (
          <>
            <Swatch on={shown.on} tone={toneOf(shown.by)} />
            <b>{chosen === -1 ? `Now, ${time ?? ''}` : time}</b> {words.join(' · ')}
          </>
        )}
      </p>
    </div>
  );
};
