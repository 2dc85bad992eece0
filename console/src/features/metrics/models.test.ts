import { describe, expect, it } from 'vitest';
import { readAnswer } from '@/api/prometheus';
import { searchMetrics } from './Explorer';
import { graphModel, hiddenKeys, mostSeries } from './seriesModel';
import { suggestExpression, withMatcher } from './suggest';
import { sortRows, tableCsv, tableModel } from './tableRows';

const range = (labels: Record<string, string>[]) => ({
  ...readAnswer({ status: 'success', data: { resultType: 'matrix', result: labels.map((metric, index) => ({ metric, values: [[10, String(index)], [20, 'NaN']] as [number, string][] })) } }, 5),
  expression: 'x',
  interval: { fromMs: 0, toMs: 20_000 },
  stepSeconds: 10,
});

describe('graphModel', () => {
  it('names, colours and aligns series of several queries', () => {
    const model = graphModel([
      { name: 'A', expression: 'a', answer: range([{ mode: 'user', cpu: '0' }, { mode: 'idle', cpu: '0' }]) },
      { name: 'B', expression: 'sum(b)', answer: range([{}]) },
    ]);
    expect(model.chart.series.map((one) => one.name)).toEqual(['A · {mode="user"}', 'A · {mode="idle"}', 'B · sum(b)']);
    expect(model.chart.times).toEqual([0, 10, 20]);
    expect(model.chart.series[1]?.values).toEqual([null, 1, null]);
    expect(new Set(model.chart.series.map((one) => one.colour)).size).toBe(3);
  });

  it('draws no more than it can show and says how many there are', () => {
    const model = graphModel([{ name: 'A', expression: 'a', answer: range(Array.from({ length: mostSeries + 5 }, (_, index) => ({ pod: String(index) }))) }]);
    expect(model.chart.series).toHaveLength(mostSeries);
    expect(model.total).toBe(mostSeries + 5);
  });

  it('hides by hash, and ignores a hash that no series has', () => {
    const { series } = graphModel([{ name: 'A', expression: 'a', answer: range([{ a: '1' }, { a: '2' }]) }]).chart;
    const [first, second] = series;
    expect([...hiddenKeys(series, first?.hash ?? '', [])]).toEqual([second?.key]);
    expect(hiddenKeys(series, 'gone', []).size).toBe(0);
    expect([...hiddenKeys(series, null, [second?.hash ?? ''])]).toEqual([second?.key]);
  });
});

describe('tableModel', () => {
  const answer = readAnswer({ status: 'success', data: { resultType: 'vector', result: [{ metric: { __name__: 'up', job: 'a', n: '10' }, value: [5, '1'] }, { metric: { __name__: 'up', job: 'a', n: '9' }, value: [5, '+Inf'] }] } }, 1);
  const model = tableModel([{ name: 'A', answer }]);

  it('puts labels that differ before those all share', () => {
    expect(model.columns).toEqual(['__name__', 'n', 'job']);
  });

  it('sorts numbers in labels as numbers', () => {
    expect(sortRows(model.rows, { column: 'n', down: false }).map((row) => row.labels['n'])).toEqual(['9', '10']);
    expect(sortRows(model.rows, { column: '$value', down: true })[0]?.value).toBe(Infinity);
  });

  it('writes CSV with every label', () => {
    expect(tableCsv(model).split('\r\n')[1]).toBe('A,up,10,a,1970-01-01T00:00:05.000Z,1');
  });

  it('reads scalars and strings', () => {
    expect(tableModel([{ name: 'A', answer: readAnswer({ status: 'success', data: { resultType: 'scalar', result: [1, '2'] } }, 1) }]).rows[0]?.value).toBe(2);
    expect(tableModel([{ name: 'A', answer: readAnswer({ status: 'success', data: { resultType: 'string', result: [1, 'hi'] } }, 1) }]).texts).toEqual(['hi']);
  });
});

it('suggests the query that suits a metric', () => {
  expect(suggestExpression('x_total', 'counter')).toBe('rate(x_total[5m])');
  expect(suggestExpression('x_seconds_bucket', undefined)).toBe('histogram_quantile(0.95, sum by (le) (rate(x_seconds_bucket[5m])))');
  expect(suggestExpression('x_bytes', 'gauge')).toBe('x_bytes');
});

it('adds a matcher to the selector of a metric', () => {
  expect(withMatcher('rate(x_total[5m])', 'x_total', 'a="1"')).toBe('rate(x_total{a="1"}[5m])');
  expect(withMatcher('rate(x_total{b="2"}[5m])', 'x_total', 'a="1"')).toBe('rate(x_total{b="2",a="1"}[5m])');
  expect(withMatcher('rate(my_x_total[5m])', 'x_total', 'a="1"')).toBe('x_total{a="1"}');
});

it('searches names and descriptions by all words', () => {
  expect(searchMetrics(['node_cpu', 'node_disk', 'up'], 'NODE disk', () => '')).toEqual(['node_disk']);
  expect(searchMetrics(['up', 'x'], 'scrape', (name) => (name === 'up' ? 'Last scrape worked' : ''))).toEqual(['up']);
});
