import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePathParam } from '@/lib/search';
import { Page } from '@/ui/Page';
import { useAuditMessages } from '../messages';
import { AuditGate } from '../parts/AuditGate';
import { edgeQuery, resourceFilters } from '../queries';
import { EventList } from './EventList';
import { Seen } from './Seen';

function Resource({ type, id }: { type: string; id: string }) {
  const t = useAuditMessages();
  const fixed = useMemo(() => resourceFilters(type, id), [type, id]);
  const name = useQuery(edgeQuery(fixed, 'desc')).data?.resource.name || id;
  return (
    <Page title={t('byResource', { name })} lead={t('byResourceLead', { type, id })} wide>
      <Seen filters={fixed} />
      <EventList fixed={fixed} label={t('byResource', { name })} />
    </Page>
  );
}

export default function ResourcePage() {
  return (
    <AuditGate>
      <Resource type={usePathParam('type')} id={usePathParam('id')} />
    </AuditGate>
  );
}
