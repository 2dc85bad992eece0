import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePathParam } from '@/lib/search';
import { Page } from '@/ui/Page';
import { useAuditMessages } from '../messages';
import { useKindName } from '../parts/ActorName';
import { AuditGate } from '../parts/AuditGate';
import { actorFilters, edgeQuery } from '../queries';
import { EventList } from './EventList';
import { Seen } from './Seen';

function Actor({ id }: { id: string }) {
  const t = useAuditMessages();
  const kindName = useKindName();
  const fixed = useMemo(() => actorFilters(id), [id]);
  const actor = useQuery(edgeQuery(fixed, 'desc')).data?.actor;
  const name = actor?.name ?? id;
  return (
    <Page title={t('byActor', { name })} lead={actor ? t('byActorLead', { kind: kindName(actor.kind), id }) : t('byActorPlain', { id })} wide>
      <Seen filters={fixed} />
      <EventList fixed={fixed} label={t('byActor', { name })} />
    </Page>
  );
}

export default function ActorPage() {
  return (
    <AuditGate>
      <Actor id={usePathParam('id')} />
    </AuditGate>
  );
}
