import type { ResourcePoint } from '@/api/runsContracts';
import type { ChartData, ChartSeries } from '@/lib/chartData';
import type { Interval } from '@/lib/timeRange';

export type ChartPoint = readonly [offsetSeconds: number, treeBytes: number, runnerBytes: number, cpuPercent: number];

const [totalColour, treeColour, runnerColour, reference] = [1, 2, 3, 0];

export interface MemoryNames {
  total: string;
  tree: string;
  runner: string;
  limit: string;
  refuse: string;
  warn: string;
}

/** Points in the order of their times, without doubles and without what is no number. */
export function readPoints(chart: readonly ResourcePoint[] | null | undefined): ChartPoint[] {
  const points = (chart ?? []).filter((point) => point.length >= 4 && point.every(Number.isFinite)).map(([offset = 0, tree = 0, runner = 0, cpu = 0]): ChartPoint => [offset, tree, runner, cpu]).sort((a, b) => a[0] - b[0]);
  return points.filter((point, index) => index === 0 || point[0] > (points[index - 1]?.[0] ?? -1));
}

const timesOf = (points: readonly ChartPoint[], startedMs: number): number[] => points.map(([offset]) => startedMs / 1000 + offset);
const stepOf = (times: readonly number[]): number => Math.max(1, Math.round(((times.at(-1) ?? 0) - (times[0] ?? 0)) / Math.max(1, times.length - 1)));

/** Memory of tree and runner, and of both together, which is what the limit is for; with the lines at which the runner warns, refuses and stops. */
export function memoryChart(points: readonly ChartPoint[], startedMs: number, limitBytes: number, names: MemoryNames): ChartData {
  const times = timesOf(points, startedMs);
  const line = (key: string, name: string, share: number): ChartSeries => ({ key, name, colour: reference, values: times.map(() => limitBytes * share) });
  return {
    times,
    stepSeconds: stepOf(times),
    series: [
      { key: 'total', name: names.total, colour: totalColour, values: points.map((point) => point[1] + point[2]) },
      { key: 'tree', name: names.tree, colour: treeColour, values: points.map((point) => point[1]) },
      { key: 'runner', name: names.runner, colour: runnerColour, values: points.map((point) => point[2]) },
      ...(limitBytes > 0 ? [line('limit', names.limit, 1), line('refuse', names.refuse, 0.95), line('warn', names.warn, 0.8)] : []),
    ],
  };
}

/** CPU as a share of one core. */
export function cpuChart(points: readonly ChartPoint[], startedMs: number, name: string): ChartData {
  const times = timesOf(points, startedMs);
  return { times, stepSeconds: stepOf(times), series: [{ key: 'cpu', name, colour: totalColour, values: points.map((point) => point[3] / 100) }] };
}

/** From the run's start to its end, or to the last point of one that has none. */
export function spanOf(points: readonly ChartPoint[], startedMs: number, durationSeconds: number | null | undefined): Interval {
  const end = Math.max(points.at(-1)?.[0] ?? 0, durationSeconds ?? 0, 1);
  return { fromMs: startedMs, toMs: startedMs + end * 1000 };
}
