import { useCallback, useMemo } from 'react';
import { useRawSearch, useSearchAs, useUpdateSearch } from '@/lib/search';
import { freeName, queriesPatch, readMetricsState, type MetricsQuery, type MetricsState } from './urlState';

export interface MetricsPageState {
  state: MetricsState;
  update: ReturnType<typeof useUpdateSearch>;
  /** Replaces the queries as one step of the history. */
  setQueries: (change: (queries: MetricsQuery[]) => MetricsQuery[]) => void;
  /** Runs an expression: in the empty query when there is one, else in a new one. */
  addExpression: (expression: string) => void;
}

export function useMetricsPage(): MetricsPageState {
  const search = useRawSearch();
  const state = useSearchAs(readMetricsState);
  const update = useUpdateSearch();
  const setQueries = useCallback<MetricsPageState['setQueries']>(
    (change) => update((now) => ({ ...queriesPatch(now, change(readMetricsState(now).queries)), only: undefined, hide: undefined })),
    [update],
  );
  const addExpression = useCallback(
    (expression: string) =>
      setQueries((queries) => {
        const empty = queries.findIndex((query) => query.expression.trim() === '');
        if (empty < 0) return [...queries, { name: freeName(queries), expression, enabled: true }];
        return queries.map((query, index) => (index === empty ? { ...query, expression, enabled: true } : query));
      }),
    [setQueries],
  );
  return useMemo(() => ({ state, update, setQueries, addExpression, search }), [state, update, setQueries, addExpression, search]);
}
