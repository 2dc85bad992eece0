import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Execution, Job, PageOf } from '@/api/jobsContracts';
import { jobKeys } from './queries';

type Pages<T> = InfiniteData<PageOf<T>, string | null>;

/** Replaces what has the same id, leaving everything else as it is; the same object when nothing changed. */
export function replaceIn<T extends { id: string }>(data: Pages<T> | undefined, changed: ReadonlyMap<string, T>): Pages<T> | undefined {
  if (!data?.pages.some((page) => page.items.some((item) => changed.has(item.id)))) return data;
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => changed.get(item.id) ?? item) })) };
}

/** Lays a fresh first page over a list that starts with the newest: its order counts, and what it does not hold follows. */
export function mergeNewest<T extends { id: string }>(data: Pages<T>, fresh: PageOf<T>): Pages<T> {
  const known = new Set(data.pages.flatMap((page) => page.items.map((item) => item.id)));
  // No overlap: more happened than one page holds, and what lies between is not known.
  if (fresh.next !== null && fresh.items.every((item) => !known.has(item.id))) return { pages: [fresh], pageParams: [null] };
  const told = new Set(fresh.items.map((item) => item.id));
  const rest = data.pages.map((page) => ({ ...page, items: page.items.filter((item) => !told.has(item.id)) }));
  const [top, ...others] = rest;
  return top ? { ...data, pages: [{ ...top, items: [...fresh.items, ...top.items] }, ...others] } : { pages: [fresh], pageParams: [null] };
}

/** Puts a job as the server just told it wherever it is shown. */
export function putJob(client: QueryClient, job: Job): void {
  client.setQueryData(jobKeys.job(job.id), job);
  client.setQueriesData<Pages<Job>>({ queryKey: jobKeys.lists }, (data) => replaceIn(data, new Map([[job.id, job]])));
}

export function putExecution(client: QueryClient, execution: Execution): void {
  client.setQueriesData<Pages<Execution>>({ queryKey: jobKeys.executions }, (data) => replaceIn(data, new Map([[execution.id, execution]])));
}

/** The ids that the lists on screen hold. */
export function shownIds(client: QueryClient, key: readonly unknown[]): Set<string> {
  const lists = client.getQueriesData<Pages<{ id: string }>>({ queryKey: key, type: 'active' });
  return new Set(lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.items.map((item) => item.id)) ?? []));
}
