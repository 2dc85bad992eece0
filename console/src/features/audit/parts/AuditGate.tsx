import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useIsAtLeast, useSession } from '@/api/session';
import { Page } from '@/ui/Page';
import { EmptyState } from '@/ui/States';
import { useAuditMessages } from '../messages';

/** Shows a page of the audit log to those who may read it, and to others a sentence that says who may. */
export function AuditGate({ children }: { children: ReactNode }) {
  const t = useAuditMessages();
  const may = useIsAtLeast('operator');
  const user = useSession()?.user;
  if (may || !user) return children;
  return (
    <Page title={t('nav')} lead={t('lead')}>
      <EmptyState icon={<ShieldAlert size={24} strokeWidth={1.5} />} title={t('forbidden')} detail={t('forbiddenDetail', { name: user.name })} />
    </Page>
  );
}
