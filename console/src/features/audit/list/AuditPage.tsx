import { Page } from '@/ui/Page';
import { useAuditMessages } from '../messages';
import { AuditGate } from '../parts/AuditGate';
import { EventList } from './EventList';
import { noFilters } from './filters';

export default function AuditPage() {
  const t = useAuditMessages();
  return (
    <AuditGate>
      <Page title={t('nav')} lead={t('lead')} wide>
        <EventList fixed={noFilters} label={t('nav')} />
      </Page>
    </AuditGate>
  );
}
