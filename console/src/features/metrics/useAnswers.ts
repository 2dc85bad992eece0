import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { QueryAnswer } from '@/api/prometheus';
import type { RangeAnswer } from '@/api/rangeQuery';
import { refreshMs, type Refresh, type TimeRange } from '@/lib/timeRange';
import { graphQuery, instantQuery } from './queries';
import type { MetricsState } from './urlState';

export interface QueryOutcome {
  name: string;
  expression: string;
  answer: RangeAnswer | QueryAnswer | undefined;
  error: (Error & { detail?: string | null }) | null;
  fetching: boolean;
}

const asks = (state: MetricsState) => state.queries.filter((query) => query.enabled && query.expression.trim() !== '');

function outcomesOf<T>(state: MetricsState, results: readonly { data: T | undefined; error: Error | null; isFetching: boolean; isPlaceholderData: boolean }[]) {
  return asks(state).map((query, index) => ({
    name: query.name,
    expression: query.expression,
    // While another expression is on its way the last answer would be shown under a wrong name.
    answer: results[index]?.error ? undefined : results[index]?.data,
    error: results[index]?.error ?? null,
    fetching: results[index]?.isFetching ?? false,
  }));
}

/** Asks range queries for the graph and for the table of a range, and instant ones for the newest values. */
export function useAnswers(state: MetricsState, range: TimeRange, refresh: Refresh) {
  const everyMs = refreshMs(refresh);
  const asRange = state.view === 'graph' || state.tableTime === 'range';
  const { stepSeconds } = state;
  const queries = asks(state);
  const key = JSON.stringify(queries.map((query) => query.expression));
  const rangeQueries = useMemo(
    () => (asRange ? (JSON.parse(key) as string[]).map((expression) => graphQuery(expression, range, stepSeconds, everyMs)) : []),
    [asRange, key, range, stepSeconds, everyMs],
  );
  const instantQueries = useMemo(
    () => (asRange ? [] : (JSON.parse(key) as string[]).map((expression) => instantQuery(expression, range.to, everyMs))),
    [asRange, key, range.to, everyMs],
  );
  const ranges = useQueries({ queries: rangeQueries });
  const instants = useQueries({ queries: instantQueries });
  return asRange ? { ranges: outcomesOf(state, ranges), instants: [] } : { ranges: [], instants: outcomesOf(state, instants) };
}
