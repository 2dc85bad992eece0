import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followLive, type LiveEvent } from '@/api/events';
import { jobsApi } from '@/api/jobs';
import type { Execution, ExecutionDetail, PageOf } from '@/api/jobsContracts';
import { throttle } from '@/lib/throttle';
import { mergeNewest, putExecution, putJob, shownIds } from './cache';
import { resolveInstants } from './executions/filters';
import { jobKeys, type ExecutionFilters } from './queries';

const everyMs = 1000;
const slowEveryMs = 3000;
/** Beyond this many at a time, asking for the whole list is cheaper than for each. */
const mostSingly = 12;

export interface ChangedIds {
  jobs: Set<string>;
  executions: Set<string>;
  /** Some job came or went, and it is not known which. */
  unknown: boolean;
}

const nothing = (): ChangedIds => ({ jobs: new Set(), executions: new Set(), unknown: false });

const member = (data: unknown, name: string): string | null => {
  const value = typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : null;
};

/** Which jobs and runs events are about. */
export function changedIds(events: readonly LiveEvent[]): ChangedIds {
  const changed = nothing();
  for (const { type, data } of events) {
    // What is new or gone changes the list itself.
    if (type === 'task' && ['create', 'delete', null].includes(member(data, 'change'))) changed.unknown = true;
    const job = type === 'task' ? (member(data, 'id') ?? member(data, 'taskId')) : type === 'execution' ? member(data, 'taskId') : null;
    const execution = type === 'execution' ? (member(data, 'id') ?? member(data, 'executionId')) : null;
    if (job !== null && member(data, 'change') !== 'delete') changed.jobs.add(job);
    else if (type === 'task') changed.unknown = true;
    if (execution !== null) changed.executions.add(execution);
  }
  return changed;
}

/** Shows at once what an event says of a run whose page is open. */
function putToldRuns(client: QueryClient, events: readonly LiveEvent[]): void {
  for (const { type, data } of events) {
    const id = type === 'execution' ? member(data, 'id') : null;
    if (id !== null && member(data, 'state') !== null) client.setQueryData<ExecutionDetail>(jobKeys.execution(id), (known) => known && { ...known, ...(data as Execution) });
  }
}

async function renewJobs(client: QueryClient, ids: ReadonlySet<string>): Promise<void> {
  const shown = shownIds(client, jobKeys.lists);
  const known = [...ids].filter((id) => shown.has(id) || client.getQueryState(jobKeys.job(id)) !== undefined);
  if (known.length > mostSingly) {
    await client.invalidateQueries({ queryKey: jobKeys.lists });
    await client.invalidateQueries({ queryKey: ['jobs', 'job'] });
  } else await Promise.all(known.map(async (id) => putJob(client, await jobsApi.task(id))));
}

/** Renews the top of the run lists on screen, and what was told of further down. */
async function renewExecutions(client: QueryClient, ids: ReadonlySet<string>): Promise<void> {
  const active = client.getQueryCache().findAll({ queryKey: jobKeys.executions, type: 'active' });
  const renewed = new Set<string>();
  for (const { queryKey } of active) {
    const fresh = await jobsApi.executions({ ...resolveInstants(queryKey[2] as ExecutionFilters, Date.now()), limit: 50 });
    fresh.items.forEach((item) => renewed.add(item.id));
    client.setQueryData<InfiniteData<PageOf<Execution>, string | null>>(queryKey, (data) => data && mergeNewest(data, fresh));
  }
  const shown = shownIds(client, jobKeys.executions);
  const rest = [...ids].filter((id) => shown.has(id) && !renewed.has(id)).slice(0, mostSingly);
  for (const id of rest) putExecution(client, await jobsApi.execution(id));
}

/** Keeps what the jobs' pages show in step with the scheduler while one of them is open. */
export function useLiveJobs(): void {
  const client = useQueryClient();
  useEffect(() => {
    let waiting = nothing();
    // What cannot be asked for now is asked for with the next event or, after a lost connection, with its return.
    const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
    const renew = throttle(() => {
      const { jobs, executions, unknown } = waiting;
      waiting = nothing();
      if (unknown) quietly(client.invalidateQueries({ queryKey: jobKeys.lists }));
      if (jobs.size > 0) quietly(renewJobs(client, jobs));
      if (executions.size > 0) quietly(renewExecutions(client, executions));
      for (const id of executions) quietly(client.invalidateQueries({ queryKey: jobKeys.execution(id) }));
    }, everyMs);
    const renewSums = throttle(() => {
      for (const queryKey of [jobKeys.timeline, jobKeys.stats, jobKeys.fires, ['jobs', 'failing']]) quietly(client.invalidateQueries({ queryKey }));
    }, slowEveryMs);
    const stop = followLive(['scheduler'], (events, reset) => {
      if (reset) quietly(client.invalidateQueries({ queryKey: ['jobs'] }));
      putToldRuns(client, events);
      const { jobs, executions, unknown } = changedIds(events);
      if (jobs.size + executions.size === 0 && !unknown) return;
      waiting.unknown ||= unknown;
      jobs.forEach((id) => waiting.jobs.add(id));
      executions.forEach((id) => waiting.executions.add(id));
      renew();
      renewSums();
    });
    return () => {
      stop();
      renew.cancel();
      renewSums.cancel();
    };
  }, [client]);
}
