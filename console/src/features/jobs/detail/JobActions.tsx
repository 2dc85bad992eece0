import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { jobsApi } from '@/api/jobs';
import type { Job } from '@/api/jobsContracts';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { notify } from '@/ui/notice';
import { InlineError } from '@/ui/States';
import { Switch } from '@/ui/Switch';
import { useJobRights, useRunNow, useSetEnabled } from '../actions';
import { useJobsMessages } from '../messages';
import { jobKeys } from '../queries';
import { useDetailMessages } from './messages';

/** What can be done with a job. */
export function JobActions({ job }: { job: Job }) {
  const t = useDetailMessages();
  const jobs = useJobsMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  const rights = useJobRights();
  const [deleting, setDeleting] = useState(false);
  const setEnabled = useSetEnabled();
  const run = useRunNow((executionId) => void navigate({ to: '/jobs/executions/$id', params: { id: executionId } }));
  const remove = useMutation({
    mutationFn: () => jobsApi.remove(job.id, job.version),
    onSuccess: async () => {
      notify(jobs('deleted', { name: job.name }));
      await navigate({ to: '/jobs' });
      client.removeQueries({ queryKey: jobKeys.job(job.id) });
      await client.invalidateQueries({ queryKey: jobKeys.lists });
    },
  });
  const changeReason = rights.change ?? (job.source === 'file' ? jobs('fromFile', { file: job.file ?? '' }) : null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label className="mr-1 inline-flex items-center gap-2">
        <Switch label={jobs('enableJob', { name: job.name })} checked={job.enabled} disabledReason={changeReason} onChange={(enabled) => setEnabled.mutate({ job, enabled })} />
        <span aria-hidden="true" className="text-ink-2">{jobs(job.enabled ? 'on' : 'off')}</span>
      </label>
      <Button look="primary" icon={<Play size={15} />} disabledReason={rights.run} busy={run.isPending} onClick={() => run.mutate(job)}>
        {jobs('runNow')}
      </Button>
      <Button icon={<Pencil size={14} />} disabledReason={changeReason} onClick={() => void navigate({ to: '/jobs/$id/edit', params: { id: job.id } })}>
        {t('edit')}
      </Button>
      <Button look="danger" icon={<Trash2 size={14} />} disabledReason={changeReason} onClick={() => setDeleting(true)}>
        {t('delete')}
      </Button>
      {deleting && (
        <ConfirmDialog title={t('deleteTitle', { name: job.name })} action={t('delete')} typeName={job.name} busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={() => setDeleting(false)}>
          <p>{t('deleteDetail')}</p>
          {remove.error && <InlineError error={remove.error} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
