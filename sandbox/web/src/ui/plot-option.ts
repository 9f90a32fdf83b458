import type { ECBasicOption } from 'echarts/types/dist/shared';
import type { Band, Point } from '../pure/series.js';
import { isAlone } from '../pure/series.js';
import { formatClock, formatDay, formatNumber, formatWeekday } from '../pure/format.js';

interface PlotLine {
  readonly id: string;
  readonly title: string;
  readonly units: string;
  readonly decimals: number | null;
  readonly colour: string;
  readonly points: readonly Point[];
}

interface PlotBands {
  readonly id: string;
  readonly title: string;
  readonly whenOn: string;
  readonly whenOff: string;
  readonly colour: string;
  readonly bands: readonly Band[];
}

export interface PlotData {
  readonly lines: readonly PlotLine[];
  readonly bands: readonly PlotBands[];
  readonly from: number;
  readonly to: number;
}

export interface PlotColours {
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly card: string;
  readonly font: string;
}

const LINE_HEIGHT = 220;
const BAND_HEIGHT = 30;
const GAP = 34;
const TOP = 14;

/** Nothing to be drawn in it. */
export const isEmpty = ({ lines, bands }: PlotData): boolean =>
  lines.every(({ points }) => points.every(([, value]) => value === null)) &&
  bands.every((stripe) => stripe.bands.length === 0);

/** Lines of one unit share an axis; each unit has its own field. */
const unitsOf = (lines: readonly PlotLine[]): string[] => [...new Set(lines.map(({ units }) => units))];

export const plotHeight = ({ lines, bands }: PlotData): number => {
  const fields = unitsOf(lines).length;
  const stripes = bands.length === 0 ? 0 : bands.length * BAND_HEIGHT + GAP;
  return TOP + fields * (LINE_HEIGHT + GAP) + stripes;
};

interface Rect {
  readonly type: 'rect';
  readonly shape: object;
  readonly style: object;
}
interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): readonly [number, number];
}

const stripe = (colour: string, rowHeight: number) => {
  const height = Math.min(14, rowHeight - 8);
  return (_: unknown, api: RenderApi): Rect => {
    const [x, y] = api.coord([api.value(0), api.value(2)]);
    const [end] = api.coord([api.value(1), api.value(2)]);
    const on = api.value(3) === 1;
    return {
      type: 'rect',
      shape: {
        x,
        y: y - height / 2,
        width: Math.max(1, end - x),
        height,
        r: Math.min(height / 2, (end - x) / 2),
      },
      style: { fill: colour, opacity: on ? 0.9 : 0.14 },
    };
  };
};

const timeLabel =
  (span: number) =>
  (at: number): string =>
    span > 36 * 3_600_000
      ? `${formatWeekday(at)} ${formatClock(at).replace(/^00:00$/, '')}`.trim()
      : formatClock(at);

const moment = (at: number): string => `${formatDay(at)}, ${formatClock(at)}`;

/** A node for the tooltip, so that no text of a device is ever read as markup. */
const tooltipNode = (data: PlotData, at: number): HTMLElement => {
  const box = document.createElement('div');
  box.className = 'plot-tip';
  const head = box.appendChild(document.createElement('strong'));
  head.textContent = moment(at);
  const row = (colour: string, title: string, text: string): void => {
    const line = box.appendChild(document.createElement('div'));
    const dot = line.appendChild(document.createElement('i'));
    dot.style.background = colour;
    line.appendChild(document.createElement('span')).textContent = title;
    line.appendChild(document.createElement('b')).textContent = text;
  };
  for (const { colour, title, units, decimals, points } of data.lines) {
    const nearest = nearestPoint(points, at);
    if (nearest !== null) row(colour, title, `${formatNumber(nearest, decimals)} ${units}`.trim());
  }
  for (const { colour, title, whenOn, whenOff, bands } of data.bands) {
    const band = bands.find(({ from, to }) => at >= from && at <= to);
    if (band !== undefined) row(colour, title, band.on ? whenOn : whenOff);
  }
  return box;
};

const nearestPoint = (points: readonly Point[], at: number): number | null => {
  let best: Point | null = null;
  for (const point of points) {
    if (point[1] === null) continue;
    if (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at)) best = point;
  }
  const span =
    points.length > 1 ? ((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0)) / points.length : Infinity;
  return best !== null && Math.abs(best[0] - at) <= Math.max(span * 2, 600_000) ? best[1] : null;
};

/** One picture: a field of lines for every unit, stripes for every switch, one time axis under all. */
export const plotOption = (data: PlotData, colours: PlotColours): ECBasicOption => {
  const units = unitsOf(data.lines);
  const hasBands = data.bands.length > 0;
  const fields = [...units, ...(hasBands ? ['bands'] : [])];
  const span = data.to - data.from;
  const titles = Math.min(150, Math.max(46, ...data.bands.map(({ title }) => title.length * 7.4)));
  const left = hasBands ? titles + 8 : 46;
  let top = TOP;
  const grid = fields.map((field) => {
    const height = field === 'bands' ? data.bands.length * BAND_HEIGHT : LINE_HEIGHT;
    const place = { left, right: 22, top, height };
    top += height + GAP;
    return place;
  });
  return {
    animation: false,
    textStyle: { fontFamily: colours.font },
    aria: { enabled: true },
    grid,
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: colours.faint, type: 'dashed' } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      appendTo: 'body',
      backgroundColor: colours.card,
      borderColor: colours.grid,
      textStyle: { color: colours.ink, fontSize: 13 },
      extraCssText: 'border-radius:12px;box-shadow:0 6px 24px rgb(0 0 0 / .18)',
      formatter: (params: readonly { axisValue: number }[]) =>
        tooltipNode(data, params[0]?.axisValue ?? data.to),
    },
    xAxis: fields.map((field, index) => ({
      type: 'time',
      gridIndex: index,
      min: data.from,
      max: data.to,
      splitNumber: 5,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        show: index === fields.length - 1,
        color: colours.faint,
        fontSize: 12,
        hideOverlap: true,
        formatter: timeLabel(span),
      },
      splitLine: { show: field !== 'bands', lineStyle: { color: colours.grid, opacity: 0.5 } },
      axisPointer: { show: true, label: { show: false } },
    })),
    yAxis: fields.map((field, index) =>
      field === 'bands'
        ? {
            type: 'category',
            gridIndex: index,
            data: data.bands.map(({ title }) => title),
            inverse: true,
            axisLine: { show: false },
            axisTick: { show: false },
            axisLabel: { color: colours.ink, fontSize: 12, width: titles, overflow: 'truncate' },
            axisPointer: { show: false },
          }
        : {
            type: 'value',
            gridIndex: index,
            scale: true,
            splitNumber: 4,
            axisLabel: {
              color: colours.faint,
              fontSize: 12,
              formatter: (value: number) => `${formatNumber(value, null)}${field === '°C' ? '°' : ''}`,
            },
            name: field === '°C' ? '' : field,
            nameTextStyle: { color: colours.faint, align: 'right' },
            splitLine: { lineStyle: { color: colours.grid } },
            axisPointer: { show: false },
          },
    ),
    series: [
      ...data.lines.map(({ id, title, units: unit, colour, points }) => ({
        id,
        name: title,
        type: 'line',
        xAxisIndex: units.indexOf(unit),
        yAxisIndex: units.indexOf(unit),
        data: points,
        connectNulls: false,
        showSymbol: true,
        symbol: 'circle',
        symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
          isAlone(points, dataIndex) ? 5 : 0,
        lineStyle: { width: 2.2, color: colour, join: 'round' },
        itemStyle: { color: colour },
        emphasis: { disabled: true },
      })),
      ...data.bands.map(({ id, title, colour, bands }, row) => ({
        id,
        name: title,
        type: 'custom',
        xAxisIndex: fields.length - 1,
        yAxisIndex: fields.length - 1,
        clip: true,
        encode: { x: [0, 1], y: 2 },
        data: bands.map(({ from, to, on }) => [
          Math.max(from, data.from),
          Math.min(to, data.to),
          row,
          on ? 1 : 0,
        ]),
        renderItem: stripe(colour, BAND_HEIGHT),
      })),
    ],
  };
};
