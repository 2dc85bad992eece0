import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { labelNames, labelValues, metricMetadata, queryInstant } from '@/api/prometheus';
import { rangeQuery } from '@/api/rangeQuery';
import { parseInstant, type TimeRange } from '@/lib/timeRange';

const catalogueStaleMs = 60_000;
const maxPoints = 720;
const minStepSeconds = 5;

export const metricNamesQuery = queryOptions({
  queryKey: ['metrics', 'names'],
  queryFn: ({ signal }) => labelValues('__name__', undefined, signal),
  staleTime: catalogueStaleMs,
});

export const metadataQuery = queryOptions({
  queryKey: ['metrics', 'metadata'],
  queryFn: ({ signal }) => metricMetadata(signal),
  staleTime: catalogueStaleMs,
});

export const labelNamesQuery = (match: string | undefined) =>
  queryOptions({ queryKey: ['metrics', 'labels', match], queryFn: ({ signal }) => labelNames(match, signal), staleTime: catalogueStaleMs });

export const labelValuesQuery = (label: string, match: string | undefined) =>
  queryOptions({
    queryKey: ['metrics', 'values', label, match],
    queryFn: ({ signal }) => labelValues(label, match, signal),
    staleTime: catalogueStaleMs,
  });

export const graphQuery = (expression: string, range: TimeRange, stepSeconds: number | null, refreshMs: number | false) =>
  rangeQuery(['metrics', expression], { expression: () => expression, range, maxPoints, minStepSeconds, stepSeconds: stepSeconds ?? undefined }, refreshMs);

export const instantQuery = (expression: string, to: string, refreshMs: number | false) =>
  queryOptions({
    queryKey: ['instant', 'metrics', expression, to],
    queryFn: ({ signal }) => queryInstant(expression, parseInstant(to, Date.now()) ?? Date.now(), signal),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: 1000,
  });
