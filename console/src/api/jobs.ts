import { request } from './client';
import type { BulkAnswer, Execution, ExecutionDetail, Fire, Instance, Job, JobRequest, OutputPage, PageOf, Preview, Schedule, StatsAnswer, Timeline } from './jobsContracts';

const root = '/api/v1/scheduler';
const task = (id: string, rest = '') => `${root}/tasks/${encodeURIComponent(id)}${rest}`;
const execution = (id: string, rest = '') => `${root}/executions/${encodeURIComponent(id)}${rest}`;
type Query = Record<string, string | number | null | undefined>;

/** Leaves out what is not asked for. */
function queryOf(members: Query): URLSearchParams {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)]));
}
const get = <T>(path: string, members: Query = {}, signal?: AbortSignal): Promise<T> => request<T>('GET', path, { query: queryOf(members), signal });

export const jobsApi = {
  tasks: (query: Query, signal?: AbortSignal) => get<PageOf<Job>>(`${root}/tasks`, query, signal),
  task: (id: string, signal?: AbortSignal) => get<Job>(task(id), {}, signal),
  create: (body: JobRequest) => request<Job>('POST', `${root}/tasks`, { body }),
  update: (id: string, version: number, body: JobRequest) => request<Job>('PUT', task(id), { body, headers: { 'If-Match': `"${version}"` } }),
  remove: (id: string, version: number) => request<void>('DELETE', task(id), { headers: { 'If-Match': `"${version}"` } }),
  setEnabled: (id: string, enabled: boolean) => request<Job>('POST', task(id, enabled ? '/enable' : '/disable')),
  setManyEnabled: (ids: readonly string[] | 'all', enabled: boolean) =>
    request<BulkAnswer>('POST', `${root}/tasks/bulk/${enabled ? 'enable' : 'disable'}`, { body: ids === 'all' ? { all: true } : { ids } }),
  trigger: (id: string, body: { arguments?: unknown; ignoreOverlap?: boolean }) => request<Execution>('POST', task(id, '/trigger'), { body }),
  preview: (id: string, count: number, signal?: AbortSignal) => get<Preview>(task(id, '/preview'), { count }, signal),
  previewOf: (schedule: Schedule, count: number, signal?: AbortSignal) => request<Preview>('POST', `${root}/preview`, { body: { schedule, count }, signal }),
  fires: (id: string, query: Query, signal?: AbortSignal) => get<PageOf<Fire>>(task(id, '/fires'), query, signal),
  executions: (query: Query, signal?: AbortSignal) => get<PageOf<Execution>>(`${root}/executions`, query, signal),
  execution: (id: string, signal?: AbortSignal) => get<ExecutionDetail>(execution(id), {}, signal),
  cancel: (id: string) => request<void>('POST', execution(id, '/cancel')),
  output: (id: string, after: number | string | null, limit: number, signal?: AbortSignal) => get<OutputPage>(execution(id, '/output'), { after, limit }, signal),
  timeline: (query: Query, signal?: AbortSignal) => get<Timeline>(`${root}/executions/timeline`, query, signal),
  stats: (query: Query, signal?: AbortSignal) => get<StatsAnswer>(`${root}/stats`, query, signal),
  instances: (signal?: AbortSignal) => get<{ items: Instance[] }>(`${root}/instances`, {}, signal),
  handlers: (signal?: AbortSignal) => get<{ items: { name: string }[] }>(`${root}/handlers`, {}, signal),
};
