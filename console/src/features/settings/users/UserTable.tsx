import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ban, CircleCheck, Ellipsis, KeyRound, Link2, ScrollText, Trash2, User2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { User, UserPatch } from '@/api/contracts';
import { useIsAdmin, useSession } from '@/api/session';
import { auditActorPath, auditResourcePath } from '@/lib/auditLink';
import { Badge } from '@/ui/Badge';
import { IconButton } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { DataTable, type Column } from '@/ui/DataTable';
import { Dialog } from '@/ui/Dialog';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { notify } from '@/ui/notice';
import { InlineError } from '@/ui/States';
import { Time } from '@/ui/Time';
import { useSettingsMessages } from '../messages';
import { changeUser, deleteUser, usersQuery } from '../queries';
import { RoleCell } from './RoleCell';
import { NewLinkDialog } from './NewLinkDialog';
import { ResetPasswordForm } from './ResetPasswordForm';

export function UserTable({ users }: { users: readonly User[] }) {
  const t = useSettingsMessages();
  const isAdmin = useIsAdmin();
  const ownId = useSession()?.user.id;
  const client = useQueryClient();
  const navigate = useNavigate();
  const open = useCallback((to: string, params: Record<string, string>) => void navigate({ to, params }), [navigate]);
  const [resetting, setResetting] = useState<User | null>(null);
  const [linking, setLinking] = useState<User | null>(null);
  const [deleting, setDeleting] = useState<User | null>(null);
  const settled = { onSettled: () => client.invalidateQueries(usersQuery) };
  const { mutate: change } = useMutation({
    mutationFn: ({ user, patch }: { user: User; patch: UserPatch }) => changeUser(user.id, patch),
    onSuccess: () => notify(t('users.changed')),
    onError: (error: Error & { detail?: string | null }) => notify(error.detail ?? error.message),
    ...settled,
  });
  const remove = useMutation({ mutationFn: (user: User) => deleteUser(user.id), onSuccess: () => setDeleting(null), ...settled });
  const columns = useMemo<Column<User>[]>(
    () => [
      {
        id: 'name',
        header: t('name'),
        sortBy: (user) => user.name,
        cell: (user) => (
          <span className="font-medium">
            {user.name}
            {user.id === ownId && <span className="ml-2 rounded bg-raised px-1.5 py-0.5 text-xs text-ink-2">{t('users.you')}</span>}
          </span>
        ),
      },
      {
        id: 'role',
        header: t('role'),
        sortBy: (user) => user.role,
        cell: (user) => (
          <RoleCell user={user} reason={!isAdmin ? t('adminOnly') : user.id === ownId ? t('users.ownRole') : null} onChange={(role) => change({ user, patch: { role } })} />
        ),
      },
      {
        id: 'state',
        header: t('state'),
        from: 'sm',
        sortBy: (user) => (user.disabled ? 1 : 0),
        cell: (user) =>
          user.disabled ? <Badge tone="off">{t('users.disabled')}</Badge> : !user.hasPassword ? <Badge tone="warn">{t('users.noPassword')}</Badge> : <Badge tone="ok">{t('users.enabled')}</Badge>,
      },
      { id: 'seen', header: t('users.lastSeen'), from: 'md', sortBy: (user) => user.lastSeenAt, cell: (user) => <Time value={user.lastSeenAt} /> },
      { id: 'created', header: t('created'), from: 'lg', sortBy: (user) => user.createdAt, cell: (user) => <Time value={user.createdAt} /> },
      {
        id: 'actions',
        header: '',
        numeric: true,
        cell: (user) => {
          const own = user.id === ownId;
          const label = t('actionsFor', { name: user.name });
          if (!isAdmin) return <IconButton label={label} icon={<Ellipsis size={16} />} disabledReason={t('adminOnly')} />;
          return (
            <Menu trigger={<IconButton label={label} icon={<Ellipsis size={16} />} />}>
              <MenuItem icon={<User2 size={15} />} onSelect={() => open(auditActorPath, { id: user.id })}>{t('users.did', { name: user.name })}</MenuItem>
              <MenuItem icon={<ScrollText size={15} />} onSelect={() => open(auditResourcePath, { type: 'user', id: user.id })}>{t('users.happened', { name: user.name })}</MenuItem>
              <MenuSeparator />
              <MenuItem icon={<KeyRound size={15} />} onSelect={() => setResetting(user)}>{t('users.reset')}</MenuItem>
              {!own && (
                <>
                  <MenuItem icon={<Link2 size={15} />} onSelect={() => setLinking(user)}>{t('users.newLink')}</MenuItem>
                  <MenuItem icon={user.disabled ? <CircleCheck size={15} /> : <Ban size={15} />} onSelect={() => change({ user, patch: { disabled: !user.disabled } })}>
                    {user.disabled ? t('users.enable') : t('users.disable')}
                  </MenuItem>
                  <MenuSeparator />
                  <MenuItem danger icon={<Trash2 size={15} />} onSelect={() => setDeleting(user)}>{t('users.delete')}</MenuItem>
                </>
              )}
            </Menu>
          );
        },
      },
    ],
    [t, isAdmin, ownId, change, open],
  );
  return (
    <>
      <DataTable label={t('users')} columns={columns} rows={users} rowKey={(user) => user.id} />
      {resetting && (
        <Dialog open onOpenChange={() => setResetting(null)} title={t('users.resetTitle', { name: resetting.name })}>
          <ResetPasswordForm
            user={resetting}
            onCancel={() => setResetting(null)}
            onDone={() => {
              setResetting(null);
              notify(t('users.changed'));
            }}
          />
        </Dialog>
      )}
      {linking && <NewLinkDialog user={linking} onClose={() => setLinking(null)} />}
      {deleting && (
        <ConfirmDialog
          title={t('users.deleteTitle', { name: deleting.name })}
          action={t('users.delete')}
          typeName={deleting.name}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(deleting)}
          onClose={() => setDeleting(null)}
        >
          <p>{t('users.deleteDetail', { name: deleting.name })}</p>
          {remove.error && <InlineError error={remove.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
