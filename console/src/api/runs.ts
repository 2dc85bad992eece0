import { request, requestLines, requestStart } from './client';
import type { CostAnswer, CostGroup, PageOf, RunFile, RunItem, RunReport, TimelineEntry } from './runsContracts';

const root = '/api/v1/runs';
const run = (id: string, rest = '') => `${root}/${encodeURIComponent(id)}${rest}`;
type Query = Record<string, string | number | null | undefined>;

/** Leaves out what is not asked for. */
function queryOf(members: Query): URLSearchParams {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)]));
}
const get = <T>(path: string, members: Query, signal?: AbortSignal): Promise<T> => request<T>('GET', path, { query: queryOf(members), signal });

export const runsApi = {
  list: (query: Query, signal?: AbortSignal) => get<PageOf<RunItem>>(root, query, signal),
  run: (id: string, signal?: AbortSignal) => get<RunReport>(run(id), {}, signal),
  timeline: (id: string, query: Query, signal?: AbortSignal) => get<PageOf<TimelineEntry>>(run(id, '/timeline'), query, signal),
  files: async (id: string, signal?: AbortSignal) => (await get<{ items: RunFile[] }>(run(id, '/files'), {}, signal)).items,
  fileUrl: (id: string, name: string) => run(id, `/files/${encodeURIComponent(name)}`),
  /** The beginning of a file, of at most this many bytes. */
  fileStart: (id: string, name: string, mostBytes: number, signal?: AbortSignal) => requestStart(run(id, `/files/${encodeURIComponent(name)}`), mostBytes, { signal }),
  /** Lines of a file from a byte on, and where the next ones begin. */
  fileLines: (id: string, name: string, first: number, mostBytes: number, signal?: AbortSignal) => requestLines(run(id, `/files/${encodeURIComponent(name)}`), first, mostBytes, { signal }),
  costs: (by: CostGroup, from: string | undefined, to: string | undefined, signal?: AbortSignal) => get<CostAnswer>(`${root}/costs`, { by, from, to }, signal),
  remove: (id: string) => request<void>('DELETE', run(id)),
};
