import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { jobsApi } from '@/api/jobs';
import type { ExecutionDetail } from '@/api/jobsContracts';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { notify } from '@/ui/notice';
import { InlineError } from '@/ui/States';
import { useJobRights } from '../actions';
import { jobKeys } from '../queries';
import { useExecutionMessages } from './messages';

/** Stops a run, after asking once. */
export function CancelRun({ run }: { run: ExecutionDetail }) {
  const t = useExecutionMessages();
  const client = useQueryClient();
  const rights = useJobRights();
  const [asking, setAsking] = useState(false);
  const isOver = run.state !== 'running' && run.state !== 'scheduled';
  const cancel = useMutation({
    mutationFn: () => jobsApi.cancel(run.id),
    onSuccess: () => {
      setAsking(false);
      notify(t('cancelAsked'));
    },
    onSettled: () => client.invalidateQueries({ queryKey: jobKeys.execution(run.id) }),
  });
  return (
    <>
      <Button look="danger" icon={<CircleStop size={15} />} disabledReason={rights.run ?? (isOver ? t('alreadyOver') : null)} onClick={() => setAsking(true)}>
        {t('cancel')}
      </Button>
      {asking && (
        <ConfirmDialog title={t('cancelTitle')} action={t('cancel')} busy={cancel.isPending} onConfirm={() => cancel.mutate()} onClose={() => setAsking(false)}>
          <p>{t(run.state === 'scheduled' ? 'cancelWaiting' : 'cancelDetail', { job: run.taskName })}</p>
          {cancel.error && <InlineError error={cancel.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
