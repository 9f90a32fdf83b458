import { CustomChart, LineChart } from 'echarts/charts';
import { AriaComponent, AxisPointerComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isDark } from '../state/theme.js';
import { plotHeight, plotOption, type PlotColours, type PlotData } from './plot-option.js';

use([
  LineChart,
  CustomChart,
  GridComponent,
  TooltipComponent,
  AxisPointerComponent,
  AriaComponent,
  SVGRenderer,
]);

const NAMES = { ink: '--ink-2', faint: '--ink-3', grid: '--line', card: '--card' } as const;

/** The page's own colours as the plot library understands them. */
const coloursOf = (element: HTMLElement): PlotColours => {
  const probe = element.appendChild(document.createElement('span'));
  const read = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ink: read(NAMES.ink),
    faint: read(NAMES.faint),
    grid: read(NAMES.grid),
    card: read(NAMES.card),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return colours;
};

export const Plot = ({ data, label }: { data: PlotData; label: string }): JSX.Element => {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const dark = isDark();
  const height = plotHeight(data);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = init(element, null, { renderer: 'svg' });
    chart.current = made;
    const resized = new ResizeObserver(() => made.resize());
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    chart.current?.resize();
    chart.current?.setOption(plotOption(data, coloursOf(element)), { notMerge: true });
  }, [data, dark]);

  return (
    <div
      ref={host}
      class="plot"
      style={{ height: `${height}px` }}
      role="img"
      aria-label={label}
      data-testid="insights-plot"
    />
  );
};
