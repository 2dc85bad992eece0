import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { CreatedToken } from '@/api/contracts';
import { useIsAdmin } from '@/api/session';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/States';
import { useSettingsMessages } from '../messages';
import { tokensQuery } from '../queries';
import { ListCard, SettingsFrame } from '../SettingsFrame';
import { useDialogParam } from '../useDialogParam';
import { CreatedSecret } from './CreatedSecret';
import { CreateTokenForm } from './CreateTokenForm';
import { TokenTable } from './TokenTable';

export default function TokensPage() {
  const t = useSettingsMessages();
  const isAdmin = useIsAdmin();
  const tokens = useQuery(tokensQuery);
  const [open, setOpen] = useDialogParam();
  const [created, setCreated] = useState<CreatedToken | null>(null);
  const button = (
    <Button look="primary" icon={<Plus size={15} />} onClick={() => setOpen(true)} disabledReason={!isAdmin && t('adminOnly')}>
      {t('tokens.new')}
    </Button>
  );
  const close = () => {
    setOpen(false);
    setCreated(null);
  };
  return (
    <SettingsFrame tab="tokens" action={button}>
      <ListCard
        query={tokens}
        empty={
          <EmptyState icon={<KeyRound size={24} strokeWidth={1.5} />} title={t('tokens.emptyTitle')} detail={t('tokens.emptyDetail')}>
            {button}
          </EmptyState>
        }
      >
        {(items) => <TokenTable tokens={items} />}
      </ListCard>
      {(created ?? (open && isAdmin)) && (
        <Dialog open onOpenChange={(next) => !next && close()} title={created ? t('tokens.secretTitle') : t('tokens.newTitle')}>
          {created ? <CreatedSecret created={created} onDone={close} /> : <CreateTokenForm onCreated={setCreated} onCancel={close} />}
        </Dialog>
      )}
    </SettingsFrame>
  );
}
