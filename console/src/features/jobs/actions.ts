import { useMutation, useQueryClient } from '@tanstack/react-query';
import { jobsApi } from '@/api/jobs';
import type { Job } from '@/api/jobsContracts';
import { ApiProblem } from '@/api/problem';
import { useIsAtLeast } from '@/api/session';
import { notify } from '@/ui/notice';
import { putJob } from './cache';
import { useJobsMessages } from './messages';
import { jobKeys } from './queries';

export const reasonOf = (error: unknown): string => (error instanceof ApiProblem ? (error.detail ?? error.message) : error instanceof Error ? error.message : String(error));

/** Why whoever is signed in may not run and cancel, or change; null when they may. */
export function useJobRights(): { run: string | null; change: string | null } {
  const t = useJobsMessages();
  const operates = useIsAtLeast('operator');
  const administers = useIsAtLeast('admin');
  return { run: operates ? null : t('needOperator'), change: administers ? null : t('needAdmin') };
}

/** Switches a job on or off; the switch moves at once and moves back when the server refuses. */
export function useSetEnabled() {
  const t = useJobsMessages();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ job, enabled }: { job: Job; enabled: boolean }) => jobsApi.setEnabled(job.id, enabled),
    onMutate: ({ job, enabled }) => {
      putJob(client, { ...job, enabled, nextFireAt: enabled ? job.nextFireAt : null });
    },
    onError: (error, { job }) => {
      putJob(client, job);
      notify(t('failed', { reason: reasonOf(error) }));
    },
    onSettled: async (_data, _error, { job }) => {
      await client.invalidateQueries({ queryKey: jobKeys.job(job.id), refetchType: 'none' });
      putJob(client, await client.fetchQuery({ queryKey: jobKeys.job(job.id), queryFn: () => jobsApi.task(job.id), staleTime: 0 }));
    },
  });
}

export function useRunNow(onStarted: (executionId: string, job: Pick<Job, 'id' | 'name'>) => void) {
  const t = useJobsMessages();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: Pick<Job, 'id' | 'name'>) => jobsApi.trigger(job.id, {}),
    onSuccess: (execution, job) => {
      onStarted(execution.id, job);
      for (const queryKey of [jobKeys.executions, jobKeys.lists, jobKeys.job(job.id)]) void client.invalidateQueries({ queryKey });
    },
    onError: (error) => notify(t('failed', { reason: reasonOf(error) })),
  });
}
