import { useMutation, useQueryClient } from '@tanstack/react-query';
import { jobsApi } from '@/api/jobs';
import type { Job } from '@/api/jobsContracts';
import { Button } from '@/ui/Button';
import { notify } from '@/ui/notice';
import { reasonOf, useJobRights } from '../actions';
import { useJobsMessages } from '../messages';
import { jobKeys } from '../queries';

/** What can be done with all chosen jobs at once. */
export function BulkBar({ jobs, onDone }: { jobs: readonly Job[]; onDone: () => void }) {
  const t = useJobsMessages();
  const client = useQueryClient();
  const rights = useJobRights();
  const change = useMutation({
    mutationFn: (enabled: boolean) => jobsApi.setManyEnabled(jobs.map((job) => job.id), enabled),
    onSuccess: ({ changed }) => {
      notify(t('changed', { count: changed.length }));
      onDone();
    },
    onError: (error) => notify(t('failed', { reason: reasonOf(error) })),
    onSettled: () => client.invalidateQueries({ queryKey: jobKeys.lists }),
  });
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft px-3 py-1.5" role="region" aria-label={t('selected', { count: jobs.length })}>
      <span className="font-medium">{t('selected', { count: jobs.length })}</span>
      <Button small disabledReason={rights.change} busy={change.isPending} onClick={() => change.mutate(true)}>
        {t('enable')}
      </Button>
      <Button small disabledReason={rights.change} busy={change.isPending} onClick={() => change.mutate(false)}>
        {t('disable')}
      </Button>
      <Button small look="ghost" onClick={onDone}>
        {t('unselect')}
      </Button>
    </div>
  );
}
