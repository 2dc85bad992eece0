import { useQuery } from '@tanstack/react-query';
import { Plus, Users } from 'lucide-react';
import { useState } from 'react';
import type { CreatedUser } from '@/api/contracts';
import { useIsAdmin } from '@/api/session';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/States';
import { useSettingsMessages } from '../messages';
import { usersQuery } from '../queries';
import { ListCard, SettingsFrame } from '../SettingsFrame';
import { useDialogParam } from '../useDialogParam';
import { CreateUserForm } from './CreateUserForm';
import { LinkDialog } from './LinkDialog';
import { UserTable } from './UserTable';

export default function UsersPage() {
  const t = useSettingsMessages();
  const isAdmin = useIsAdmin();
  const users = useQuery(usersQuery);
  const [open, setOpen] = useDialogParam();
  const [created, setCreated] = useState<CreatedUser | null>(null);
  const finish = (next: CreatedUser) => {
    setOpen(false);
    setCreated(next);
  };
  const button = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setOpen(true)} disabledReason={!isAdmin && t('adminOnly')}>
      {t('users.new')}
    </Button>
  );
  return (
    <SettingsFrame tab="users" action={button}>
      <ListCard query={users} empty={<EmptyState icon={<Users size={24} strokeWidth={1.5} />} title={t('users.emptyTitle')} detail={t('users.emptyDetail')}>{button}</EmptyState>}>
        {(items) => <UserTable users={items} />}
      </ListCard>
      {open && isAdmin && (
        <Dialog open onOpenChange={setOpen} title={t('users.newTitle')}>
          <CreateUserForm onCancel={() => setOpen(false)} onCreated={finish} />
        </Dialog>
      )}
      {created?.signInLink && <LinkDialog name={created.user.name} link={created.signInLink} onClose={() => setCreated(null)} />}
    </SettingsFrame>
  );
}
