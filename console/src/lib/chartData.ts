import type { Interval } from './timeRange';

export type Point = readonly [seconds: number, value: number];

/** One line of a chart; `values` has one entry per time of the chart, null where there is no sample. */
export interface ChartSeries {
  /** Stable identity: colour, legend and URL go by it. */
  key: string;
  name: string;
  /** 1–12, a colour of the palette; 0 is a quiet grey for reference lines. */
  colour: number;
  values: readonly (number | null)[];
}

export interface ChartData {
  /** Seconds since 1970, evenly spaced. */
  times: readonly number[];
  stepSeconds: number;
  series: readonly ChartSeries[];
}

export const emptyChart: ChartData = { times: [], stepSeconds: 1, series: [] };

/** The instants a range query answers for: from start to end in whole steps. */
export function gridOf({ fromMs, toMs }: Interval, stepSeconds: number): number[] {
  const start = fromMs / 1000;
  const count = Math.floor((toMs / 1000 - start) / stepSeconds + 1e-6) + 1;
  return Array.from({ length: count }, (_, index) => start + index * stepSeconds);
}

/** Lays points on a grid; instants without a point stay null, so that a gap is drawn as a gap. */
export function columnOf(points: readonly Point[], times: readonly number[], stepSeconds: number): (number | null)[] {
  const column = new Array<number | null>(times.length).fill(null);
  const start = times[0] ?? 0;
  for (const [seconds, value] of points) {
    const index = Math.round((seconds - start) / stepSeconds);
    if (index >= 0 && index < column.length && Number.isFinite(value)) column[index] = value;
  }
  return column;
}

/** The newest value that is there. */
export function lastValue(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

export interface SeriesSummary {
  last: number | null;
  min: number | null;
  max: number | null;
  mean: number | null;
}

export function summarise(values: readonly (number | null)[]): SeriesSummary {
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (value === null) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count++;
  }
  return count === 0 ? { last: null, min: null, max: null, mean: null } : { last: lastValue(values), min, max, mean: sum / count };
}

/** Piles columns on each other, the first at the bottom; an instant where none has a value stays a gap. */
export function stack(columns: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const length = columns[0]?.length ?? 0;
  const present = Array.from({ length }, (_, index) => columns.some((column) => (column[index] ?? null) !== null));
  const sums = new Array<number>(length).fill(0);
  return columns.map((column) =>
    column.map((value, index) => {
      sums[index] = (sums[index] ?? 0) + (value ?? 0);
      return present[index] ? (sums[index] ?? 0) : null;
    }),
  );
}

/** Indices of values with no neighbour, which a line alone would not show. */
export function lonePoints(values: ArrayLike<number | null | undefined>): number[] {
  const lone: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (isThere(values[index]) && !isThere(values[index - 1]) && !isThere(values[index + 1])) lone.push(index);
  }
  return lone;
}

/** Seconds of the first value of any series; null when there is none. */
export function firstTime(data: ChartData): number | null {
  const indices = data.series.map((one) => one.values.findIndex((value) => value !== null)).filter((index) => index >= 0);
  return indices.length === 0 ? null : (data.times[Math.min(...indices)] ?? null);
}

function isThere(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
