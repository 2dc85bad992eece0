import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { jobsApi } from '@/api/jobs';
import type { Schedule } from '@/api/jobsContracts';
import { absoluteRange, resolveRange, type Interval, type TimeRange } from '@/lib/timeRange';
import { resolveInstants } from './executions/filters';

export const previewCount = 50;
export const timelineRuns = 5000;

export interface JobFilters {
  search?: string;
  enabled?: string;
  state?: string;
  kind?: string;
  source?: string;
}

export interface ExecutionFilters {
  taskId?: string;
  state?: string;
  instance?: string;
  trigger?: string;
  from?: string;
  to?: string;
}

export const jobKeys = {
  lists: ['jobs', 'list'] as const,
  job: (id: string) => ['jobs', 'job', id] as const,
  executions: ['jobs', 'executions'] as const,
  execution: (id: string) => ['jobs', 'execution', id] as const,
  timeline: ['jobs', 'timeline'] as const,
  stats: ['jobs', 'stats'] as const,
  fires: ['jobs', 'fires'] as const,
  previews: ['jobs', 'preview'] as const,
};

const failedStates = ['failed', 'timedOut', 'abandoned', 'lost'];

/** A range as an interval now; the last hour where it is none, which the pages' own checks leave out. */
function intervalOf(range: TimeRange): Interval {
  const now = Date.now();
  return resolveRange(range, now) ?? { fromMs: now - 3_600_000, toMs: now };
}

const first = null as string | null;

export const jobsQuery = (filters: JobFilters) =>
  infiniteQueryOptions({
    queryKey: [...jobKeys.lists, filters],
    queryFn: ({ pageParam, signal }) => jobsApi.tasks({ ...filters, limit: 200, after: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** The first jobs whose name has a text in it. */
export const jobsNamedQuery = (search: string) =>
  queryOptions({ queryKey: ['jobs', 'named', search], queryFn: async ({ signal }) => (await jobsApi.tasks({ search, limit: 8 }, signal)).items, placeholderData: keepPreviousData, staleTime: 10_000 });

export const jobQuery = (id: string) => queryOptions({ queryKey: jobKeys.job(id), queryFn: ({ signal }) => jobsApi.task(id, signal) });

export const previewQuery = (id: string, version: number | undefined) =>
  queryOptions({ queryKey: [...jobKeys.previews, id, version], queryFn: ({ signal }) => jobsApi.preview(id, previewCount, signal), enabled: version !== undefined, staleTime: 30_000 });

export const previewOfQuery = (schedule: Schedule | null, count: number) =>
  queryOptions({
    queryKey: [...jobKeys.previews, 'of', schedule, count],
    queryFn: ({ signal }) => jobsApi.previewOf(schedule ?? {}, count, signal),
    enabled: schedule !== null,
    retry: false,
    staleTime: 30_000,
  });

export const firesQuery = (id: string, outcome: string) =>
  infiniteQueryOptions({
    queryKey: [...jobKeys.fires, id, outcome],
    queryFn: ({ pageParam, signal }) => jobsApi.fires(id, { outcome, limit: 50, after: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

export const executionsQuery = (filters: ExecutionFilters, limit = 100) =>
  infiniteQueryOptions({
    queryKey: [...jobKeys.executions, filters, limit],
    queryFn: ({ pageParam, signal }) => jobsApi.executions({ ...resolveInstants(filters, Date.now()), limit, after: pageParam }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const executionQuery = (id: string) => queryOptions({ queryKey: jobKeys.execution(id), queryFn: ({ signal }) => jobsApi.execution(id, signal) });

/** Runs of a time; relative instants are made absolute when asked for, with the interval that was in the answer. */
export const timelineQuery = (range: TimeRange, taskId: string | undefined) =>
  queryOptions({
    queryKey: [...jobKeys.timeline, range.from, range.to, taskId],
    queryFn: async ({ signal }) => {
      const { from, to } = absoluteRange(intervalOf(range));
      return jobsApi.timeline({ from, to, taskId, limit: timelineRuns }, signal);
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });

export const statsQuery = (taskId: string, range: TimeRange) =>
  queryOptions({
    queryKey: [...jobKeys.stats, taskId, range.from, range.to],
    queryFn: ({ signal }) => jobsApi.stats({ taskId, ...absoluteRange(intervalOf(range)), by: 'none' }, signal),
    placeholderData: keepPreviousData,
  });

/** Jobs that are switched on and whose last run did not succeed. */
export const failingQuery = queryOptions({
  queryKey: ['jobs', 'failing'],
  queryFn: async ({ signal }) => (await jobsApi.tasks({ state: failedStates.join(','), enabled: 'true', limit: 100 }, signal)).items.length,
  staleTime: 25_000,
  refetchInterval: 30_000,
  retry: false,
});

export const instancesQuery = queryOptions({ queryKey: ['jobs', 'instances'], queryFn: ({ signal }) => jobsApi.instances(signal), staleTime: 30_000 });

export const handlersQuery = queryOptions({ queryKey: ['jobs', 'handlers'], queryFn: ({ signal }) => jobsApi.handlers(signal), staleTime: 60_000, retry: false });
