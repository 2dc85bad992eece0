import { expect, it } from 'vitest';
import { columnOf, firstTime, gridOf, lonePoints, stack, summarise } from './chartData';

it('lays points on the grid and leaves gaps', () => {
  const times = gridOf({ fromMs: 100_000, toMs: 130_000 }, 10);
  expect(times).toEqual([100, 110, 120, 130]);
  expect(columnOf([[100, 1], [120.001, 3], [999, 9], [130, Number.NaN]], times, 10)).toEqual([1, null, 3, null]);
});

it('piles columns and keeps an instant without any value a gap', () => {
  expect(stack([[1, null, null], [2, 3, null]])).toEqual([[1, 0, null], [3, 3, null]]);
});

it('finds points without neighbours', () => {
  expect(lonePoints([1, null, 2, 3, null, 4])).toEqual([0, 5]);
});

it('summarises what is there', () => {
  expect(summarise([null, 2, 4, null])).toEqual({ last: 4, min: 2, max: 4, mean: 3 });
  expect(summarise([null]).last).toBeNull();
});

it('knows when data begins', () => {
  const series = (values: (number | null)[]) => ({ key: 'k', name: 'n', colour: 1, values });
  expect(firstTime({ times: [10, 20, 30], stepSeconds: 10, series: [series([null, null, 1]), series([null, 2, 3])] })).toBe(20);
  expect(firstTime({ times: [10], stepSeconds: 10, series: [] })).toBeNull();
});
