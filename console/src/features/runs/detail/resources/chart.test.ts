import { expect, it } from 'vitest';
import { cpuChart, memoryChart, readPoints, spanOf } from './chart';

const names = { total: 'total', tree: 'tree', runner: 'runner', limit: 'limit', refuse: 'refuse', warn: 'warn' };

it('puts points into their order and drops doubles and what is no number', () => {
  expect(readPoints([[10, 2, 1, 50], [0, 1, 1, 0], [10, 3, 1, 50], [20, Number.NaN, 1, 0]])).toEqual([[0, 1, 1, 0], [10, 2, 1, 50]]);
  expect(readPoints(null)).toEqual([]);
});

it('draws the limit with the lines of warning and refusal, and none without a limit', () => {
  const chart = memoryChart([[0, 100, 10, 5], [10, 200, 10, 5]], 1_000_000, 1000, names);
  expect(chart.times).toEqual([1000, 1010]);
  expect(chart.stepSeconds).toBe(10);
  expect(chart.series.map(({ key, values }) => [key, values[1]])).toEqual([['total', 210], ['tree', 200], ['runner', 10], ['limit', 1000], ['refuse', 950], ['warn', 800]]);
  expect(memoryChart([[0, 1, 1, 1]], 0, 0, names).series).toHaveLength(3);
});

it('writes CPU as a share of a core', () => {
  expect(cpuChart([[0, 1, 1, 150]], 0, 'cpu').series[0]?.values).toEqual([1.5]);
});

it('spans the whole run', () => {
  expect(spanOf([[0, 1, 1, 1], [30, 1, 1, 1]], 5000, 42)).toEqual({ fromMs: 5000, toMs: 47_000 });
  expect(spanOf([], 5000, null)).toEqual({ fromMs: 5000, toMs: 6000 });
});
