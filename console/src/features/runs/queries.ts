import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { runsApi } from '@/api/runs';
import type { CostGroup, RunReport } from '@/api/runsContracts';
import type { FilterState } from '@/lib/filterText';
import { absoluteRange, resolveRange, type TimeRange } from '@/lib/timeRange';
import { readLog } from './detail/log/logLines';
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

const logPart = 1024 * 1024;
/** What the console holds of a log. */
export const mostLogBytes = 32 * logPart;

export const logQuery = (run: Pick<RunReport, 'id' | 'revision'>, name: string) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'file', run.id, run.revision, name],
    queryFn: async ({ pageParam, signal }) => {
      const { text, next } = await runsApi.fileLines(run.id, name, pageParam.byte, logPart, signal);
      const read = readLog(text, pageParam.line);
      return { lines: read.lines, next: next === null ? null : { byte: next, line: read.next } };
    },
    initialPageParam: { byte: 0, line: 1 },
    getNextPageParam: ({ next }) => (next !== null && next.byte < mostLogBytes ? next : null),
    staleTime: Infinity,
  });

/** The largest trace that is drawn: twice what the runner writes with all the spans that it keeps. */
export const mostTraceBytes = 24 * 1024 * 1024;

export const traceQuery = (run: Pick<RunReport, 'id' | 'revision'>, name: string) =>
  queryOptions({ queryKey: ['runs', 'file', run.id, run.revision, name], queryFn: ({ signal }) => runsApi.fileStart(run.id, name, mostTraceBytes, signal), staleTime: Infinity });

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
