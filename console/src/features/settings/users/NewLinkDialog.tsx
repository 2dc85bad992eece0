import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { User } from '@/api/contracts';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { InlineError } from '@/ui/States';
import { useSettingsMessages } from '../messages';
import { createSignInLink, usersQuery } from '../queries';
import { LinkDialog } from './LinkDialog';

/** Asks before a password is taken away, then shows the link that replaces it. */
export function NewLinkDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useSettingsMessages();
  const client = useQueryClient();
  const make = useMutation({ mutationFn: () => createSignInLink(user.id), onSettled: () => client.invalidateQueries(usersQuery) });
  if (make.data) return <LinkDialog name={user.name} link={make.data} onClose={onClose} />;
  return (
    <ConfirmDialog title={t('users.newLinkTitle', { name: user.name })} action={t('users.newLinkAction')} busy={make.isPending} onConfirm={() => make.mutate()} onClose={onClose}>
      <p>{t('users.newLinkDetail', { name: user.name })}</p>
      {make.error && <InlineError error={make.error} />}
    </ConfirmDialog>
  );
}
