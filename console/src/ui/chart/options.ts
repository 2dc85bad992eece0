import type uPlot from 'uplot';
import { lonePoints, type ChartData } from '@/lib/chartData';
import { formatValue } from '@/lib/format';
import type { Locale } from '@/lib/locale';
import { timeTickLabels } from '@/lib/timeAxis';
import type { Unit } from '@/lib/units';
import { withAlpha, type ChartPalette } from './palette';

export type ChartKind = 'line' | 'area' | 'stacked';

export interface ChartLook {
  kind: ChartKind;
  unit: Unit;
  locale: Locale;
  palette: ChartPalette;
  /** A fixed upper end of the value axis. */
  max?: number;
  syncKey?: string;
}

const font = "11px 'Inter Variable', sans-serif";
const byteSteps = Array.from({ length: 61 }, (_, power) => 2 ** power);
/** Ticks that read well in seconds: milliseconds by tens, then parts of a minute and an hour. */
const secondSteps = [...[1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1].flatMap((unit) => [unit, 2 * unit, 5 * unit]), 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800];

function axisSteps(unit: Unit): number[] | undefined {
  if (unit === 'bytes' || unit === 'bytesPerSecond') return byteSteps;
  return unit === 'seconds' ? secondSteps : undefined;
}

/** As wide as the longest label of the axis needs. */
function axisWidth(self: uPlot, values: string[] | null): number {
  const longest = (values ?? []).reduce((widest, value) => (value.length > widest.length ? value : widest), '');
  self.ctx.save();
  self.ctx.font = font;
  const width = self.ctx.measureText(longest).width;
  self.ctx.restore();
  return Math.ceil(width) + 14;
}

function valueRange(max: number | undefined) {
  return (_: uPlot, low: number | null, high: number | null): [number, number] => {
    if (low === null || high === null) return [0, max ?? 1];
    if (max !== undefined) return [Math.min(0, low), Math.max(max, high)];
    if (low >= 0) return [0, high === 0 ? 1 : high * 1.06];
    const pad = (high - low || Math.abs(high)) * 0.06;
    return [low - pad, high <= 0 ? 0 : high + pad];
  };
}

function seriesOptions(data: ChartData, look: ChartLook): uPlot.Series[] {
  const crowded = data.series.length > 12;
  return data.series.map((one) => {
    const stroke = look.palette.series[one.colour] ?? look.palette.ink;
    const fill = look.kind === 'stacked' ? withAlpha(stroke, 0.42) : look.kind === 'area' && one.colour !== 0 ? withAlpha(stroke, 0.1) : undefined;
    return {
      label: one.name,
      stroke,
      fill,
      dash: one.colour === 0 ? [4, 4] : undefined,
      width: look.kind === 'stacked' ? 1 : crowded ? 1.1 : 1.6,
      points: { show: false, size: 4, width: 0, fill: stroke, filter: (self, index) => lonePoints(self.data[index] ?? []) },
    };
  });
}

/** Leaves out a label that would be cut off at the right edge. */
function withoutCutLabel(self: uPlot, ticks: readonly number[], labels: string[]): string[] {
  const edge = self.bbox.width / devicePixelRatio;
  return labels.map((label, index) => (self.valToPos(ticks[index] ?? 0, 'x') + label.length * 3 > edge + 8 ? '' : label));
}

export interface ChartEvents {
  onSelect: (fromSeconds: number, toSeconds: number) => void;
  onDoubleClick: () => void;
  xRange: () => [number, number];
}

/** uPlot's options for a chart of ours: no legend and no tooltip of its own, units on the axes, zero at the bottom. */
export function chartOptions(data: ChartData, look: ChartLook, events: ChartEvents): Omit<uPlot.Options, 'width' | 'height'> {
  const { palette, locale, unit } = look;
  const axis = { stroke: palette.ink, font, ticks: { show: false }, grid: { stroke: palette.grid, width: 1 } };
  const stacked = look.kind === 'stacked';
  return {
    legend: { show: false },
    padding: [8, 10, 0, 0],
    scales: { x: { time: true, range: events.xRange }, y: { range: valueRange(look.max) } },
    series: [{}, ...seriesOptions(data, look)],
    bands: stacked ? data.series.slice(1).map((_, index) => ({ series: [index + 2, index + 1] as [number, number] })) : [],
    axes: [
      { ...axis, grid: { show: false }, size: 34, space: 64, values: (self, ticks, __, ___, gap) => withoutCutLabel(self, ticks, timeTickLabels(locale, ticks, gap)) },
      {
        ...axis,
        size: axisWidth,
        space: 34,
        gap: 6,
        incrs: axisSteps(unit),
        values: (_, ticks) => ticks.map((tick) => formatValue(locale, tick, unit)),
      },
    ],
    cursor: {
      sync: look.syncKey === undefined ? undefined : { key: look.syncKey, setSeries: false, scales: ['x', null] },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      focus: { prox: -1 },
      points: { size: 6, width: 1.5 },
      bind: {
        dblclick: () => () => {
          events.onDoubleClick();
          return null;
        },
      },
    },
    focus: { alpha: 0.18 },
    hooks: {
      setSelect: [
        (self) => {
          const { left, width } = self.select;
          if (width < 4) return;
          self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          events.onSelect(self.posToVal(left, 'x'), self.posToVal(left + width, 'x'));
        },
      ],
    },
  };
}
