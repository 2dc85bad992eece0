import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { stack, type ChartData } from '@/lib/chartData';
import { useLocale } from '@/lib/locale';
import { onThemeChange } from '@/lib/theme';
import type { Interval } from '@/lib/timeRange';
import type { Unit } from '@/lib/units';
import { useUiMessages } from '../messages';
import { chartOptions, type ChartKind } from './options';
import { readPalette } from './palette';
import { createTooltip, type TooltipContext } from './tooltip';

export interface TimeChartProps {
  title: string;
  data: ChartData;
  unit: Unit;
  kind: ChartKind;
  height: number;
  /** What the time axis spans; the data may be shorter. */
  interval: Interval;
  max?: number;
  /** Charts with the same key share their cross-hair. */
  syncKey?: string;
  hidden?: ReadonlySet<string>;
  /** The series the legend points at; the others step back. */
  focused?: string | null;
  onZoom?: (interval: Interval) => void;
  onZoomOut?: () => void;
  /** Hands out the canvas, for saving it as a picture. */
  canvasRef?: (canvas: HTMLCanvasElement | null) => void;
}

const none: ReadonlySet<string> = new Set();

function plotData(data: ChartData, kind: ChartKind, hidden: ReadonlySet<string>): uPlot.AlignedData {
  const columns = data.series.map((one) => (hidden.has(one.key) ? one.values.map(() => null) : one.values));
  return [data.times as number[], ...((kind === 'stacked' ? stack(columns) : columns) as (number | null)[][])];
}

/** A chart over time on a canvas. Data, range and visibility change in place; only a new set of series builds it anew. */
export function TimeChart(props: TimeChartProps) {
  const { title, data, unit, kind, height, interval, max, syncKey, hidden = none, focused, canvasRef } = props;
  const t = useUiMessages();
  const locale = useLocale();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  const [themeVersion, setThemeVersion] = useState(0);
  const shape = JSON.stringify([data.series.map((one) => [one.key, one.name, one.colour]), kind, unit, max, syncKey, locale, themeVersion]);

  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => onThemeChange(() => setThemeVersion((version) => version + 1)), []);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const palette = readPalette(element);
    const tooltip = createTooltip();
    let inside = false;
    let frame = 0;
    const now = () => latest.current;
    const context = (): TooltipContext => ({
      data: now().data,
      unit,
      locale,
      colours: palette.series,
      totalLabel: kind === 'stacked' ? t('total') : undefined,
      moreLabel: (count) => t('moreSeries', { count }),
      isHidden: (key) => now().hidden?.has(key) === true,
    });
    // Once a frame is enough for the eye, and filling the box makes the browser lay it out.
    const follow = (self: uPlot) => {
      cancelAnimationFrame(frame);
      if (inside) frame = requestAnimationFrame(() => tooltip.show(self, context()));
    };
    const options = chartOptions(now().data, { kind, unit, locale, palette, max, syncKey }, {
      onSelect: (from, to) => now().onZoom?.({ fromMs: from * 1000, toMs: to * 1000 }),
      onDoubleClick: () => now().onZoomOut?.(),
      xRange: () => [now().interval.fromMs / 1000, now().interval.toMs / 1000],
    });
    const made = new uPlot(
      {
        ...options,
        width: Math.max(element.clientWidth, 40),
        height: element.clientHeight,
        hooks: { ...options.hooks, setCursor: [follow] },
      },
      plotData(now().data, kind, now().hidden ?? none),
      element,
    );
    const enter = () => (inside = true);
    const leave = () => {
      inside = false;
      cancelAnimationFrame(frame);
      tooltip.hide();
    };
    made.over.addEventListener('mouseenter', enter);
    made.over.addEventListener('mouseleave', leave);
    const resize = new ResizeObserver(() => made.setSize({ width: Math.max(element.clientWidth, 40), height: element.clientHeight }));
    resize.observe(element);
    plot.current = made;
    now().canvasRef?.(made.ctx.canvas);
    return () => {
      resize.disconnect();
      cancelAnimationFrame(frame);
      tooltip.remove();
      made.destroy();
      plot.current = null;
    };
    // The shape stands for every value that decides how the plot is built.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shape]);

  useEffect(() => {
    plot.current?.setData(plotData(data, kind, hidden), true);
  }, [data, kind, hidden, interval.fromMs, interval.toMs, shape]);

  useEffect(() => {
    const index = data.series.findIndex((one) => one.key === focused);
    plot.current?.setSeries(index < 0 ? null : index + 1, { focus: true });
  }, [focused, data.series]);

  useEffect(() => () => canvasRef?.(null), [canvasRef]);

  return <div ref={host} role="img" aria-label={t('chartLabel', { title, count: data.series.length })} style={{ height }} className="w-full min-w-0 cursor-crosshair overflow-hidden" />;
}
