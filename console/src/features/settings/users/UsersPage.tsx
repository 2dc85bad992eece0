import { useQuery } from '@tanstack/react-query';
import { Plus, Users } from 'lucide-react';
import { useIsAdmin } from '@/api/session';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/States';
import { useSettingsMessages } from '../messages';
import { usersQuery } from '../queries';
import { ListCard, SettingsFrame } from '../SettingsFrame';
import { useDialogParam } from '../useDialogParam';
import { CreateUserForm } from './CreateUserForm';
import { UserTable } from './UserTable';

export default function UsersPage() {
  const t = useSettingsMessages();
  const isAdmin = useIsAdmin();
  const users = useQuery(usersQuery);
  const [open, setOpen] = useDialogParam();
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
          <CreateUserForm onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </SettingsFrame>
  );
}
