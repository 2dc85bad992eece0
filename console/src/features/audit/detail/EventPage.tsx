import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiProblem } from '@/api/problem';
import { usePathParam } from '@/lib/search';
import { Card, Page, Section } from '@/ui/Page';
import { EmptyState, ErrorState, Skeleton } from '@/ui/States';
import { DiffSection } from '../diff/DiffSection';
import { useAuditMessages } from '../messages';
import { AuditGate } from '../parts/AuditGate';
import { ProofSection } from '../proof/ProofSection';
import { eventQuery } from '../queries';
import { CopyMenu } from './CopyMenu';
import { EventFacts } from './EventFacts';
import { Further } from './Further';
import { Neighbours } from './Neighbours';
import { useDetailMessages } from './messages';

function EventDetail({ id }: { id: string }) {
  const t = useDetailMessages();
  const list = useAuditMessages();
  const { data: event, error, refetch } = useQuery(eventQuery(id));
  if (!event) {
    const gone = error instanceof ApiProblem && error.status === 404;
    return (
      <Page title={list('event')} lead={t('lead')}>
        {gone ? (
          <EmptyState title={t('notFound')} detail={t('notFoundDetail')}>
            <Link to="/audit" className="font-medium text-accent underline underline-offset-2">
              {t('toList')}
            </Link>
          </EmptyState>
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-96" />
        )}
      </Page>
    );
  }
  const actions = (
    <div className="flex items-center gap-2">
      <Neighbours event={event} />
      <CopyMenu event={event} />
    </div>
  );
  return (
    <Page title={`${event.action} · ${event.resource.name || event.resource.id}`} lead={event.message} action={actions} wide>
      <EventFacts event={event} />
      <Further event={event} />
      <DiffSection key={event.id} event={event} />
      {event.data && (
        <Section title={t('data')}>
          <Card className="overflow-hidden">
            <pre className="max-h-96 overflow-auto p-4 font-mono text-xs break-words whitespace-pre-wrap [overflow-wrap:anywhere]" tabIndex={0} role="region" aria-label={t('data')}>
              {JSON.stringify(event.data, null, 2)}
            </pre>
          </Card>
        </Section>
      )}
      <ProofSection event={event} />
    </Page>
  );
}

export default function EventPage() {
  return (
    <AuditGate>
      <EventDetail id={usePathParam('id')} />
    </AuditGate>
  );
}
