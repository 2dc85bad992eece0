import { expect, it } from 'vitest';
import type { CostRow } from '@/api/runsContracts';
import { axisTicks, barsOf } from './bars';

const row = (key: string, costUsd: number | null, input = 0, output = 0): CostRow => ({ key, runs: 1, input, output, cacheRead: 0, cacheCreation: 0, totalTokens: input + output, costUsd, unpricedRuns: 0 });
const rows = [row('a', 1, 10), row('b', 5, 1, 2), row('c', null, 7), row('d', 2)];

it('puts the longest bar first and adds up what is too much', () => {
  expect(barsOf(rows, 'cost', false, 2).map(({ key, others, total }) => [key, others, total])).toEqual([['b', 0, 5], ['d', 0, 2], [null, 2, 1]]);
  expect(barsOf(rows, 'cost', false, 9)).toHaveLength(4);
});

it('keeps time in its order and drops its beginning', () => {
  expect(barsOf(rows, 'cost', true, 3).map(({ key }) => key)).toEqual(['b', 'c', 'd']);
});

it('parts tokens by kind', () => {
  expect(barsOf(rows, 'tokens', false, 9).find(({ key }) => key === 'b')).toEqual({ key: 'b', others: 0, parts: [1, 2, 0, 0], total: 3 });
});

it('finds round ticks from zero', () => {
  expect(axisTicks(9.3)).toEqual([0, 2.5, 5, 7.5, 10]);
  expect(axisTicks(0.004)).toEqual([0, 0.001, 0.002, 0.003, 0.004]);
  expect(axisTicks(0)).toEqual([0]);
  expect(axisTicks(1_234_567).at(-1)).toBe(1_500_000);
});
