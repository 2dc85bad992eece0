import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditEvent } from '@/api/auditContracts';
import { Time } from '@/ui/Time';
import { useAuditMessages } from '../messages';
import { edgeQuery } from '../queries';
import type { AuditFilters } from './filters';

/** The first and the last event that filters leave of the whole log. */
export function Seen({ filters }: { filters: AuditFilters }) {
  const t = useAuditMessages();
  const first = useQuery(edgeQuery(filters, 'asc')).data;
  const last = useQuery(edgeQuery(filters, 'desc')).data;
  const show = (name: string, event: AuditEvent | null | undefined): ReactNode =>
    event !== undefined && (
      <span key={name} className="inline-flex items-center gap-2">
        <span className="text-ink-3">{name}</span>
        {event === null ? (
          t('seenNever')
        ) : (
          <>
            <Time value={event.time} />
            <Link to="/audit/$id" params={{ id: event.id }} className="rounded font-mono text-xs text-accent hover:underline">
              {event.action}
            </Link>
          </>
        )}
      </span>
    );
  return <div className="mb-4 flex min-h-5 flex-wrap gap-x-8 gap-y-1">{[show(t('firstSeen'), first), show(t('lastSeen'), last)]}</div>;
}
