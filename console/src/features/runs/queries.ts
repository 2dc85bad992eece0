import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { runsApi } from '@/api/runs';
import type { CostGroup, RunReport } from '@/api/runsContracts';
import type { FilterState } from '@/lib/filterText';
import { absoluteRange, resolveRange, type TimeRange } from '@/lib/timeRange';
import { listQueryOf, type SortColumn } from './list/filters';

const pageSize = 100;
export const timelinePage = 500;
const first = null as string | null;

export const runKeys = {
  lists: ['runs', 'list'] as const,
  run: (id: string) => ['runs', 'run', id] as const,
  timeline: (id: string) => ['runs', 'timeline', id] as const,
  costs: ['runs', 'costs'] as const,
};

export const runsQuery = (filters: FilterState, sort: SortColumn, range: TimeRange) =>
  infiniteQueryOptions({
    queryKey: [...runKeys.lists, filters, sort, range.from, range.to],
    queryFn: ({ pageParam, signal }) => runsApi.list({ ...listQueryOf(filters, sort, range, Date.now()), limit: pageSize, after: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** Whether any run has ever been reported: an empty list may only be one of another time. */
export const anyRunQuery = queryOptions({ queryKey: [...runKeys.lists, 'any'], queryFn: async ({ signal }) => (await runsApi.list({ limit: 1 }, signal)).items.length > 0, staleTime: 10_000 });

export const runQuery = (id: string) =>
  queryOptions({ queryKey: runKeys.run(id), queryFn: ({ signal }) => runsApi.run(id, signal), refetchInterval: (query) => (query.state.data?.state === 'running' ? 10_000 : false) });

/** `revision` renews the pages when the run is reported anew. */
export const timelineQuery = (run: Pick<RunReport, 'id' | 'revision'>) =>
  infiniteQueryOptions({
    queryKey: [...runKeys.timeline(run.id), run.revision],
    queryFn: ({ pageParam, signal }) => runsApi.timeline(run.id, { limit: timelinePage, after: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });

/** What the console reads of a file at once. */
export const mostFileBytes = 4 * 1024 * 1024;

export const fileQuery = (run: Pick<RunReport, 'id' | 'revision'>, name: string) =>
  queryOptions({ queryKey: ['runs', 'file', run.id, run.revision, name], queryFn: ({ signal }) => runsApi.fileStart(run.id, name, mostFileBytes, signal), staleTime: Infinity });

export const costsQuery = (by: CostGroup, range: TimeRange) =>
  queryOptions({
    queryKey: [...runKeys.costs, by, range.from, range.to],
    queryFn: ({ signal }) => {
      const now = Date.now();
      const { from, to } = absoluteRange(resolveRange(range, now) ?? { fromMs: now - 28 * 86_400_000, toMs: now });
      return runsApi.costs(by, from, to, signal);
    },
    placeholderData: keepPreviousData,
  });

export const filesQuery = (run: Pick<RunReport, 'id' | 'revision'>) => queryOptions({ queryKey: ['runs', 'files', run.id, run.revision], queryFn: ({ signal }) => runsApi.files(run.id, signal), staleTime: 5000 });
