import { describe, expect, it } from 'vitest';
import { applyPatch, parseSearch, stringifySearch, type Search } from '@/lib/search';
import { freeName, isolatePatch, queriesPatch, readMetricsState, togglePatch } from './urlState';

const after = (search: Search, patch: ReturnType<typeof queriesPatch>) => readMetricsState(parseSearch(stringifySearch(applyPatch(search, patch))));

describe('readMetricsState', () => {
  it('starts with one empty query', () => {
    expect(readMetricsState({}).queries).toEqual([{ name: 'A', expression: '', enabled: true }]);
  });

  it('reads everything a link can say', () => {
    const state = readMetricsState({ 'q.A': 'up', 'q.errors': 'rate(x[5m])', off: 'errors', view: 'table', table: 'range', step: '1m', unit: 'bytes', chart: 'stacked', only: 'abc', explore: '1' });
    expect(state).toEqual({
      queries: [{ name: 'A', expression: 'up', enabled: true }, { name: 'errors', expression: 'rate(x[5m])', enabled: false }],
      view: 'table', tableTime: 'range', stepSeconds: 60, unit: 'bytes', kind: 'stacked', only: 'abc', hidden: [], exploring: true,
    });
  });

  it('falls back where a link is wrong', () => {
    const state = readMetricsState({ view: 'pie', step: 'soon', unit: 'parsecs', chart: '3d', 'q.': 'up', 'q.<b>': 'x' });
    expect(state).toMatchObject({ view: 'graph', stepSeconds: null, unit: null, kind: 'line' });
    expect(state.queries).toEqual([{ name: 'b', expression: 'x', enabled: true }]);
  });
});

describe('queriesPatch', () => {
  const search = { from: 'now-1h', 'q.A': 'up', 'q.B': 'node_load1' };
  const { queries } = readMetricsState(search);

  it('keeps the order through renaming and removing', () => {
    expect(after(search, queriesPatch(search, queries.map((query) => (query.name === 'A' ? { ...query, name: 'first' } : query)))).queries.map((query) => query.name)).toEqual(['first', 'B']);
    expect(after(search, queriesPatch(search, queries.slice(1))).queries.map((query) => query.name)).toEqual(['B']);
  });

  it('carries any PromQL through a link unchanged', () => {
    const expression = 'sum(rate({__name__=~"a+", x!="&=%#?"}[5m])) / 2 # é温';
    expect(after(search, queriesPatch(search, [{ name: 'A', expression, enabled: false }])).queries).toEqual([{ name: 'A', expression, enabled: false }]);
  });
});

it('names a new query by the first free letter', () => {
  expect(freeName([{ name: 'A', expression: '', enabled: true }, { name: 'C', expression: '', enabled: true }])).toBe('B');
});

describe('isolating and toggling', () => {
  const state = readMetricsState({ 'q.A': 'up' });
  it('shows one alone, and all again on the second click', () => {
    expect(isolatePatch(state, 'x')).toEqual({ only: 'x', hide: undefined });
    expect(isolatePatch({ ...state, only: 'x' }, 'x')).toEqual({ only: undefined, hide: undefined });
  });

  it('hides one, shows it again, and goes on from an isolated one', () => {
    expect(togglePatch(state, 'x', ['x', 'y'])).toEqual({ only: undefined, hide: 'x' });
    expect(togglePatch({ ...state, hidden: ['x'] }, 'x', ['x', 'y'])).toEqual({ only: undefined, hide: undefined });
    expect(togglePatch({ ...state, only: 'x' }, 'y', ['x', 'y', 'z'])).toEqual({ only: undefined, hide: 'z' });
  });
});
