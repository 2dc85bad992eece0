import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { runsApi } from '@/api/runs';
import { useIsAdmin } from '@/api/session';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { notify } from '@/ui/notice';
import { InlineError } from '@/ui/States';
import { runKeys } from '../queries';
import { useDetailMessages } from './messages';

/** Deletes a run for good, after its id has been typed. */
export function DeleteRun({ id }: { id: string }) {
  const t = useDetailMessages();
  const client = useQueryClient();
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => runsApi.remove(id),
    onSuccess: async () => {
      notify(t('deleted'));
      await navigate({ to: '/runs' });
      client.removeQueries({ queryKey: runKeys.run(id) });
      await client.invalidateQueries({ queryKey: runKeys.lists });
    },
  });
  return (
    <>
      <Button look="ghost" icon={<Trash2 size={14} />} disabledReason={isAdmin ? null : t('notAdmin')} onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      {asking && (
        <ConfirmDialog title={t('deleteTitle')} action={t('delete')} typeName={id} busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={() => setAsking(false)}>
          <p>{t('deleteDetail')}</p>
          {remove.error && <InlineError error={remove.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
